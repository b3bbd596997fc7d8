<?xml version="1.0" encoding="UTF-8"?>
<!-- Drama (modules drama and core). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="sp">
    <xsl:text>e.speech({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="speaker">
    <xsl:text>e.speaker({</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});</xsl:text>
  </xsl:template>

  <!-- Before prose the speaker stands in its first line. -->
  <xsl:template mode="print" match="speaker[following-sibling::*[1][self::p]]" priority="1"/>
  <xsl:template mode="print" match="p[preceding-sibling::*[1][self::speaker]]">
    <xsl:text>e.p({e.speaker-in-line({</xsl:text>
    <xsl:apply-templates select="preceding-sibling::*[1]" mode="line"/>
    <xsl:text>});</xsl:text>
    <xsl:apply-templates select="." mode="line"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="stage">
    <xsl:text>e.stage({</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="stage[not(ed:between-blocks(.))]" priority="1">
    <xsl:text>e.stage-in-line({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="castList | castGroup | set | spGrp | prologue | epilogue | performance">
    <xsl:text>e.group({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="castItem">
    <xsl:text>e.line-of({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="role | roleDesc | actor">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

</xsl:stylesheet>
