<?xml version="1.0" encoding="UTF-8"?>
<!-- What editor and writer did to the text (modules transcr, core, textcrit). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="supplied">
    <xsl:text>e.supplied({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="unclear">
    <xsl:text>e.unclear({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="del">
    <xsl:text>e.deleted({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="add">
    <xsl:text>e.added({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="gap">
    <xsl:text>e.gap(none);</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="gap[normalize-space()]" priority="1">
    <xsl:text>e.gap({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="subst | ex | am | damage | surplus | restore | mod | retrace | secl | hand">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="addSpan | delSpan | damageSpan | substJoin"/>

  <!-- The transcription of a page that has no other text. -->
  <xsl:template mode="print" match="facsimile[not(normalize-space())]" priority="1"/>
  <xsl:template mode="print" match="sourceDoc | surface | surfaceGrp | zone">
    <xsl:text>e.group({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="line">
    <xsl:text>e.line-of({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- Variant readings: the lemma in the text, the rest at the foot. -->
  <xsl:template mode="print" match="app">
    <xsl:text>e.apparatus({</xsl:text><xsl:apply-templates select="lem" mode="#current"/><xsl:text>}, {</xsl:text>
    <xsl:apply-templates select="* except lem" mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="lem">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="rdg | rdgGrp | wit">
    <xsl:apply-templates mode="#current"/>
    <xsl:value-of select="'e.s;e.emphasis(' || ed:literal(replace(@wit, '#', '')) || ');e.s;'"/>
  </xsl:template>

</xsl:stylesheet>
