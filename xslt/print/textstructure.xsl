<?xml version="1.0" encoding="UTF-8"?>
<!-- Divisions, headings, and what opens and closes them (module textstructure). -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="text | body | front | back | div | div1 | div2 | div3 | div4 | div5 | div6 | div7">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template mode="print" match="group | floatingText">
    <xsl:text>e.group({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- A heading; documents are of level 1. -->
  <xsl:template mode="print" match="head">
    <xsl:value-of select="'e.head(' || ed:level(.) || ', ' || ed:literal(ed:plain(.)) || ', {'"/>
    <xsl:apply-templates select="." mode="line"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:function name="ed:level" as="xs:integer">
    <xsl:param name="head" as="element()"/>
    <xsl:variable name="title" as="element()?" select="$head/ancestor::TEI[last()] ! ed:title-head(.)"/>
    <xsl:sequence select="1 + count($head/(ancestor::* except $title/..)[self::body | self::front | self::back | self::div | self::div1 | self::div2 | self::div3 | self::div4 | self::div5 | self::div6 | self::div7][head[not(ed:is-headline(.))]])"/>
  </xsl:function>

  <!-- Heading matter and second headings are no headings of their own. -->
  <xsl:function name="ed:is-headline" as="xs:boolean">
    <xsl:param name="head" as="element()"/>
    <xsl:sequence select="$head/@type = (tokenize($matter-heads), 'subject', 'sub', 'subordinate', 'subtitle')"/>
  </xsl:function>

  <!-- The heading that says the document's title again is printed as the title. -->
  <xsl:template mode="print" match="head[. is (ancestor::TEI[last()] ! ed:title-head(.))]" priority="3"/>

  <!-- A heading without words is none; it may still hold a page break. -->
  <xsl:template mode="print" match="head[not(ed:plain(.))]" priority="2">
    <xsl:text>e.p(rend: (), {</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- A line of the document's own head. -->
  <xsl:template mode="print" match="head[ed:is-headline(.)]" priority="0.7">
    <xsl:value-of select="'e.headline(' || ed:literal(@type) || ', {'"/>
    <xsl:apply-templates select="." mode="line"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- The heading of something smaller than a division. -->
  <xsl:template mode="print" match="lg/head | list/head | table/head | figure/head | listBibl/head | castList/head | castGroup/head | argument/head | epigraph/head | note//head | titlePage//head | opener/head | u/head | sp/head" priority="1">
    <xsl:text>e.caption({</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="opener | closer | postscript | epigraph | argument | address">
    <xsl:value-of select="'e.' || local-name() || '({'"/><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="salute | signed | dateline | byline | trailer">
    <xsl:value-of select="'e.' || local-name() || '({'"/><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- Inside a sentence these are words like others. -->
  <xsl:template mode="print" match="*[text()[normalize-space()]]/salute | *[text()[normalize-space()]]/signed | *[text()[normalize-space()]]/dateline" priority="1">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template mode="print" match="addrLine">
    <xsl:text>e.line-of({</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- In an opener or closer that is not a sentence, every part has a line of its own. -->
  <xsl:template mode="print" match="opener[not(text()[normalize-space()])]/*[not(self::note | self::pb)] | closer[not(text()[normalize-space()])]/*[not(self::note | self::pb)]" priority="5">
    <xsl:text>e.own({</xsl:text><xsl:next-match/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="print" match="titlePage">
    <xsl:text>e.front-page({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="docTitle">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="titlePart">
    <xsl:value-of select="'e.front-title(' || ed:literal((@type, 'main')[1]) || ', {'"/>
    <xsl:apply-templates select="." mode="line"/>
    <xsl:text>});&#10;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="docAuthor | docDate | docImprint | docEdition | imprimatur">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="titlePage/docAuthor | titlePage/docDate | titlePage/docImprint | titlePage/docEdition | titlePage/imprimatur | front/docAuthor | front/docDate | front/docImprint | front/docEdition" priority="1">
    <xsl:text>e.byline({</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

</xsl:stylesheet>
