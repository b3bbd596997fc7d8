<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module textcrit: an apparatus entry shows the lemma, then the other readings in brackets. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="app" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="lem, * except (lem, note), note"/>
    </span>
  </xsl:template>

  <xsl:template match="lem | rdgGrp | wit" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="rdg" as="item()*">
    <xsl:text> </xsl:text>
    <span>
      <xsl:apply-templates select="." mode="ed:attributes">
        <xsl:with-param name="class" select="'alternative'"/>
      </xsl:apply-templates>
      <xsl:value-of select="ed:label('bracket-open')"/>
      <xsl:apply-templates/>
      <xsl:for-each select="tokenize(@wit)"><i class="siglum"><xsl:value-of select="' ' || replace(., '^.*#', '')"/></i></xsl:for-each>
      <xsl:value-of select="ed:label('bracket-close')"/>
    </span>
  </xsl:template>

</xsl:stylesheet>
