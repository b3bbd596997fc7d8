<?xml version="1.0" encoding="UTF-8"?>
<!-- The page about the edition, put together from the headers of its documents: what several say alike is said once. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template name="i:about-page" as="map(xs:string, xs:string)">
    <xsl:call-template name="ed:page">
      <xsl:with-param name="path" select="'about.html'"/>
      <xsl:with-param name="title" select="ed:label('about')"/>
      <xsl:with-param name="kind" select="'about'"/>
      <xsl:with-param name="content">
        <h1><xsl:value-of select="ed:label('about')"/></h1>
        <xsl:apply-templates select="$i:edition/ed:description" mode="i:start"/>
        <xsl:call-template name="i:about-sections"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="i:about-sections" as="element()*">
    <xsl:variable name="headers" as="element()*" select="$i:documents/teiHeader"/>
    <xsl:call-template name="i:shared">
      <xsl:with-param name="topic" select="'responsibility'"/>
      <xsl:with-param name="statements" select="$headers/fileDesc/titleStmt/(author | editor | principal | respStmt)"/>
    </xsl:call-template>
    <xsl:call-template name="i:by-document">
      <xsl:with-param name="topic" select="'sources'"/>
      <xsl:with-param name="parts" select="$headers/fileDesc/sourceDesc"/>
    </xsl:call-template>
    <xsl:call-template name="i:shared">
      <xsl:with-param name="topic" select="'editorial-principles'"/>
      <xsl:with-param name="statements" select="$headers/encodingDesc/(projectDesc | editorialDecl | editorialDecl/* | samplingDecl)/(p | ab | list)"/>
    </xsl:call-template>
    <xsl:call-template name="i:shared">
      <xsl:with-param name="topic" select="'funding'"/>
      <xsl:with-param name="statements" select="$headers/fileDesc/titleStmt/(funder | sponsor)"/>
    </xsl:call-template>
    <xsl:call-template name="i:shared">
      <xsl:with-param name="topic" select="'rights'"/>
      <xsl:with-param name="statements" select="$headers/fileDesc/publicationStmt/availability"/>
    </xsl:call-template>
    <xsl:call-template name="i:by-document">
      <xsl:with-param name="topic" select="'withheld'"/>
      <xsl:with-param name="parts" select="$headers/fileDesc/notesStmt"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Statements of several documents: each once, with its documents where not all make it. -->
  <xsl:template name="i:shared" as="element()?">
    <xsl:param name="topic" as="xs:string" required="yes"/>
    <xsl:param name="statements" as="element()*" required="yes"/>
    <xsl:if test="exists($statements)">
      <section aria-labelledby="ed:{$topic}">
        <h2 id="ed:{$topic}"><xsl:value-of select="ed:label($topic)"/></h2>
        <xsl:for-each-group select="$statements" group-by="ed:plain(.)">
          <xsl:variable name="documents" as="element()*" select="current-group()/ancestor::ed:document"/>
          <div class="statement">
            <xsl:apply-templates select="." mode="i:statement"/>
            <xsl:apply-templates select="$documents[count($documents) lt count($i:documents)]" mode="i:holds-for"/>
          </div>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- What each document says for itself. -->
  <xsl:template name="i:by-document" as="element()?">
    <xsl:param name="topic" as="xs:string" required="yes"/>
    <xsl:param name="parts" as="element()*" required="yes"/>
    <xsl:if test="exists($parts)">
      <section aria-labelledby="ed:{$topic}">
        <h2 id="ed:{$topic}"><xsl:value-of select="ed:label($topic)"/></h2>
        <xsl:if test="ed:has-label($topic || '-lead')"><p class="lead"><xsl:value-of select="ed:label($topic || '-lead')"/></p></xsl:if>
        <xsl:for-each-group select="$parts" group-by="ancestor::ed:document/@id">
          <h3><a href="{ancestor::ed:document/@href}"><xsl:value-of select="ancestor::ed:document/@title"/></a></h3>
          <xsl:apply-templates select="current-group()" mode="i:statement"/>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:mode name="i:holds-for" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:holds-for" match="ed:document" as="element()">
    <p class="holds-for"><a href="{@href}"><xsl:value-of select="@title"/></a></p>
  </xsl:template>

  <xsl:mode name="i:statement" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:statement" match="*" as="item()*">
    <xsl:apply-templates select=".">
      <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template mode="i:statement" match="funder | sponsor" as="item()*">
    <p><xsl:apply-templates><xsl:with-param name="repeated" select="true()" tunnel="yes"/></xsl:apply-templates></p>
  </xsl:template>

  <xsl:template mode="i:statement" match="author | editor | principal | respStmt" as="element()">
    <dl class="panel">
      <xsl:call-template name="i:row">
        <xsl:with-param name="label" select="if (resp) then string-join(resp/ed:plain(.), ', ') else ed:element-label(.)"/>
        <xsl:with-param name="value">
          <xsl:apply-templates select=".[not(self::respStmt)], self::respStmt/(* except (resp, note))" mode="i:listed"/>
        </xsl:with-param>
      </xsl:call-template>
    </dl>
  </xsl:template>

  <xsl:template mode="i:statement" match="availability" as="item()*">
    <xsl:apply-templates>
      <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template mode="i:statement" match="sourceDesc" as="item()*">
    <xsl:apply-templates select="*" mode="i:source"/>
  </xsl:template>

  <xsl:template mode="i:statement" match="notesStmt" as="element()">
    <ul class="withheld"><xsl:apply-templates select="note" mode="#current"/></ul>
  </xsl:template>

  <xsl:template mode="i:statement" match="note" as="element()">
    <li>
      <xsl:if test="@subtype"><span class="note-kind"><xsl:value-of select="if (ed:has-label('withheld-' || @subtype)) then ed:label('withheld-' || @subtype) else @subtype"/></span><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

</xsl:stylesheet>
