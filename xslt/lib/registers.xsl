<?xml version="1.0" encoding="UTF-8"?>
<!-- Register pages: each entry with what is known of it and every place where it is mentioned, in context. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="i:mentions" match="ed:mention" use="@entry"/>
  <xsl:key name="i:named" match="ed:document/teiHeader//(persName | placeName | orgName | name | rs)" use="ed:entry-of(.)"/>

  <xsl:function name="i:entries" as="element()*">
    <xsl:param name="register" as="element()"/>
    <xsl:sequence select="$register//(person | personGrp | place | org | event)[@xml:id][not(self::event) or parent::listEvent]"/>
  </xsl:function>

  <xsl:function name="i:has-entries" as="xs:boolean">
    <xsl:param name="register" as="element()"/>
    <xsl:sequence select="exists(i:entries($register))"/>
  </xsl:function>

  <xsl:mode name="ed:register" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:register" match="ed:register[i:has-entries(.)]" as="map(xs:string, xs:string)">
    <xsl:variable name="title" as="xs:string" select="ed:label('register-' || @kind)"/>
    <xsl:call-template name="ed:page">
      <xsl:with-param name="path" select="string(@href)"/>
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="kind" select="'register'"/>
      <xsl:with-param name="content">
        <h1><xsl:value-of select="$title"/></h1>
        <xsl:apply-templates select="i:entries(.)" mode="ed:entry">
          <xsl:sort select="i:sort-name(.)"/>
          <xsl:sort select="@xml:id"/>
          <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The name an entry goes by. -->
  <xsl:function name="i:main-name" as="element()?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entry/(persName | placeName | orgName | name | geogName | settlement | country | region | self::event/(label | eventName))"/>
    <xsl:sequence select="($names[@type = 'main'], $names)[1]"/>
  </xsl:function>

  <!-- Surname first, as a register has it. -->
  <xsl:function name="ed:entry-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="name" as="element()?" select="i:main-name($entry)"/>
    <xsl:variable name="surnames" as="xs:string" select="string-join($name/surname/ed:plain(.), ' ')"/>
    <xsl:variable name="others" as="xs:string" select="string-join($name/* ! .[not(self::surname)]/ed:plain(.), ' ')"/>
    <xsl:sequence select="if ($surnames and $others) then $surnames || ', ' || $others else (ed:plain($name)[. ne ''], string($entry/@xml:id))[1]"/>
  </xsl:function>

  <!-- Letters without their accents, for order. -->
  <xsl:function name="i:sort-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="lower-case(replace(normalize-unicode(ed:entry-name($entry), 'NFKD'), '\p{M}', ''))"/>
  </xsl:function>

  <xsl:mode name="ed:entry" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:entry" match="person | personGrp | place | org | event" as="element()">
    <xsl:variable name="main" as="element()?" select="i:main-name(.)"/>
    <section class="entry" id="{@xml:id}">
      <h2><xsl:value-of select="ed:entry-name(.)"/></h2>
      <xsl:call-template name="i:life"/>
      <xsl:apply-templates select="note" mode="#current"/>
      <xsl:variable name="rows" as="element()*">
        <xsl:call-template name="i:variants"/>
        <xsl:apply-templates select="location/geo" mode="#current"/>
      </xsl:variable>
      <xsl:variable name="others" as="element()*"
        select="* except (note, birth, death, $main, $main/../*[name() = name($main)][@type], location[geo])"/>
      <xsl:if test="exists($rows)"><dl class="panel"><xsl:sequence select="$rows"/></dl></xsl:if>
      <xsl:if test="exists($others)"><ul class="record"><xsl:apply-templates select="$others" mode="ed:metadata"/></ul></xsl:if>
      <xsl:call-template name="i:mentions"/>
    </section>
  </xsl:template>

  <xsl:template mode="ed:entry" match="note" as="element()">
    <div class="entry-note"><xsl:apply-templates/></div>
  </xsl:template>

  <!-- Dates of a life, or of a place or body. -->
  <xsl:template name="i:life" as="element()*">
    <xsl:variable name="born" as="xs:string?" select="birth[1]/(ed:dating(.), ed:plain(.))[. ne ''][1]"/>
    <xsl:variable name="died" as="xs:string?" select="death[1]/(ed:dating(.), ed:plain(.))[. ne ''][1]"/>
    <xsl:variable name="held" as="xs:string?" select="self::event/ed:dating(.)[. ne '']"/>
    <xsl:if test="exists($held)"><p class="life"><xsl:value-of select="$held"/></p></xsl:if>
    <xsl:if test="exists(($born, $died))">
      <p class="life">
        <xsl:value-of select="if (exists($born) and exists($died)) then ed:label('date-span', ($born, $died))
          else if (exists($born)) then ed:label('born', $born) else ed:label('died', $died)"/>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="i:variants" as="element()?">
    <xsl:variable name="main" as="element()?" select="i:main-name(.)"/>
    <xsl:variable name="others" as="element()*" select="*[node-name() = node-name($main)][@type] except $main"/>
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:label('variants')"/>
      <xsl:with-param name="value"><xsl:value-of select="$others/ed:plain(.)" separator="; "/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="ed:entry" match="geo" as="element()?">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:label('coordinates')"/>
      <xsl:with-param name="value"><span class="geo"><xsl:value-of select="ed:coordinates(.)"/></span></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- "55.75 37.62" → 55.75° N, 37.62° E -->
  <xsl:function name="ed:coordinates" as="xs:string">
    <xsl:param name="geo" as="element()"/>
    <xsl:variable name="values" as="xs:string*" select="tokenize($geo, '[\s,;]+')[. ne '']"/>
    <xsl:sequence select="
      if (count($values) eq 2 and (every $value in $values satisfies matches($value, '^-?\d+(\.\d+)?$')))
      then string-join((i:degrees($values[1], ('north', 'south')), i:degrees($values[2], ('east', 'west'))), ', ')
      else normalize-space($geo)"/>
  </xsl:function>

  <xsl:function name="i:degrees" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:param name="sides" as="xs:string+"/>
    <xsl:sequence select="ed:label('degrees-' || $sides[1 + number(starts-with($value, '-'))], replace($value, '^-', ''))"/>
  </xsl:function>

  <!-- Where an entry is mentioned, document by document. -->
  <xsl:template name="i:mentions" as="element()*">
    <xsl:variable name="mentions" as="element()*" select="key('i:mentions', @xml:id)"/>
    <xsl:variable name="named" as="element()*" select="key('i:named', @xml:id)/ancestor::ed:document"/>
    <xsl:if test="exists(($mentions, $named))">
      <div class="mentions">
        <h3><xsl:value-of select="ed:label('mentions')"/></h3>
        <xsl:for-each-group select="$mentions" group-by="@document">
          <xsl:apply-templates select="key('i:document', current-grouping-key())[1]" mode="i:mentions">
            <xsl:with-param name="mentions" select="current-group()"/>
          </xsl:apply-templates>
        </xsl:for-each-group>
        <xsl:if test="exists($named)">
          <p class="named">
            <xsl:value-of select="ed:label('named-in-header') || ' '"/>
            <xsl:apply-templates select="$named" mode="i:named"/>
          </p>
        </xsl:if>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:mode name="i:mentions" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:mentions" match="ed:document" as="element()">
    <xsl:param name="mentions" as="element()*"/>
    <details>
      <xsl:if test="count($mentions) le 6"><xsl:attribute name="open" select="'open'"/></xsl:if>
      <summary>
        <span class="title"><xsl:value-of select="@title"/></span>
        <xsl:text> </xsl:text>
        <span class="count"><xsl:value-of select="count($mentions)"/></span>
      </summary>
      <ul><xsl:apply-templates select="$mentions" mode="#current"/></ul>
    </details>
  </xsl:template>

  <xsl:template mode="i:mentions" match="ed:mention" as="element()">
    <li>
      <xsl:value-of select="ed:before"/>
      <a href="{key('i:document', @document)[1]/@href}#{@anchor}"><xsl:value-of select="ed:match"/></a>
      <xsl:value-of select="ed:after"/>
    </li>
  </xsl:template>

  <xsl:mode name="i:named" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:named" match="ed:document" as="item()*">
    <xsl:if test="position() gt 1"><xsl:text>; </xsl:text></xsl:if>
    <a href="{@href}"><xsl:value-of select="@title"/></a>
  </xsl:template>

</xsl:stylesheet>
