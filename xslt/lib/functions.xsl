<?xml version="1.0" encoding="UTF-8"?>
<!-- Functions on TEI that know nothing of HTML. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="i:label" match="Q{}label" use="@key"/>

  <!-- The printed word of this key; the key itself where the language lacks it. -->
  <xsl:function name="ed:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="string((key('i:label', $key, $labels), $key)[1])"/>
  </xsl:function>

  <!-- The same with {1}, {2} … filled in. -->
  <xsl:function name="ed:label" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:sequence select="fold-left(1 to count($values), ed:label($key),
      function($text as xs:string, $n as xs:integer) { replace($text, '{' || $n || '}', $values[$n], 'q') })"/>
  </xsl:function>

  <!-- Whether the labels have a word for this key. -->
  <xsl:function name="ed:has-label" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="exists(key('i:label', $key, $labels))"/>
  </xsl:function>

  <!-- The name of an element in the reader's words, else its TEI name. -->
  <xsl:function name="ed:element-label" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="keys" as="xs:string*"
      select="'tei-' || local-name($element) || '-' || $element/@type, 'tei-' || local-name($element)"/>
    <xsl:sequence select="(for $key in $keys[ed:has-label(.)] return ed:label($key), local-name($element))[1]"/>
  </xsl:function>

  <!-- Whether an element stands in running text: a sibling is a word. -->
  <xsl:function name="ed:in-running-text" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/parent::*/text()[normalize-space()])"/>
  </xsl:function>

  <!-- Whether an element holds elements and no words of its own. -->
  <xsl:function name="ed:holds-elements-only" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/*) and empty($element/text()[normalize-space()])"/>
  </xsl:function>

  <!-- The element's text on one line, without notes. -->
  <xsl:function name="ed:plain" as="xs:string">
    <xsl:param name="node" as="node()?"/>
    <xsl:sequence select="normalize-space(string-join($node/descendant-or-self::text()[not(ancestor::note)]))"/>
  </xsl:function>

  <!-- The language that holds at this node; empty string where none is said. -->
  <xsl:function name="ed:language" as="xs:string">
    <xsl:param name="node" as="node()?"/>
    <xsl:sequence select="string(($node/ancestor-or-self::*/@xml:lang)[last()])"/>
  </xsl:function>

  <!-- Title of a document: the main title, else the first, else a word for none. -->
  <xsl:function name="ed:title" as="xs:string">
    <xsl:param name="tei" as="node()"/>
    <xsl:variable name="titles" as="element()*" select="$tei/teiHeader/fileDesc/titleStmt/title"/>
    <xsl:variable name="title" as="xs:string?" select="(($titles[@type = 'main'], $titles) ! ed:plain(.)[. ne ''])[1]"/>
    <xsl:sequence select="($title, ed:label('untitled'))[1]"/>
  </xsl:function>

  <!-- The heading of the text that says the document's title again, first of all: it stands for both. -->
  <xsl:function name="ed:title-head" as="element()?">
    <xsl:param name="tei" as="element()"/>
    <xsl:variable name="first" as="text()?" select="($tei/text//text()[normalize-space()])[1]"/>
    <xsl:variable name="heads" as="element()*" select="$tei/text/body/(head | div[1]/head | div[1]/div[1]/head)"/>
    <xsl:sequence select="$heads[1][not(@type)][exists($first/ancestor::* intersect .)][ed:plain(.) eq ed:title($tei)]"/>
  </xsl:function>

  <!-- The documents of the edition, and the one a page is about. -->
  <xsl:variable name="i:documents" as="element()*" select="$index/ed:index/ed:document"/>
  <xsl:variable name="i:edition" as="element()?" select="$index/ed:index/ed:edition"/>

  <xsl:function name="ed:document-id" as="xs:string">
    <xsl:param name="root" as="element()"/>
    <xsl:sequence select="string(($document[. ne ''], $root/@xml:id, 'document')[1])"/>
  </xsl:function>

  <!-- The language of the edition, in which the frame of every page speaks. -->
  <xsl:function name="ed:edition-language" as="xs:string">
    <xsl:sequence select="string(($i:edition/@language[. ne ''], $labels/*/@xml:lang, 'en')[1])"/>
  </xsl:function>

</xsl:stylesheet>
