<?xml version="1.0" encoding="UTF-8"?>
<!-- Names and dates (module namesdates): a name that points into a register is marked for the index. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="persName | placeName | orgName | geogName | date | time | idno | surname | forename | roleName | addName | nameLink | genName | settlement | region | country | district | bloc | geogFeat | offset">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template mode="print" match="*[@ed:entry]" priority="10">
    <xsl:value-of select="'e.name(' || ed:literal(@ed:entry) || ', ' || exists(ancestor::note) || ', {'"/>
    <xsl:next-match/>
    <xsl:text>});</xsl:text>
  </xsl:template>

</xsl:stylesheet>
