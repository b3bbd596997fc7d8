<?xml version="1.0" encoding="UTF-8"?>
<!-- The attributes every element gets in HTML, from one shared mode: class, id, lang, dir.
     @style is never copied; a class is only ever made of prefixed tokens. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode name="ed:attributes" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:attributes" match="*" as="attribute()*">
    <xsl:param name="class" as="xs:string*"/>
    <xsl:attribute name="class" select="ed:classes(.), $class"/>
    <xsl:apply-templates select="@*" mode="#current"/>
  </xsl:template>

  <!-- What is shown a second time (a panel, a list of sources) keeps its address where it was shown first. -->
  <xsl:template mode="ed:attributes" match="@ed:anchor" as="attribute()*">
    <xsl:param name="repeated" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:if test="not($repeated)">
      <xsl:attribute name="id" select="."/>
    </xsl:if>
  </xsl:template>

  <xsl:template mode="ed:attributes" match="@xml:lang[ed:language-tag(.) ne '']" as="attribute()*">
    <xsl:attribute name="lang" select="ed:language-tag(.)"/>
    <xsl:if test="ed:direction(.) ne ed:direction(ed:language(../..))">
      <xsl:attribute name="dir" select="ed:direction(.)"/>
    </xsl:if>
  </xsl:template>

  <!-- tei-NAME, tei-NAME-TYPE, tei-NAME-PLACE …, rend-TOKEN -->
  <xsl:function name="ed:classes" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="'tei-' || local-name($element)"/>
    <xsl:sequence select="$name"/>
    <xsl:sequence select="$element/(@type, @place, @unit, @role[../self::cell, ../self::row]) ! i:tokens(.) ! ($name || '-' || .)"/>
    <xsl:sequence select="i:tokens($element/@rend) ! ('rend-' || .)"/>
    <xsl:sequence select="i:tokens(replace($element/@rendition, '#', ' ')) ! ('rend-' || .)"/>
  </xsl:function>

  <xsl:function name="i:tokens" as="xs:string*">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="tokenize(lower-case($value))[matches(., '^[a-z0-9][a-z0-9_-]*$')]"/>
  </xsl:function>

</xsl:stylesheet>
