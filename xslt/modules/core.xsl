<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module core: paragraphs, phrases, breaks, addresses, dates and numbers. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="p" as="item()*">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- Phrases: the class says what they are. -->
  <xsl:template match="hi | num | measure | unit | distinct | email | textLang" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="emph" as="item()*">
    <em>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </em>
  </xsl:template>

  <xsl:template match="foreign | term | mentioned" as="item()*">
    <i>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </i>
  </xsl:template>

  <xsl:template match="gloss | soCalled" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="title" as="item()*">
    <cite>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </cite>
  </xsl:template>

  <xsl:template match="title[@level = ('a', 'u')]" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="desc" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- A word may be raised or lowered. -->
  <xsl:template match="hi[tokenize(@rend) = ('sup', 'superscript', 'super')]" priority="2" as="item()*">
    <sup>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </sup>
  </xsl:template>

  <xsl:template match="hi[tokenize(@rend) = ('sub', 'subscript')]" priority="3" as="item()*">
    <sub>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </sub>
  </xsl:template>

  <!-- Quotations: a block of their own, or in running text. The mark is CSS's, unless the text has it. -->
  <xsl:template match="quote | cit" as="item()*">
    <blockquote>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </blockquote>
  </xsl:template>

  <xsl:template match="quote[ed:in-running-text(.)] | quote[parent::cit]" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="cit[ed:in-running-text(.)]" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="q | said" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes">
        <xsl:with-param name="class" select="'unquoted'[i:has-quotation-mark(current())]"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Whether the words themselves carry their quotation mark, inside or just before. -->
  <xsl:function name="i:has-quotation-mark" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:sequence select="matches(normalize-space($quotation), '^[&quot;''\p{Pi}\p{Pf}„‚]')
      or matches(normalize-space($quotation/preceding-sibling::node()[1][self::text()]), '[&quot;''\p{Pi}\p{Pf}„‚]$')
      or exists($quotation/(p, ab, lg, l, list))"/>
  </xsl:function>

  <!-- Breaks. -->
  <xsl:template match="lb" as="item()*">
    <br/>
  </xsl:template>

  <xsl:template match="lb[not(preceding-sibling::node()[normalize-space() or self::*])]" priority="2" as="item()*"/>

  <xsl:template match="pb | cb | gb" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
    </span>
  </xsl:template>

  <xsl:template match="pb[normalize-space(@n)] | gb[normalize-space(@n)]" priority="2" as="item()*">
    <span role="doc-pagebreak" aria-label="{ed:label('page-of-source', string(@n))}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:value-of select="ed:label('page-short', string(@n))"/>
    </span>
  </xsl:template>

  <xsl:template match="milestone" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
    </span>
  </xsl:template>

  <!-- Addresses: lines of their own, or in running text. -->
  <xsl:template match="address" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="address[ed:in-running-text(.)] | address[parent::p]" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="addrLine" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="street | postCode | postBox" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Dates and times: what they mean for machines, and for readers where the words do not say it. -->
  <xsl:template match="date | time" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:if test="ed:dating(.) ne ''"><xsl:attribute name="title" select="ed:dating(.)"/></xsl:if>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="date[i:is-html-date(@when)]" priority="2" as="item()*">
    <time datetime="{@when}" title="{ed:dating(.)}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </time>
  </xsl:template>

</xsl:stylesheet>
