<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages: one for each document, and those of the edition as a whole. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:output method="json"/>

  <xsl:template match="/" as="map(xs:string, xs:string)">
    <xsl:variable name="id" as="xs:string" select="ed:document-id(*)"/>
    <xsl:variable name="language" as="xs:string" select="((*, */text) ! ed:language-tag(ed:language(.))[. ne ''], ed:edition-language())[1]"/>
    <xsl:call-template name="ed:page">
      <xsl:with-param name="path" select="(key('i:document', $id, $index)/@href/string(), $id || '.html')[1]"/>
      <xsl:with-param name="title" select="ed:title(*)"/>
      <xsl:with-param name="description" select="ed:plain((*/teiHeader/profileDesc/abstract)[1])"/>
      <xsl:with-param name="language" select="$language"/>
      <xsl:with-param name="kind" select="'document'"/>
      <xsl:with-param name="content"><xsl:apply-templates/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="edition" as="map(xs:string, xs:string)">
    <xsl:variable name="pages" as="map(xs:string, xs:string)*">
      <xsl:call-template name="i:start-page"/>
      <xsl:apply-templates select="$index/ed:index/ed:register" mode="ed:register"/>
      <xsl:call-template name="i:about-page"/>
    </xsl:variable>
    <xsl:sequence select="map:merge($pages)"/>
  </xsl:template>

  <xsl:template name="i:start-page" as="map(xs:string, xs:string)">
    <xsl:call-template name="ed:page">
      <xsl:with-param name="path" select="'index.html'"/>
      <xsl:with-param name="title" select="string(($i:edition/@title[. ne ''], ed:label('documents'))[1])"/>
      <xsl:with-param name="description" select="normalize-space($i:edition/ed:description)"/>
      <xsl:with-param name="kind" select="'start'"/>
      <xsl:with-param name="content">
        <header class="edition-head">
          <h1><xsl:value-of select="($i:edition/@title[. ne ''], ed:label('documents'))[1]"/></h1>
          <xsl:apply-templates select="$i:edition" mode="i:start"/>
        </header>
        <section class="documents" aria-labelledby="ed:documents">
          <h2 id="ed:documents"><xsl:value-of select="ed:label('documents')"/></h2>
          <ol><xsl:apply-templates select="$i:documents" mode="i:start"/></ol>
        </section>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:mode name="i:start" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:start" match="ed:edition" as="item()*">
    <xsl:if test="@subtitle ne ''"><p class="subtitle"><xsl:value-of select="@subtitle"/></p></xsl:if>
    <xsl:apply-templates select="ed:description" mode="#current"/>
  </xsl:template>

  <!-- An empty line in the description parts paragraphs. -->
  <xsl:template mode="i:start" match="ed:description" as="element()*">
    <div class="description">
      <xsl:for-each select="tokenize(., '\n\s*\n')[normalize-space()]"><p><xsl:value-of select="normalize-space(.)"/></p></xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template mode="i:start" match="ed:document" as="element()">
    <li>
      <xsl:if test="@when ne ''"><p class="when"><xsl:value-of select="ed:date(@when)"/></p></xsl:if>
      <div>
        <h3><a href="{@href}"><xsl:value-of select="@title"/></a></h3>
        <xsl:apply-templates select="teiHeader/profileDesc/correspDesc" mode="i:correspondence"/>
        <xsl:apply-templates select="teiHeader/profileDesc/abstract" mode="i:panel"/>
      </div>
    </li>
  </xsl:template>


</xsl:stylesheet>
