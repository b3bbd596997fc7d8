<?xml version="1.0" encoding="UTF-8"?>
<!-- Typst stops at boxes in boxes in boxes and at expressions nested too deeply. Before it does, text is printed flat. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How many boxes, and how many elements, may stand around an element. -->
  <xsl:variable name="ed:most-boxes" as="xs:integer" select="7"/>
  <xsl:variable name="ed:most-elements" as="xs:integer" select="60"/>

  <xsl:function name="ed:is-box" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[self::list | self::table | self::quote | self::q | self::said | self::cit | self::floatingText
      | self::group | self::figure | self::castList | self::castGroup | self::spGrp | self::epigraph | self::argument | self::postscript
      | self::lg | self::sp | self::opener | self::closer | self::listBibl | self::note | self::surface | self::zone])"/>
  </xsl:function>

  <xsl:template mode="print" priority="50"
    match="*[ed:is-box(.)][count(ancestor::*[ed:is-box(.)]) eq $ed:most-boxes] | *[count(ancestor::*) ge $ed:most-elements][not(self::item | self::row | self::cell)]">
    <xsl:call-template name="ed:report">
      <xsl:with-param name="code" select="'odd-construct'"/>
      <xsl:with-param name="about" select="name()"/>
    </xsl:call-template>
    <xsl:value-of select="'e.s;' || ed:literal(.) || ';e.s;'"/>
  </xsl:template>

</xsl:stylesheet>
