<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs, quotations and phrases (module core). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="p | ab">
    <xsl:value-of select="'e.p(rend: ' || ed:renditions(.) || ', {'"/>
    <xsl:apply-templates select="." mode="line"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- Words in their own voice. -->
  <xsl:template mode="print" match="emph | mentioned | foreign">
    <xsl:text>e.emphasis({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="title[not(@level = ('a', 'u'))]">
    <xsl:text>e.emphasis({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="hi">
    <xsl:value-of select="'e.hi(' || ed:renditions(.) || ', {'"/><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>

  <!-- Words that need no dress. -->
  <xsl:template mode="print" match="title[@level = ('a', 'u')] | term | gloss | num | measure | measureGrp | unit | abbr | expan | sic | corr | orig | reg | email | street | postCode | postBox | author | editor | publisher | pubPlace | biblScope | imprint | edition | series | meeting | distinct | resp | respStmt | cite | desc | rs | name">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <!-- Quotation marks, unless the text brings its own. -->
  <xsl:template mode="print" match="q | said | quote | soCalled">
    <xsl:value-of select="'e.quoted(' || not(self::soCalled) || ', {'"/><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="(q | said | quote | soCalled)[ed:has-marks(.)]" priority="1">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:function name="ed:has-marks" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:variable name="before" as="xs:string" select="string($quotation/preceding-sibling::node()[1][self::text()])"/>
    <xsl:sequence select="matches($quotation, '^\s*[&quot;''\p{Pi}\p{Pf}„‚-]') or matches($before, '[&quot;''\p{Pi}\p{Pf}„‚]$')"/>
  </xsl:function>

  <!-- A quotation that stands by itself, or holds blocks. -->
  <xsl:template mode="print" match="(q | said | quote)[p | ab | lg | l | list | table | sp | div | head] | (q | said | quote)[ed:between-blocks(.)]" priority="2">
    <xsl:text>e.extract({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="cit | cit/quote[ancestor::cit[1][ed:between-blocks(.)]]" priority="3">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="cit[ed:between-blocks(.)]" priority="4">
    <xsl:text>e.extract({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- Of two readings the text as it stands is printed, a correction behind it in brackets; see withheld.xsl. -->
  <xsl:template mode="print" match="choice">
    <xsl:apply-templates mode="#current" select="*"/>
  </xsl:template>
  <xsl:template mode="print" match="choice[sic]/corr" priority="1">
    <xsl:text>e.correction({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});</xsl:text>
  </xsl:template>

  <!-- Bibliography: an entry has a paragraph of its own where it stands by itself. -->
  <xsl:template mode="print" match="bibl | biblStruct | biblFull | monogr | analytic">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="(bibl | biblStruct | biblFull)[ed:between-blocks(.)]" priority="1">
    <xsl:text>e.bibl({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="listBibl">
    <xsl:text>e.group({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

</xsl:stylesheet>
