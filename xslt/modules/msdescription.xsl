<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module msdescription: descriptions of manuscripts are records; their phrases stay in the text. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="msDesc | msPart | msFrag" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <ul class="record"><xsl:apply-templates select="* except head" mode="ed:metadata"/></ul>
    </div>
  </xsl:template>

  <xsl:template match="repository | institution | collection | msName | locus | material | dimensions | height | width | depth | dim | origDate | origPlace | watermark | heraldry | catchwords | signatures | incipit | explicit | rubric | finalRubric | secFol | stamp" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

</xsl:stylesheet>
