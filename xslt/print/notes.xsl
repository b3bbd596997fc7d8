<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: one series at the foot of the page, numbered by @ed:n (module core). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="note">
    <xsl:value-of select="'e.note(' || ed:literal(@ed:n) || ', {'"/>
    <xsl:apply-templates select="." mode="note"/>
    <xsl:text>});</xsl:text>
  </xsl:template>

  <!-- A note that stands between blocks has no word to be marked at. -->
  <xsl:template mode="print" match="note[ed:between-blocks(.)]" priority="1">
    <xsl:value-of select="'e.block-note(' || ed:literal(@ed:n) || ', {'"/>
    <xsl:apply-templates select="." mode="note"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- A note to a note is set into it. -->
  <xsl:template mode="print" match="note[ancestor::note]" priority="2">
    <xsl:text>e.s;e.supplied({</xsl:text><xsl:apply-templates select="." mode="note"/><xsl:text>});</xsl:text>
  </xsl:template>

  <!-- What a note says, by its kind. -->
  <xsl:mode name="note" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template mode="note" match="*" priority="-1">
    <xsl:apply-templates mode="print"/>
  </xsl:template>
  <xsl:template mode="note" match="note[@type = 'original']">
    <xsl:value-of select="ed:literal(ed:label('print-original-word')) || ';e.s;'"/>
    <xsl:apply-templates mode="print"/>
  </xsl:template>

  <!-- The first paragraph of a note begins on the line of its number. -->
  <xsl:template mode="print" match="note/*[1][self::p or self::ab][not(preceding-sibling::text()[normalize-space()])]" priority="1">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

</xsl:stylesheet>
