<?xml version="1.0" encoding="UTF-8"?>
<!-- Every public parameter. Values come from edition.toml through Python, or are defaults. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  exclude-result-prefixes="#all">

  <!-- The edition's index: edition, documents in reading order with their headers, registers, mentions. -->
  <xsl:param name="index" as="document-node()">
    <xsl:document><ed:index/></xsl:document>
  </xsl:param>

  <!-- Every printed word, in the edition's language: a file of labels/. -->
  <xsl:param name="labels" as="document-node()">
    <xsl:document><labels xml:lang="en"/></xsl:document>
  </xsl:param>

  <!-- Id of the document, which names its page; empty: the xml:id of the source's root. -->
  <xsl:param name="document" as="xs:string" select="''"/>

  <!-- Types of head that are heading matter (motto, letterhead …) and not headings of a division. -->
  <xsl:param name="matter-heads" as="xs:string" select="'motto letterhead reference excerpt classification'"/>

</xsl:stylesheet>
