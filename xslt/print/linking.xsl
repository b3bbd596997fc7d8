<?xml version="1.0" encoding="UTF-8"?>
<!-- Pointers and what they point at (modules core and linking). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="pointed-at" match="ref | ptr | note" use="tokenize(@target)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- An element that something points at can be found. -->
  <xsl:template mode="print" match="*[@xml:id][key('pointed-at', @xml:id)][not(self::item | self::row | self::cell)]" priority="21">
    <xsl:value-of select="'e.anchor(' || ed:literal(ed:place(., @xml:id)) || ');'"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template mode="print" match="ref | seg | s | cl | phr | w | pc | m | c | g | anchor | index">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <!-- To a page of the web, by a scheme that is only read. -->
  <xsl:template mode="print" match="ref[ed:is-address(@target)]" priority="1">
    <xsl:value-of select="'e.to-address(' || ed:literal(@target) || ', {'"/><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="ptr[ed:is-address(@target)]" priority="1">
    <xsl:value-of select="'e.to-address(' || ed:literal(@target) || ', ' || ed:literal(@target) || ');'"/>
  </xsl:template>

  <xsl:function name="ed:is-address" as="xs:boolean">
    <xsl:param name="target" as="attribute()?"/>
    <xsl:sequence select="matches($target, '^\s*(https?://|mailto:)[^\s\p{Cc}]+\s*$', 'i')"/>
  </xsl:function>

  <!-- To a place of this book. -->
  <xsl:template mode="print" match="ref[ed:target-place(.)]" priority="2">
    <xsl:value-of select="'e.to-place(' || ed:literal(ed:target-place(.)) || ', {'"/><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="ptr[ed:target-place(.)]" priority="2">
    <xsl:value-of select="'e.page-of(' || ed:literal(ed:target-place(.)) || ', ' || ed:literal(ed:label('print-page')) || ');'"/>
  </xsl:template>

  <!-- Nowhere to go: reported, and the words stay. -->
  <xsl:template mode="print" match="ref[@target][ed:leads-nowhere(.)] | ptr[@target][ed:leads-nowhere(.)]" priority="3">
    <xsl:call-template name="ed:report">
      <xsl:with-param name="code" select="'dangling-link'"/>
      <xsl:with-param name="about" select="string(@target)"/>
    </xsl:call-template>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="ptr" priority="0"/>

  <xsl:function name="ed:leads-nowhere" as="xs:boolean">
    <xsl:param name="pointer" as="element()"/>
    <xsl:sequence select="not(ed:is-address($pointer/@target)) and not(ed:target-place($pointer))"/>
  </xsl:function>

  <!-- The name of the place that a pointer leads to: an element here, or a document of the edition. -->
  <xsl:function name="ed:target-place" as="xs:string?">
    <xsl:param name="pointer" as="element()"/>
    <xsl:variable name="target" as="xs:string?" select="tokenize($pointer/@target)[1]"/>
    <xsl:variable name="id" as="xs:string" select="substring-after($target, '#')"/>
    <xsl:variable name="document" as="xs:string" select="replace(tokenize(substring-before($target || '#', '#'), '/')[last()], '\.(xml|html)$', '')"/>
    <xsl:sequence select="
      if (starts-with($target, '#')) then ed:place($pointer, $id)[ed:element-of($pointer, $id)]
      else $index/*/ed:document[@id = $document]/@id/string()"/>
  </xsl:function>

  <xsl:function name="ed:element-of" as="element()?">
    <xsl:param name="pointer" as="element()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="root($pointer)//*[@xml:id = $id][1]"/>
  </xsl:function>

</xsl:stylesheet>
