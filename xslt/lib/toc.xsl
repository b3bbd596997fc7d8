<?xml version="1.0" encoding="UTF-8"?>
<!-- Headings: their level, and the contents of a document that has several. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Whether a head is the heading of a division, and not of a list, table or note, nor heading matter. -->
  <xsl:function name="ed:is-heading" as="xs:boolean">
    <xsl:param name="head" as="element()"/>
    <xsl:sequence select="exists($head[parent::div or parent::body or parent::front or parent::back or parent::group or parent::argument
        or parent::*[matches(local-name(), '^div[1-7]$')]])
      and not($head/@type = tokenize($matter-heads)) and empty($head/ancestor::note) and normalize-space($head) ne ''"/>
  </xsl:function>

  <!-- 1 for the title of the page, 2 below it, one more for each division with another heading around it, 6 at most. -->
  <xsl:function name="ed:heading-level" as="xs:integer">
    <xsl:param name="head" as="element()"/>
    <xsl:variable name="title" as="element()?" select="$head/ancestor::TEI[last()] ! ed:title-head(.)"/>
    <xsl:variable name="around" as="element()*" select="$head/../ancestor::*[head[ed:is-heading(.)]] except $title/.."/>
    <xsl:sequence select="if ($head is $title) then 1 else min((6, 2 + count($around)))"/>
  </xsl:function>

  <xsl:mode name="ed:contents" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template name="i:contents" as="element()?">
    <xsl:variable name="heads" as="element()*" select="text//head[ed:is-heading(.)][@ed:anchor]"/>
    <xsl:if test="count($heads) gt 2">
      <nav class="contents" aria-label="{ed:label('contents')}" lang="{ed:edition-language()}">
        <details>
          <summary><xsl:value-of select="ed:label('contents')"/></summary>
          <ol lang="{ed:language-tag(ed:language(text[1]))}">
            <xsl:apply-templates select="$heads" mode="ed:contents"/>
          </ol>
        </details>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template mode="ed:contents" match="head" as="element()">
    <li class="level-{ed:heading-level(.)}">
      <a href="#{@ed:anchor}"><xsl:value-of select="ed:plain(.)"/></a>
    </li>
  </xsl:template>

</xsl:stylesheet>
