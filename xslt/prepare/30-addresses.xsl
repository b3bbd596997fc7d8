<?xml version="1.0" encoding="UTF-8"?>
<!-- Pass 3: every element with an xml:id gets an address too, and each address is had once: the second
     "p1" of a document becomes "p1:2". (No xml:id holds a colon, so nothing can collide with it.) -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="xs map">

  <xsl:mode name="addresses" on-no-match="shallow-copy" on-multiple-match="fail" use-accumulators="ed:addresses"/>

  <!-- How often each address has been wanted so far. -->
  <xsl:accumulator name="ed:addresses" as="map(xs:string, xs:integer)" initial-value="map { }">
    <xsl:accumulator-rule match="*[@ed:anchor or @xml:id]"
      select="map:put($value, ed:wanted-address(.), ($value(ed:wanted-address(.)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <!-- The address an element would have if it were alone: white space, which no address may hold, becomes a hyphen. -->
  <xsl:function name="ed:wanted-address" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="replace(($element/@ed:anchor, $element/@xml:id)[1], '\s+', '-')"/>
  </xsl:function>

  <xsl:template mode="addresses" match="*[@ed:anchor or @xml:id]">
    <xsl:variable name="wanted" as="xs:string" select="ed:wanted-address(.)"/>
    <xsl:variable name="count" as="xs:integer" select="accumulator-before('ed:addresses')($wanted)"/>
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="#current"/>
      <xsl:attribute name="ed:anchor" select="$wanted || (':' || $count)[$count gt 1]"/>
      <xsl:apply-templates select="node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

</xsl:stylesheet>
