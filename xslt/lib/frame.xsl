<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame of every page: head, site header, main, footer. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Nothing is loaded but the site's own style sheets and images; nothing runs. -->
  <xsl:variable name="i:policy" as="xs:string"
    select="'default-src ''none''; style-src ''self''; img-src ''self''; base-uri ''none''; form-action ''none'''"/>

  <xsl:template name="ed:page" as="map(xs:string, xs:string)">
    <xsl:param name="path" as="xs:string" required="yes"/>
    <xsl:param name="title" as="xs:string" required="yes"/>
    <xsl:param name="description" as="xs:string" select="''"/>
    <xsl:param name="language" as="xs:string" select="ed:edition-language()"/>
    <xsl:param name="kind" as="xs:string" required="yes"/>
    <xsl:param name="content" as="item()*" required="yes"/>
    <xsl:variable name="page" as="element()">
      <html lang="{$language}">
        <xsl:if test="ed:direction($language) eq 'rtl'"><xsl:attribute name="dir" select="'rtl'"/></xsl:if>
        <xsl:call-template name="i:head">
          <xsl:with-param name="title" select="$title"/>
          <xsl:with-param name="description" select="$description"/>
        </xsl:call-template>
        <body class="page-{$kind}">
          <a class="skip" href="#ed:main" lang="{ed:edition-language()}"><xsl:value-of select="ed:label('skip')"/></a>
          <xsl:call-template name="i:site-header"><xsl:with-param name="path" select="$path"/></xsl:call-template>
          <main id="ed:main" tabindex="-1"><xsl:sequence select="$content"/></main>
          <xsl:call-template name="i:site-footer"/>
        </body>
      </html>
    </xsl:variable>
    <xsl:variable name="nested" as="element()"><xsl:apply-templates select="$page" mode="i:nesting"/></xsl:variable>
    <xsl:map-entry key="$path" select="serialize($nested,
      map { 'method': 'html', 'html-version': 5.0, 'indent': false(), 'include-content-type': false() })"/>
  </xsl:template>

  <xsl:template name="i:head" as="element()">
    <xsl:param name="title" as="xs:string" required="yes"/>
    <xsl:param name="description" as="xs:string" required="yes"/>
    <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="{$i:policy}"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title><xsl:value-of select="distinct-values(($title, $i:edition/@title/string()))[. ne '']" separator=" · "/></title>
      <xsl:if test="$description ne ''"><meta name="description" content="{$description}"/></xsl:if>
      <meta name="color-scheme" content="light dark"/>
      <link rel="stylesheet" href="assets/editio.css"/>
    </head>
  </xsl:template>

  <xsl:template name="i:site-header" as="element()">
    <xsl:param name="path" as="xs:string" required="yes"/>
    <header class="site" lang="{ed:edition-language()}">
      <xsl:if test="$i:edition/@title ne ''"><p class="site-title"><a href="index.html"><xsl:value-of select="$i:edition/@title"/></a></p></xsl:if>
      <nav aria-label="{ed:label('site')}">
        <ul>
          <xsl:for-each select="i:site-pages()">
            <li>
              <a href="{?path}">
                <xsl:if test="?path eq $path"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
                <xsl:value-of select="?label"/>
              </a>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
    </header>
  </xsl:template>

  <!-- The pages the edition has, in the order of the navigation. -->
  <xsl:function name="i:site-pages" as="map(xs:string, xs:string)*">
    <xsl:sequence select="map { 'path': 'index.html', 'label': ed:label('documents') }"/>
    <xsl:sequence select="$index/ed:index/ed:register[i:has-entries(.)] ! map { 'path': string(@href), 'label': ed:label('register-' || @kind) }"/>
    <xsl:sequence select="map { 'path': 'about.html', 'label': ed:label('about') }"/>
  </xsl:function>

  <xsl:template name="i:site-footer" as="element()">
    <footer class="site" lang="{ed:edition-language()}">
      <xsl:if test="$i:edition/@title ne ''"><p class="site-title"><xsl:value-of select="$i:edition/@title"/></p></xsl:if>
      <xsl:if test="$i:edition/(@publisher | @date | @licence)[. ne '']">
        <p><xsl:value-of select="$i:edition/(@publisher, @date, @licence)[. ne '']" separator=" · "/></p>
      </xsl:if>
      <xsl:if test="ed:safe-address($i:edition/@address)">
        <p><a href="{ed:safe-address($i:edition/@address)}"><xsl:value-of select="$i:edition/@address"/></a></p>
      </xsl:if>
    </footer>
  </xsl:template>

</xsl:stylesheet>
