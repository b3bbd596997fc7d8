<?xml version="1.0" encoding="UTF-8"?>
<!-- Entry: TEI → TEI, ready to be surveyed and rendered. Each file of prepare/ is one pass, run in name order. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  exclude-result-prefixes="#all">

  <xsl:include href="prepare/10-spacing.xsl"/>
  <xsl:include href="prepare/20-anchors.xsl"/>
  <xsl:include href="prepare/30-addresses.xsl"/>

  <xsl:output method="json"/>

  <xsl:template match="/" as="map(xs:string, xs:string)">
    <xsl:variable name="spaced" as="document-node()">
      <xsl:apply-templates select="." mode="spacing"/>
    </xsl:variable>
    <xsl:variable name="anchored" as="document-node()">
      <xsl:apply-templates select="$spaced" mode="anchors"/>
    </xsl:variable>
    <xsl:variable name="addressed" as="document-node()">
      <xsl:apply-templates select="$anchored" mode="addresses"/>
    </xsl:variable>
    <xsl:map-entry key="'prepared'" select="serialize($addressed, map { 'method': 'xml', 'omit-xml-declaration': true() })"/>
  </xsl:template>

</xsl:stylesheet>
