<?xml version="1.0" encoding="UTF-8"?>
<!-- Compiles a plan of Schematron rules (made by plan.py) to a stylesheet that returns, for each finding,
     a map of the node and of what there is to say of it, as JSON. A node is visited once, in one flat list of all that a
     context can match (in the order of the document where rules that fire are told); each rule is a template, the first of a pattern with the highest priority, and passes on to the
     next where another can match what it matched. Every variable and every assertion that can raise an error catches
     it. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:x="urn:xsl-alias" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:_="urn:editio:schematron">

  <xsl:namespace-alias stylesheet-prefix="x" result-prefix="xsl"/>
  <xsl:output indent="no" omit-xml-declaration="yes"/>
  <xsl:mode on-no-match="fail"/>
  <xsl:mode name="part" on-no-match="fail"/>
  <xsl:mode name="kept" on-no-match="fail"/>
  <xsl:mode name="fired" on-no-match="fail"/>
  <xsl:mode name="asked" on-no-match="fail"/>

  <!-- whether each rule that fires is told, too -->
  <xsl:param name="fired" as="xs:string" select="'no'"/>

  <xsl:template match="/" as="element()">
    <xsl:apply-templates select="rules"/>
  </xsl:template>

  <xsl:template match="rules" as="element()">
    <x:stylesheet version="3.0" exclude-result-prefixes="#all"
      xmlns:_err="http://www.w3.org/2005/xqt-errors">
      <xsl:copy-of select="namespace::*"/>
      <xsl:attribute name="xml:base" select="@base"/>
      <x:param name="_:documents" select="map {{ }}"/>
      <x:mode name="_:rules" on-no-match="deep-skip"/>
      <x:template match="/">
        <x:apply-templates select="{if ($fired = 'yes') then '(' || @visit || ')/.' else @visit}" mode="_:rules"/>
      </x:template>
      <xsl:apply-templates select="*, rule/predicate"/>
      <xsl:copy-of select="$library"/>
    </x:stylesheet>
  </xsl:template>

  <xsl:template match="xsl:*" as="element()">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="let" as="element()*">
    <xsl:apply-templates select="." mode="kept"/>
    <xsl:if test="@plain">
      <x:variable name="{@name}" select="{if (@safe) then '$_:' || @key else '_:let($_:' || @key || ')'}" _:is="{@is}"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="let[@safe]" mode="kept" as="element()" priority="1">
    <x:variable name="_:{@key}" select="{@value}" _:is="{@is}"/>
  </xsl:template>

  <!-- a variable that can raise an error is kept as a map of its value, or of the error that whoever uses it shall meet -->
  <xsl:template match="let" mode="kept" as="element()">
    <x:variable name="_:{@key}" as="item()" _:is="{@is}">
      <x:try>
        <x:variable name="_:value" _:is="{@is}">
          <xsl:call-template name="value"/>
        </x:variable>
        <x:sequence select="map {{ 'value': $_:value }}"/>
        <x:catch errors="*" select="map {{ 'code': $_err:code, 'text': $_err:description }}"/>
      </x:try>
    </x:variable>
  </xsl:template>

  <xsl:template name="value" as="node()*">
    <xsl:copy-of select="@as"/>
    <xsl:if test="@value">
      <xsl:attribute name="select" select="@value"/>
    </xsl:if>
    <xsl:copy-of select="node()"/>
  </xsl:template>

  <xsl:template match="rule" as="element()">
    <x:template match="{_:match(.)}" priority="{@priority}" mode="_:rules" _:is="{@is}">
      <xsl:if test="@shared">
        <x:param name="_:done" tunnel="yes" select="()"/>
        <x:variable name="_:fires"
          select="{string-join(('not($_:done = ' || @pattern || ')', @where), ' and ')}"/>
      </xsl:if>
      <xsl:apply-templates select="." mode="fired"/>
      <xsl:if test="@passes">
        <x:next-match>
          <xsl:if test="@shared">
            <x:with-param name="_:done" tunnel="yes" select="$_:done, {@pattern}[$_:fires]"/>
          </xsl:if>
        </x:next-match>
      </xsl:if>
    </x:template>
  </xsl:template>

  <!-- a predicate of a context: an error in it is told, and the node does not match; a function, for Saxon makes room at
       each node where a pattern itself has variables -->
  <xsl:template match="predicate" as="element()">
    <x:function name="_:{@name}" _:is="{../@is}">
      <x:param name="node"/>
      <x:try select="$node ! ({@test})" _:is="{../@is}">
        <x:catch errors="*">
          <x:message>
            <x:element name="fault">
              <x:attribute name="path" select="path(if ($node instance of element()) then $node else $node/..)"/>
              <x:value-of select="
                  serialize(_:words({../@n}, 0, $_err:code, $_err:description), map {{ 'method': 'json' }})"/>
            </x:element>
          </x:message>
          <x:sequence select="false()"/>
        </x:catch>
      </x:try>
    </x:function>
  </xsl:template>

  <!-- what a rule is found by: its context, or an attribute that what it is about must have -->
  <xsl:function name="_:match" as="xs:string">
    <xsl:param name="rule" as="element(rule)"/>
    <xsl:sequence select="
        if ($rule/@attribute) then '@' || $rule/@attribute || '[parent::' || $rule/@context || ']'
        else string($rule/@context)"/>
  </xsl:function>

  <xsl:template match="rule[@shared or @where]" mode="fired" as="element()" priority="2">
    <x:if test="{if (@shared) then '$_:fires' else @where}">
      <xsl:next-match/>
    </x:if>
  </xsl:template>

  <xsl:template match="rule[@attribute]" mode="fired" as="element()" priority="1">
    <x:for-each select="..">
      <xsl:next-match/>
    </x:for-each>
  </xsl:template>

  <xsl:template match="rule" mode="fired" as="element()*">
    <xsl:if test="$fired = 'yes'">
      <x:sequence select="_:found(., map {{ 'rule': {@n}, 'path': path(.) }})"/>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="let[not(@safe)]">
        <x:try>
          <xsl:apply-templates select="* except predicate"/>
          <x:catch errors="*" select="_:fault(., {@n}, 0, $_err:code, $_err:description)"/>
        </x:try>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="* except predicate"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- an assertion that can raise an error catches it -->
  <xsl:template match="assert | report" as="element()">
    <x:try _:is="{@is}">
      <xsl:apply-templates select="." mode="asked"/>
      <x:catch errors="*" select="_:fault(., {@rule}, {@n}, $_err:code, $_err:description)"/>
    </x:try>
  </xsl:template>

  <xsl:template match="assert[@safe] | report[@safe]" as="element()" priority="2">
    <xsl:apply-templates select="." mode="asked"/>
  </xsl:template>

  <xsl:template match="assert" mode="asked" as="element()">
    <x:choose _:is="{@is}">
      <x:when test="{@test}" _:is="{@is}"/>
      <x:otherwise>
        <xsl:call-template name="found"/>
      </x:otherwise>
    </x:choose>
  </xsl:template>

  <xsl:template match="report" mode="asked" as="element()">
    <x:if test="{@test}" _:is="{@is}">
      <xsl:call-template name="found"/>
    </x:if>
  </xsl:template>

  <!-- what was found, and if the values in its message cannot be computed, its fixed words -->
  <xsl:template name="found" as="element()">
    <xsl:variable name="node" select="if (@subject) then '((' || @subject || '), .)[1]' else '.'"/>
    <xsl:variable name="notes" as="xs:string*">
      <xsl:apply-templates select="diagnostic, property"/>
    </xsl:variable>
    <xsl:variable name="full" as="xs:string">
      <xsl:value-of>
        <xsl:text>_:check(</xsl:text>
        <xsl:value-of select="$node, @n" separator=", "/>
        <xsl:text>, </xsl:text>
        <xsl:apply-templates select="message"/>
        <xsl:text>, [</xsl:text>
        <xsl:value-of select="$notes" separator=", "/>
        <xsl:text>])</xsl:text>
      </xsl:value-of>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="@subject or .//value or .//name">
        <x:try select="{$full}" _:is="{@is}">
          <x:catch errors="_:wanted" select="_:fault(., {@rule}, {@n}, $_err:code, $_err:description)"/>
          <x:catch errors="*" select="_:check(., {@n}, {_:text(message)}, [])"/>
        </x:try>
      </xsl:when>
      <xsl:otherwise>
        <x:sequence select="{$full}" _:is="{@is}"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="message" as="xs:string">
    <xsl:variable name="parts" as="xs:string*">
      <xsl:apply-templates select="*" mode="part"/>
    </xsl:variable>
    <xsl:sequence select="'string-join((' || string-join($parts, ', ') || '))'"/>
  </xsl:template>

  <xsl:template match="diagnostic | property" as="xs:string">
    <xsl:variable name="parts" as="xs:string*">
      <xsl:apply-templates select="*" mode="part"/>
    </xsl:variable>
    <xsl:sequence select="
        'map { ''kind'': ''' || name() || ''', ''id'': ' || _:literal(@id) ||
        ', ''text'': normalize-space(string-join((' || string-join($parts, ', ') || '))) }'"/>
  </xsl:template>

  <xsl:template match="text" mode="part" as="xs:string">
    <xsl:sequence select="_:literal(.)"/>
  </xsl:template>

  <xsl:template match="value" mode="part" as="xs:string">
    <xsl:sequence select="'string-join((' || @select || '), '' '')'"/>
  </xsl:template>

  <xsl:template match="name" mode="part" as="xs:string">
    <xsl:sequence select="'_:name((' || @select || '))'"/>
  </xsl:template>

  <xsl:function name="_:literal" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="'''' || replace($text, '''', '''''') || ''''"/>
  </xsl:function>

  <xsl:function name="_:text" as="xs:string">
    <xsl:param name="message" as="element()"/>
    <xsl:sequence select="_:literal(string-join($message/*/(if (self::text) then string() else '…')))"/>
  </xsl:function>

  <!-- what every compiled stylesheet holds -->
  <xsl:variable name="library" as="element()*">
    <x:function name="_:found">
      <x:param name="node"/>
      <x:param name="said"/>
      <x:sequence select="map {{ 'node': $node, 'said': serialize($said, map {{ 'method': 'json' }}) }}"/>
    </x:function>
    <x:function name="_:check">
      <x:param name="node"/>
      <x:param name="number"/>
      <x:param name="text"/>
      <x:param name="notes"/>
      <xsl:variable name="path" select="if ($fired = 'yes') then ', ''path'': path($node)' else ''"/>
      <x:sequence
        select="_:found($node, map {{ 'check': $number, 'text': normalize-space($text), 'notes': $notes{$path} }})"/>
    </x:function>
    <x:function name="_:fault">
      <x:param name="node"/>
      <x:param name="rule"/>
      <x:param name="check"/>
      <x:param name="code"/>
      <x:param name="text"/>
      <x:sequence select="_:found($node, _:words($rule, $check, $code, $text))"/>
    </x:function>
    <x:function name="_:words">
      <x:param name="rule"/>
      <x:param name="check"/>
      <x:param name="code"/>
      <x:param name="text"/>
      <x:variable name="wanted" select="$code = QName('urn:editio:schematron', 'wanted')"/>
      <x:sequence
        select="map {{ 'rule': $rule, 'check': $check, 'failed': string($text), 'wanted': $wanted }}"/>
    </x:function>
    <x:function name="_:let">
      <x:param name="variable"/>
      <x:sequence
        select="if (map:contains($variable, 'value')) then $variable?value else error($variable?code, $variable?text)"
        xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
    </x:function>
    <x:function name="_:name">
      <x:param name="named"/>
      <x:sequence select="string-join($named ! (if (. instance of node()) then name(.) else string(.)), ' ')"/>
    </x:function>
    <x:function name="_:doc">
      <x:param name="uri"/>
      <x:sequence select="$uri ! _:read(resolve-uri(string(.), static-base-uri()))"/>
    </x:function>
    <x:function name="_:document">
      <x:param name="uri"/>
      <x:sequence select="
          (for $one in $uri return _:read(resolve-uri(string($one),
            if ($one instance of node()) then base-uri($one) else static-base-uri())))/."/>
    </x:function>
    <x:function name="_:document">
      <x:param name="uri"/>
      <x:param name="base"/>
      <x:sequence select="(for $one in $uri return _:read(resolve-uri(string($one), base-uri($base))))/."/>
    </x:function>
    <x:function name="_:doc-available">
      <x:param name="uri"/>
      <x:variable name="name" select="$uri ! string(resolve-uri(string(.), static-base-uri()))"/>
      <x:sequence select="
          if (empty($name)) then false()
          else if (map:contains($_:documents, $name)) then exists($_:documents($name))
          else exists(_:read($name))"
        xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
    </x:function>
    <!-- a document that was handed in; for one that was not, the caller looks and asks again -->
    <x:function name="_:read">
      <x:param name="uri"/>
      <x:variable name="name" select="replace(string($uri), '#.*$', '')"/>
      <x:sequence select="
          if (not(map:contains($_:documents, $name))) then error(QName('urn:editio:schematron', 'wanted'), $name)
          else if (empty($_:documents($name))) then error(QName('urn:editio:schematron', 'missing'), $name)
          else $_:documents($name)"
        xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
    </x:function>
  </xsl:variable>
</xsl:stylesheet>
