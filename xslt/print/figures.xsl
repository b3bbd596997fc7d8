<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables, figures, formulas (module figures). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="table">
    <xsl:apply-templates select="* except row" mode="#current"/>
    <xsl:text>e.table((</xsl:text><xsl:apply-templates select="row" mode="#current"/><xsl:text>));&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="row">
    <xsl:text>(</xsl:text><xsl:apply-templates select="*" mode="cell"/><xsl:text>),&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="row[not(parent::table)]" priority="1">
    <xsl:text>e.line-of({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:mode name="cell" on-no-match="shallow-skip" on-multiple-match="fail"/>
  <xsl:template mode="cell" match="*">
    <xsl:value-of select="'(columns: ' || ed:span(@cols) || ', rows: ' || ed:span(@rows) || ', is-head: ' || (ancestor-or-self::*[self::cell | self::row][@role][1]/@role = 'label') || ', body: '"/>
    <xsl:value-of select="'e.lang(' || ed:text-arguments((@xml:lang, ../@xml:lang)[1]) || ', {'"/>
    <xsl:apply-templates select="." mode="print"/>
    <xsl:text>})),</xsl:text>
  </xsl:template>

  <xsl:function name="ed:span" as="xs:integer">
    <xsl:param name="fields" as="attribute()?"/>
    <xsl:sequence select="if (matches($fields, '^[1-9]\d?$')) then xs:integer($fields) else 1"/>
  </xsl:function>

  <xsl:template mode="print" match="cell">
    <xsl:apply-templates select="." mode="line"/>
  </xsl:template>

  <!-- Images are not in the print edition yet: a figure says that it is one, and what it shows. -->
  <xsl:template mode="print" match="figure">
    <xsl:value-of select="'e.figure(' || ed:literal(ed:label('print-figure')) || ', {'"/>
    <xsl:apply-templates mode="#current"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="figDesc">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="formula | notatedMusic">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="graphic | media | binaryObject"/>

</xsl:stylesheet>
