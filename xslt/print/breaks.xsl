<?xml version="1.0" encoding="UTF-8"?>
<!-- Page breaks between blocks belong to the next line of text: its template begins with them. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Page breaks that wait for a line of text, by that line. -->
  <xsl:key name="waiting" match="pb[ed:between-blocks(.)]" use="ed:next-line(.) ! generate-id()"/>

  <!-- Between blocks, that is, in an element that holds blocks and no text of its own. -->
  <xsl:function name="ed:between-blocks" as="xs:boolean">
    <xsl:param name="break" as="element()"/>
    <xsl:sequence select="not($break/../text()[normalize-space()]) and not($break/ancestor::*[ed:is-line(.)])"/>
  </xsl:function>

  <xsl:function name="ed:next-line" as="element()?">
    <xsl:param name="break" as="element()"/>
    <xsl:sequence select="$break/following::*[ed:is-line(.)][not(ancestor::note)][1]"/>
  </xsl:function>

  <!-- Whether an element is set as lines of text, not as a box of blocks. -->
  <xsl:function name="ed:is-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[self::p | self::ab | self::head | self::l | self::addrLine | self::salute | self::signed
      | self::dateline | self::byline | self::trailer | self::speaker | self::stage | self::titlePart | self::docAuthor | self::docDate
      | self::item[not(p | list)] | self::cell[not(p | list)]])"/>
  </xsl:function>

  <!-- The content of a line: breaks that waited for it, then its own. -->
  <xsl:mode name="line" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template mode="line" match="*">
    <xsl:apply-templates select="key('waiting', generate-id())[@n][1]" mode="break">
      <xsl:with-param name="pages" as="xs:string*" select="key('waiting', generate-id())/@n"/>
    </xsl:apply-templates>
    <xsl:apply-templates mode="print"/>
  </xsl:template>

  <xsl:mode name="break" on-no-match="shallow-skip" on-multiple-match="fail"/>
  <xsl:template mode="break" match="pb[@n]">
    <xsl:param name="pages" as="xs:string*" select="@n"/>
    <xsl:value-of select="'e.pb(' || ed:literal(string-join($pages, ', ')) || ');'"/>
  </xsl:template>

  <xsl:template mode="print" match="pb" priority="1">
    <xsl:apply-templates select="." mode="break"/>
  </xsl:template>
  <xsl:template mode="print" match="pb[ed:between-blocks(.)]" priority="2">
    <xsl:apply-templates select=".[not(ed:next-line(.))]" mode="break"/>
  </xsl:template>

  <!-- Lines of the source are not kept in prose; a line break that only counts lines parts words unless it says no. -->
  <xsl:template mode="print" match="lb">
    <xsl:text>e.break-line;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="p//lb[@n or @facs or @break] | ab//lb" priority="1">
    <xsl:text>e.s;</xsl:text>
  </xsl:template>
  <xsl:template mode="print" match="lb[@break = 'no']" priority="2"/>

  <xsl:template mode="print" match="cb | gb | milestone | handShift | space"/>

</xsl:stylesheet>
