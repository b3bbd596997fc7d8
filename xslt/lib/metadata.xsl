<?xml version="1.0" encoding="UTF-8"?>
<!-- Records (headers, manuscript descriptions, register entries) as rows of label and value, whatever they hold:
     an element of elements becomes a nested list, an element with words a value, an empty one its attributes. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode name="ed:metadata" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:metadata" match="*" as="element()*">
    <li>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:call-template name="i:key">
        <xsl:with-param name="words" select="ed:element-label(.)[not(i:continues(current()))]"/>
      </xsl:call-template>
      <div class="value"><xsl:apply-templates select="." mode="ed:value"/></div>
    </li>
  </xsl:template>

  <!-- The label of a row. -->
  <xsl:template name="i:key" as="element()">
    <xsl:param name="words" as="xs:string?" required="yes"/>
    <span class="key" lang="{ed:edition-language()}"><xsl:value-of select="$words"/></span>
  </xsl:template>

  <!-- Whether a row of words goes on under the label of the row before. -->
  <xsl:function name="i:continues" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="not(i:is-record($element))
      and $element/preceding-sibling::*[1][not(i:is-record(.))]/ed:element-label(.) = ed:element-label($element)"/>
  </xsl:function>

  <xsl:mode name="ed:value" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:value" match="*" as="item()*">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- Elements only, and not words marked up one by one: a list of their own. -->
  <xsl:template mode="ed:value" match="*[i:is-record(.)]" as="item()*">
    <ul class="record">
      <xsl:apply-templates select="*" mode="ed:metadata"/>
    </ul>
  </xsl:template>

  <!-- Nothing inside: what the attributes say. -->
  <xsl:template mode="ed:value" match="*[not(node())]" as="item()*" priority="2">
    <xsl:value-of select="(ed:dating(.)[. ne ''], (@* except (@xml:*, @ed:*)) ! string())[1]"/>
  </xsl:template>

  <xsl:template mode="ed:value" match="*[not(node())][normalize-space((@target, @url, @ref)[1])]" as="item()*" priority="3">
    <xsl:call-template name="ed:link">
      <xsl:with-param name="pointer" select="tokenize((@target, @url, @ref)[1])[1]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="ed:value" match="graphic | media | ptr | binaryObject" as="item()*" priority="4">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <xsl:function name="i:is-record" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="ed:holds-elements-only($element)
      and not($element/(self::persName | self::placeName | self::orgName | self::name | self::p | self::list | self::choice | self::table))
      and empty($element/(p | ab | list | table | lg | l | hi | ref | title[../self::bibl] | lb))"/>
  </xsl:function>

</xsl:stylesheet>
