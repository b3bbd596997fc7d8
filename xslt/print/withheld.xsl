<?xml version="1.0" encoding="UTF-8"?>
<!-- The rules by which text of a document is left out of the print edition. No other template may lose any. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- source-forme: running heads, catchwords and page numbers of the source. -->
  <xsl:template mode="print" match="fw" priority="30"/>

  <!-- normalised-reading: where a source is printed as it stands, its normalised spelling. -->
  <xsl:template mode="print" match="choice[orig]/reg" priority="30"/>

  <!-- abbreviated-form: where an abbreviation is written out, its short form. -->
  <xsl:template mode="print" match="choice[expan]/abbr" priority="30"/>
  <xsl:template mode="print" match="choice[ex]/am" priority="30"/>

</xsl:stylesheet>
