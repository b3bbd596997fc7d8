<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module textstructure: the document, its text, divisions, openings and closings. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="TEI | teiCorpus" as="element()">
    <article>
      <xsl:call-template name="i:document-head"/>
      <xsl:call-template name="i:contents"/>
      <div class="text" id="{(@ed:anchor[current()/parent::*], 'ed:text')[1]}">
        <xsl:apply-templates select="* except teiHeader"/>
      </div>
      <xsl:call-template name="i:document-foot"/>
    </article>
  </xsl:template>

  <!-- A document inside another: no frame of its own. -->
  <xsl:template match="TEI/TEI | teiCorpus/TEI | teiCorpus/teiCorpus" priority="2" as="element()">
    <section>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="* except teiHeader"/>
      <xsl:call-template name="i:about-document"/>
    </section>
  </xsl:template>

  <xsl:template name="i:document-head" as="element()">
    <header class="document-head">
      <xsl:apply-templates select="key('i:document', ed:document-id(.), $index)[1]/@when[. ne '']" mode="i:panel"/>
      <xsl:if test="empty(self::TEI ! ed:title-head(.))">
        <h1><xsl:value-of select="ed:title(.)"/></h1>
      </xsl:if>
      <xsl:apply-templates select="teiHeader/profileDesc/correspDesc" mode="i:correspondence"/>
      <xsl:apply-templates select="teiHeader/profileDesc/abstract, teiHeader" mode="i:panel">
        <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
      </xsl:apply-templates>
    </header>
  </xsl:template>

  <xsl:template mode="i:panel" match="ed:document/@when" as="element()">
    <p class="when" lang="{ed:edition-language()}"><xsl:value-of select="ed:date(.)"/></p>
  </xsl:template>

  <xsl:template name="i:document-foot" as="element()">
    <footer class="document-foot">
      <xsl:if test="teiHeader/fileDesc/publicationStmt/availability">
        <section class="rights-of-document" aria-labelledby="ed:rights" lang="{ed:edition-language()}">
          <h2 id="ed:rights"><xsl:value-of select="ed:label('rights')"/></h2>
          <xsl:apply-templates select="teiHeader/fileDesc/publicationStmt/availability" mode="i:panel">
            <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
          </xsl:apply-templates>
        </section>
      </xsl:if>
      <xsl:call-template name="i:about-document"/>
      <xsl:apply-templates select="key('i:document', ed:document-id(.), $index)[1]" mode="i:neighbours"/>
    </footer>
  </xsl:template>

  <xsl:template name="i:about-document" as="element()?">
    <xsl:if test="teiHeader">
      <details class="about-document" lang="{ed:edition-language()}">
        <summary><xsl:value-of select="ed:label('about-document')"/></summary>
        <ul class="record"><xsl:apply-templates select="teiHeader/*" mode="ed:metadata"/></ul>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- The documents before and after, in reading order. -->
  <xsl:mode name="i:neighbours" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:neighbours" match="ed:document[preceding-sibling::ed:document or following-sibling::ed:document]" as="element()">
    <nav class="neighbours" aria-label="{ed:label('neighbours')}" lang="{ed:edition-language()}">
      <ul>
        <xsl:apply-templates select="preceding-sibling::ed:document[1], following-sibling::ed:document[1]" mode="i:neighbour">
          <xsl:with-param name="here" select="."/>
        </xsl:apply-templates>
      </ul>
    </nav>
  </xsl:template>

  <xsl:mode name="i:neighbour" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:neighbour" match="ed:document" as="element()">
    <xsl:param name="here" as="element()"/>
    <xsl:variable name="side" as="xs:string" select="('next', 'previous')[1 + number(current() &lt;&lt; $here)]"/>
    <li class="{$side}">
      <a href="{@href}" rel="{('next', 'prev')[1 + number($side eq 'previous')]}">
        <span class="direction"><xsl:value-of select="ed:label($side)"/></span>
        <xsl:text> </xsl:text>
        <span class="title"><xsl:value-of select="@title"/></span>
      </a>
    </li>
  </xsl:template>

  <xsl:template match="text | body | front | back | group | floatingText | div | div1 | div2 | div3 | div4 | div5 | div6 | div7" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="opener | closer | postscript | epigraph | argument | titlePage | docTitle | imprimatur" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Lines of an opening, a closing or a title page. -->
  <xsl:template match="salute | signed | dateline | byline | trailer | titlePart | docAuthor | docEdition | docImprint | docDate" as="item()*">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="salute[ed:in-running-text(.)] | signed[ed:in-running-text(.)] | dateline[ed:in-running-text(.)] | byline[ed:in-running-text(.)] | trailer[ed:in-running-text(.)] | titlePart[ed:in-running-text(.)] | docAuthor[not(parent::titlePage)] | docEdition[ed:in-running-text(.)] | docDate[not(parent::titlePage)]" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Headings of divisions; heading matter and the heads of lists, tables and notes are lines. -->
  <xsl:template match="head" as="item()*">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="head[ed:is-heading(.)]" priority="2" as="item()*">
    <xsl:element name="h{ed:heading-level(.)}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>
