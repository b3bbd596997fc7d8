<?xml version="1.0" encoding="UTF-8"?>
<!-- A document: documents/&lt;id&gt;.typ. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="/" as="map(xs:string, xs:string)">
    <xsl:variable name="parts" as="item()*">
      <xsl:text>#import "../edition.typ" as e&#10;#</xsl:text>
      <xsl:apply-templates select="*" mode="document"/>
    </xsl:variable>
    <xsl:map-entry key="'documents/' || ed:document-id(*) || '.typ'" select="string-join($parts)"/>
  </xsl:template>

  <xsl:mode name="document" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template mode="document" match="/*">
    <xsl:variable name="id" as="xs:string" select="ed:document-id(.)"/>
    <xsl:variable name="entry" as="element()?" select="$index/*/ed:document[@id = $id]"/>
    <xsl:variable name="title" as="xs:string" select="ed:printed-title(., $entry)"/>
    <xsl:variable name="header" as="element()?" select="(teiHeader, TEI/teiHeader)[1]"/>
    <xsl:value-of select="'e.document(anchor: ' || ed:literal(ed:place(., ()))"/>
    <xsl:value-of select="', title: ' || ed:literal($title)"/>
    <xsl:apply-templates select="self::TEI ! ed:title-head(.)" mode="title"/>
    <xsl:value-of select="', running: ' || ed:literal(($header//titleStmt/title[@type = 'short'], $title)[1])"/>
    <xsl:value-of select="', language: ' || ed:text-arguments((@xml:lang, (text, TEI/text)/@xml:lang)[1])"/>
    <xsl:value-of select="', signs: ' || ed:array(ed:signs(.))"/>
    <xsl:apply-templates select="$header" mode="header"/>
    <xsl:text>, {&#10;</xsl:text>
    <xsl:apply-templates select="ed:edited-text(.)" mode="print"/>
    <xsl:text>})&#10;</xsl:text>
  </xsl:template>

  <!-- The heading that says the title again is printed in its place, with its notes. -->
  <xsl:mode name="title" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template mode="title" match="head">
    <xsl:text>, shown: {</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>}</xsl:text>
  </xsl:template>

  <!-- The text to print: text, or a transcription that has none. -->
  <xsl:function name="ed:edited-text" as="element()*">
    <xsl:param name="root" as="element()"/>
    <xsl:sequence select="($root/descendant-or-self::*[self::TEI | self::teiCorpus]/(text | sourceDoc[not(../text)]), $root[not(self::TEI | self::teiCorpus)])"/>
  </xsl:function>

  <!-- The title that the index gives a document, else its own. -->
  <xsl:function name="ed:printed-title" as="xs:string">
    <xsl:param name="root" as="element()"/>
    <xsl:param name="entry" as="element()?"/>
    <xsl:sequence select="($entry/@title ! normalize-space()[. ne ''], ($root[teiHeader], $root//*[teiHeader], $root)[1] ! ed:title(.))[1]"/>
  </xsl:function>

  <!-- The name of a place in the book: a document, or an element in it. -->
  <xsl:function name="ed:place" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="id" as="xs:string?"/>
    <xsl:sequence select="string-join((ed:document-id(root($node)/*), $id), '#')"/>
  </xsl:function>

  <!-- Which signs of the key occur in a document. -->
  <xsl:function name="ed:signs" as="xs:string*">
    <xsl:param name="root" as="element()"/>
    <xsl:sequence select="
      'supplied'[$root//text//supplied], 'pb'[$root//text//pb[@n]], 'unclear'[$root//text//unclear], 'gap'[$root//text//gap],
      'del'[$root//text//del], 'add'[$root//text//add]"/>
  </xsl:function>

</xsl:stylesheet>
