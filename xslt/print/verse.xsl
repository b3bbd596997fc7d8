<?xml version="1.0" encoding="UTF-8"?>
<!-- Verse (module verse and core). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="lg">
    <xsl:value-of select="'e.stanza(' || exists(ancestor::sp) || ', {'"/><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="l">
    <xsl:value-of select="'e.verse(' || ed:renditions(.) || ', {'"/><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="caesura | rhyme">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

</xsl:stylesheet>
