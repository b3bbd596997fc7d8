<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module core, editorial: what the editor or the writer changed. The text as it stands comes first, the editor’s word for it in brackets. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="add" as="item()*">
    <ins>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </ins>
  </xsl:template>

  <xsl:template match="del" as="item()*">
    <del>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </del>
  </xsl:template>

  <xsl:template match="sic | corr | orig | reg | abbr | expan | unclear" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- A choice: the witness’s word, then the editor’s. -->
  <xsl:template match="choice" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="sic, orig, abbr, seg, unclear, choice, * except (sic, orig, abbr, seg, unclear, choice)" mode="i:alternative"/>
    </span>
  </xsl:template>

  <xsl:mode name="i:alternative" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:alternative" match="*" as="item()*">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <xsl:template mode="i:alternative" match="corr | reg | expan | ex | supplied" as="item()*">
    <xsl:text> </xsl:text>
    <span class="alternative">
      <xsl:value-of select="ed:label('bracket-open')"/>
      <xsl:apply-templates select="."/>
      <xsl:value-of select="ed:label('bracket-close')"/>
    </span>
  </xsl:template>

  <!-- A gap: a sign, its reason and extent for who asks. -->
  <xsl:template match="gap | space" as="item()*">
    <span title="{i:gap-words(.)}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:value-of select="ed:label(local-name())"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- One whose words stand in the text shows them, in brackets. -->
  <xsl:template match="gap[normalize-space()]" priority="1" as="item()*">
    <span title="{i:gap-words(.)}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:value-of select="ed:label('bracket-open')"/>
      <xsl:apply-templates/>
      <xsl:value-of select="ed:label('bracket-close')"/>
    </span>
  </xsl:template>

  <xsl:function name="i:gap-words" as="xs:string">
    <xsl:param name="gap" as="element()"/>
    <xsl:sequence select="ed:label(local-name($gap) || '-title') || string-join($gap/(@reason, (@extent, @quantity)[1], @unit) ! (' ' || .))"/>
  </xsl:function>

</xsl:stylesheet>
