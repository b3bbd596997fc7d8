<?xml version="1.0" encoding="UTF-8"?>
<!-- Entry: prepared TEI → Typst. On a document: documents/<id>.typ; the template “edition”: main.typ, which sets the
     whole book. Typst runs on main.typ, with print/edition.typ beside it. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  exclude-result-prefixes="#all">

  <!-- Whether the TEI of each document, beside main.typ as tei/<id>.xml, is attached to the PDF (true or false). -->
  <xsl:param name="attach" as="xs:anyAtomicType" select="false()"/>

  <!-- Families of fonts, parted by semicolons, for what Libertinus Serif lacks. -->
  <xsl:param name="fonts" as="xs:string" select="''"/>

  <xsl:output method="json"/>

  <xsl:include href="params.xsl"/>
  <xsl:include href="lib/functions.xsl"/>
  <xsl:include href="lib/report.xsl"/>

  <xsl:include href="print/typst.xsl"/>
  <xsl:include href="print/document.xsl"/>
  <xsl:include href="print/edition.xsl"/>
  <xsl:include href="print/indexes.xsl"/>
  <xsl:include href="print/header.xsl"/>
  <xsl:include href="print/breaks.xsl"/>
  <xsl:include href="print/textstructure.xsl"/>
  <xsl:include href="print/core.xsl"/>
  <xsl:include href="print/notes.xsl"/>
  <xsl:include href="print/lists.xsl"/>
  <xsl:include href="print/figures.xsl"/>
  <xsl:include href="print/verse.xsl"/>
  <xsl:include href="print/drama.xsl"/>
  <xsl:include href="print/linking.xsl"/>
  <xsl:include href="print/namesdates.xsl"/>
  <xsl:include href="print/transcr.xsl"/>
  <xsl:include href="print/withheld.xsl"/>
  <xsl:include href="print/depth.xsl"/>
  <xsl:include href="print/fallback.xsl"/>

</xsl:stylesheet>
