<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: a mark in the text, the note itself behind its host (the paragraph, stanza, table … it belongs to);
     marks and notes link both ways. CSS sets notes beside the host where there is room, else below it. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="i:notes" match="note[@ed:n]" use="i:host(.) ! generate-id()"/>

  <!-- The element behind which a note is set; empty: the note stands where it is. -->
  <xsl:function name="i:host" as="element()?">
    <xsl:param name="note" as="element()"/>
    <xsl:variable name="outer" as="element()?" select="$note/ancestor::*[self::note[@ed:n] or i:is-recorded(.)][1]"/>
    <xsl:variable name="inside" as="element()*" select="$note/ancestor::*[empty($outer) or . >> $outer]"/>
    <xsl:variable name="whole" as="element()?"
      select="$inside[self::table or self::figure or self::opener or self::closer or self::postscript or self::lg
        or self::castList or self::titlePage or self::listBibl or self::address][1]"/>
    <xsl:variable name="near" as="element()?"
      select="$inside[self::p or self::ab or self::head or self::item or self::l or self::quote or self::bibl
        or self::salute or self::dateline or self::signed or self::byline or self::trailer or self::speaker or self::stage][last()]"/>
    <xsl:sequence select="if ($outer and i:is-recorded($outer)) then $inside[self::p or self::ab][1]
      else ($whole, $near, $outer ! (i:host(.), .)[1])[1]"/>
  </xsl:function>

  <!-- Whether an element is shown as a record, in which a note is a row. -->
  <xsl:function name="i:is-recorded" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[self::msDesc or self::msPart or self::msFrag or self::person or self::personGrp
      or self::place or self::org or self::event or self::relation])"/>
  </xsl:function>

  <!-- The mark in the text. -->
  <xsl:template match="note[@ed:n]" priority="20" as="item()*">
    <a class="noteref" id="ref:{@ed:anchor}" href="#{@ed:anchor}" role="doc-noteref" aria-label="{ed:label('note-number', string(@ed:n))}">
      <xsl:value-of select="@ed:n"/>
    </a>
  </xsl:template>

  <!-- A note that belongs to no paragraph stands in its place. -->
  <xsl:template match="note[@ed:n][empty(i:host(.))]" priority="21" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
      <xsl:apply-templates select="." mode="i:notes-of"/>
    </div>
  </xsl:template>

  <!-- A host: the element as its module renders it, then its notes. -->
  <xsl:template match="*[exists(key('i:notes', generate-id()))][not(self::note)]" priority="30" as="item()*">
    <xsl:variable name="rendered" as="item()*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:apply-templates select="$rendered" mode="i:host">
      <xsl:with-param name="host" select="." tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:mode name="i:host" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template mode="i:host" match="Q{}*" as="element()">
    <xsl:param name="host" as="element()" tunnel="yes"/>
    <div class="noted {i:place-of-notes($host)}">
      <xsl:copy-of select="."/>
      <xsl:apply-templates select="$host" mode="i:notes-of"/>
    </div>
  </xsl:template>

  <xsl:template mode="i:host" match="Q{}li | Q{}dd | Q{}dt | Q{}td | Q{}th | Q{}tr | Q{}caption" as="element()">
    <xsl:param name="host" as="element()" tunnel="yes"/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <div class="noted {i:place-of-notes($host)}">
        <div><xsl:copy-of select="node()"/></div>
        <xsl:apply-templates select="$host" mode="i:notes-of"/>
      </div>
    </xsl:copy>
  </xsl:template>

  <xsl:mode name="i:notes-of" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:notes-of" match="*[key('i:notes', generate-id())]" as="element()">
    <div class="notes">
      <xsl:apply-templates select="key('i:notes', generate-id())" mode="ed:note"/>
    </div>
  </xsl:template>

  <!-- The note itself: its number leads back to the mark. -->
  <xsl:mode name="ed:note" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:note" match="note" as="element()">
    <div role="doc-footnote">
      <xsl:apply-templates select="." mode="ed:attributes">
        <xsl:with-param name="class" select="'note'"/>
      </xsl:apply-templates>
      <a class="backlink" href="#ref:{@ed:anchor}" role="doc-backlink" aria-label="{ed:label('note-back', string(@ed:n))}">
        <xsl:value-of select="@ed:n"/>
      </a>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="@type" mode="ed:note"/>
      <div class="note-text"><xsl:apply-templates/></div>
    </div>
  </xsl:template>

  <xsl:template mode="ed:note" match="@type[ed:has-label('note-type-' || .)]" as="item()*">
    <span class="note-kind"><xsl:value-of select="ed:label('note-type-' || .)"/></span>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- Beside the host if its notes are hardly longer than it is (counted in lines of the wide page), else below. -->
  <xsl:function name="i:place-of-notes" as="xs:string">
    <xsl:param name="host" as="element()"/>
    <xsl:variable name="notes" as="xs:double" select="sum(key('i:notes', generate-id($host), root($host)) ! (ceiling(string-length() div 32) + .15))"/>
    <xsl:variable name="lines" as="xs:double" select="max((string-length(ed:plain($host)) div 75, count($host//(l | row | lb | addrLine)), 1))"/>
    <xsl:sequence select="('notes-below', 'notes-beside')[1 + number($notes * .75 le $lines + 1.5)]"/>
  </xsl:function>

</xsl:stylesheet>
