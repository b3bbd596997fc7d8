<?xml version="1.0" encoding="UTF-8"?>
<!-- The book: main.typ. Title page, imprint, contents, a page about the edition, the documents, the rules they were made by, the indexes. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:variable name="edition" as="element()?" select="$index/*/ed:edition"/>
  <xsl:variable name="headers" as="element()*" select="$index/*/ed:document/teiHeader"/>

  <xsl:template name="edition" as="map(xs:string, xs:string)">
    <xsl:variable name="parts" as="item()*">
      <xsl:text>#import "edition.typ" as e&#10;#{&#10;</xsl:text>
      <xsl:call-template name="ed:frame"/>
      <xsl:call-template name="ed:title-page"/>
      <xsl:call-template name="ed:imprint"/>
      <xsl:call-template name="ed:contents"/>
      <xsl:call-template name="ed:about"/>
      <xsl:text>e.recto;&#10;</xsl:text>
      <xsl:apply-templates select="$index/*/ed:document" mode="volume"/>
      <xsl:call-template name="ed:statements"/>
      <xsl:call-template name="ed:indexes"/>
      <xsl:text>}&#10;</xsl:text>
    </xsl:variable>
    <xsl:map-entry key="'main.typ'" select="string-join($parts)"/>
  </xsl:template>

  <xsl:mode name="volume" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <!-- Title, language and authors of the PDF. -->
  <xsl:template name="ed:frame">
    <xsl:variable name="authors" as="xs:string*" select="distinct-values($headers/fileDesc/titleStmt/author ! normalize-space()[. ne ''])"/>
    <xsl:value-of select="'show: e.edition.with(title: ' || ed:literal(ed:edition-title())"/>
    <xsl:value-of select="', language: ' || ed:text-arguments($edition/@language) || ', fonts: ' || ed:array(tokenize($fonts, ';')[normalize-space()])"/>
    <xsl:value-of select="', authors: ' || ed:array($authors)"/>
    <xsl:value-of select="', description: ' || ed:literal($edition/ed:description) || ');&#10;'"/>
  </xsl:template>

  <xsl:function name="ed:edition-title" as="xs:string">
    <xsl:sequence select="($edition/@title ! normalize-space(), ed:label('print-untitled'))[. ne ''][1]"/>
  </xsl:function>

  <xsl:template name="ed:title-page">
    <xsl:value-of select="'e.title-page(title: ' || ed:literal(ed:edition-title())"/>
    <xsl:value-of select="', subtitle: ' || ed:literal($edition/@subtitle) || ', publisher: ' || ed:literal($edition/@publisher)"/>
    <xsl:value-of select="', date: ' || ed:literal($edition/@date) || ');&#10;'"/>
  </xsl:template>

  <!-- Publisher and licence, whoever paid, what each document may be used for, what the book is made from. -->
  <xsl:template name="ed:imprint">
    <xsl:text>e.imprint((</xsl:text>
    <xsl:sequence select="ed:imprint-entry(string-join(($edition/@publisher, $edition/@date)[normalize-space()], ', '))"/>
    <xsl:sequence select="ed:imprint-entry($edition/@address)"/>
    <xsl:sequence select="$edition/@licence[normalize-space()] ! ed:imprint-entry(ed:label('print-licence', string(.)))"/>
    <xsl:for-each-group select="$headers//titleStmt/funder[normalize-space()]" group-by="normalize-space()">
      <xsl:sequence select="ed:imprint-entry(current-grouping-key())"/>
    </xsl:for-each-group>
    <xsl:for-each-group select="$headers//publicationStmt/availability[normalize-space()]" group-by="normalize-space()">
      <xsl:apply-templates select="." mode="volume">
        <xsl:with-param name="documents" as="element()*" select="current-group()/ancestor::ed:document"/>
      </xsl:apply-templates>
    </xsl:for-each-group>
    <xsl:sequence select="ed:imprint-entry(ed:label('print-made-from'))"/>
    <xsl:text>));&#10;</xsl:text>
  </xsl:template>

  <xsl:function name="ed:imprint-entry" as="xs:string?">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:sequence select="$text[normalize-space()] ! (ed:literal(.) || ', ')"/>
  </xsl:function>

  <!-- A statement of rights, headed by the documents it is about unless these are all. -->
  <xsl:template mode="volume" match="availability">
    <xsl:param name="documents" as="element()*"/>
    <xsl:text>{</xsl:text>
    <xsl:if test="count($documents) lt count($headers)">
      <xsl:value-of select="'e.emphasis(' || ed:literal(string-join($documents/@title, '; ')) || ');e.break-line;'"/>
    </xsl:if>
    <xsl:value-of select="string-join((p[normalize-space()], licence[normalize-space()], .[not(p | licence)]) ! ed:literal(.), ';e.break-line;')"/>
    <xsl:text>}, </xsl:text>
  </xsl:template>

  <!-- The contents list; Typst finds the headings, the dates below them come from here. -->
  <xsl:template name="ed:contents">
    <xsl:variable name="dates" as="xs:string*" select="$index/*/ed:document[ed:document-date(.)] ! (ed:literal(@id) || ': ' || ed:literal(ed:document-date(.)))"/>
    <xsl:value-of select="'e.contents(' || ed:literal(ed:label('print-contents')) || ', (' || (string-join($dates, ', ')[. ne ''], ':')[1] || '));&#10;'"/>
  </xsl:template>

  <xsl:function name="ed:document-date" as="xs:string?">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="($document/teiHeader ! ed:date-of(.), $document/@when[. ne ''] ! string())[1]"/>
  </xsl:function>

  <!-- What the edition is, and what its signs mean. -->
  <xsl:template name="ed:about">
    <xsl:value-of select="'e.about(' || ed:literal(ed:label('print-about')) || ', ' || ed:literal($edition/ed:description)"/>
    <xsl:value-of select="', ' || ed:literal(ed:label('print-signs')) || ', (' || string-join(('supplied', 'pb', 'unclear', 'gap', 'del', 'add') ! ed:sign(.)) || '));&#10;'"/>
  </xsl:template>

  <!-- What the documents were printed from, and by which rules they were made, each statement once. -->
  <xsl:template name="ed:statements">
    <xsl:variable name="sources" as="xs:string*" select="$headers/fileDesc/sourceDesc//(bibl | biblStruct | biblFull)[not(ancestor::bibl | ancestor::biblStruct | ancestor::biblFull)] ! ed:run-together(.)"/>
    <xsl:variable name="rules" as="xs:string*" select="$headers/encodingDesc/(projectDesc | editorialDecl)//p ! normalize-space()"/>
    <xsl:value-of select="'e.statements(((' || ed:literal(ed:label('print-sources')) || ', ' || ed:array(distinct-values($sources[. ne '']))"/>
    <xsl:value-of select="'), (' || ed:literal(ed:label('print-rules')) || ', ' || ed:array(distinct-values($rules[. ne ''])) || ')));&#10;'"/>
  </xsl:template>

  <!-- A line of the key to the signs: the sign as edition.typ draws it, and its meaning. -->
  <xsl:function name="ed:sign" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="sample" as="map(xs:string, xs:string)" select="map {
      'supplied': 'e.supplied(' || ed:literal(ed:label('print-sign-sample')) || ')',
      'pb': 'e.pb-sign', 'gap': 'e.gap(none)',
      'unclear': 'e.unclear(' || ed:literal(ed:label('print-sign-sample')) || ')',
      'del': 'e.deleted(' || ed:literal(ed:label('print-sign-sample')) || ')',
      'add': 'e.added(' || ed:literal(ed:label('print-sign-sample')) || ')' }"/>
    <xsl:sequence select="'(' || ed:literal($name) || ', ' || $sample($name) || ', ' || ed:literal(ed:label('print-sign-' || $name)) || '), '"/>
  </xsl:function>

  <xsl:template mode="volume" match="ed:document">
    <xsl:value-of select="'include ' || ed:literal('documents/' || @id || '.typ') || ';&#10;'"/>
    <xsl:if test="xs:boolean($attach)">
      <xsl:value-of select="'e.attach(' || ed:literal('/tei/' || @id || '.xml') || ', ' || ed:literal(@title) || ');&#10;'"/>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
