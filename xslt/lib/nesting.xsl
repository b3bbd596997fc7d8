<?xml version="1.0" encoding="UTF-8"?>
<!-- HTML → HTML: templates write the element that means it; where TEI's nesting is not HTML's, this pass
     changes the element's name and keeps classes and text. p, headings and phrases that hold blocks become
     div; a link around links is cut around them; what a list or row may not hold gets a cell of its own. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:i="urn:editio:internal"
  exclude-result-prefixes="#all">

  <xsl:mode name="i:nesting" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:variable name="i:blocks" as="xs:string*" select="'address', 'article', 'aside', 'blockquote', 'details', 'div', 'dl', 'figure',
    'figcaption', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'nav', 'ol', 'p', 'section', 'table', 'ul'"/>

  <xsl:function name="i:holds-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/descendant::*[local-name() = $i:blocks])"/>
  </xsl:function>

  <xsl:template mode="i:nesting" priority="3" as="element()"
    match="p[i:holds-block(.)] | h2[i:holds-block(.)] | h3[i:holds-block(.)] | h4[i:holds-block(.)] | h5[i:holds-block(.)] | h6[i:holds-block(.)]
      | span[i:holds-block(.)] | em[i:holds-block(.)] | i[i:holds-block(.)] | b[i:holds-block(.)] | q[i:holds-block(.)] | cite[i:holds-block(.)]
      | code[i:holds-block(.)] | sub[i:holds-block(.)] | sup[i:holds-block(.)] | time[i:holds-block(.)] | ins[i:holds-block(.)] | del[i:holds-block(.)]">
    <div>
      <xsl:copy-of select="@* except (@datetime, @class)"/>
      <xsl:attribute name="class" select="@class, 'was-' || local-name()"/>
      <xsl:apply-templates mode="#current"/>
    </div>
  </xsl:template>

  <!-- A heading without words is none. -->
  <xsl:template mode="i:nesting" priority="4" as="element()"
    match="(h2 | h3 | h4 | h5 | h6)[not(normalize-space())]">
    <div>
      <xsl:apply-templates select="@*, node()" mode="#current"/>
    </div>
  </xsl:template>

  <!-- A link that holds links or blocks: each run of its words between them is a link. -->
  <xsl:template mode="i:nesting" match="a[.//a or i:holds-block(.)]" priority="3" as="element()">
    <xsl:variable name="link" as="element()" select="."/>
    <xsl:element name="{if (i:holds-block(.)) then 'div' else 'span'}">
      <xsl:copy-of select="@id, @lang, @dir"/>
      <xsl:attribute name="class" select="tokenize(@class)[starts-with(., 'tei-') or starts-with(., 'rend-')]"/>
      <xsl:for-each-group select="node()" group-adjacent="exists(descendant-or-self::*[self::a or local-name() = $i:blocks]) or not(normalize-space())">
        <xsl:choose>
          <xsl:when test="current-grouping-key()"><xsl:apply-templates select="current-group()" mode="#current"/></xsl:when>
          <xsl:otherwise>
            <a>
              <xsl:copy-of select="$link/(@* except (@id, @lang, @dir, @class))"/>
              <xsl:attribute name="class" select="tokenize($link/@class)[not(starts-with(., 'tei-') or starts-with(., 'rend-'))]"/>
              <xsl:apply-templates select="current-group()" mode="#current"/>
            </a>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:element>
  </xsl:template>

  <!-- An item, row or cell outside its list or table is a block. -->
  <xsl:template mode="i:nesting" priority="5" as="element()"
    match="li[not(parent::ul or parent::ol)] | dl[not(dd or div)] | dl[not(dd or div)]/dt | dt[not(parent::dl or parent::div/parent::dl)] | dd[not(parent::dl or parent::div/parent::dl)]
      | tr[not(parent::table)] | td[not(parent::tr)] | th[not(parent::tr)] | figcaption[not(parent::figure)]">
    <div>
      <xsl:apply-templates select="@* except (@value, @scope, @rowspan, @colspan), node()" mode="#current"/>
    </div>
  </xsl:template>

  <!-- A heading cell without words is a cell. -->
  <xsl:template mode="i:nesting" match="tr/th[not(matches(., '[^\s&#160;]'))]" priority="5" as="element()">
    <td>
      <xsl:apply-templates select="@* except @scope, node()" mode="#current"/>
    </td>
  </xsl:template>

  <!-- What a list, a table or a row may not hold gets an item, row or cell of its own. -->
  <xsl:template mode="i:nesting" priority="6" as="element()"
    match="ul/node()[not(self::li)][self::* or normalize-space()] | ol/node()[not(self::li)][self::* or normalize-space()]">
    <li class="stray"><xsl:next-match/></li>
  </xsl:template>

  <xsl:template mode="i:nesting" priority="6" as="element()"
    match="dl/node()[not(self::dt or self::dd or self::div)][self::* or normalize-space()]">
    <dd class="stray"><xsl:next-match/></dd>
  </xsl:template>

  <xsl:template mode="i:nesting" priority="6" as="element()"
    match="tr/node()[not(self::td or self::th)][self::* or normalize-space()]">
    <td class="stray"><xsl:next-match/></td>
  </xsl:template>

  <xsl:template mode="i:nesting" priority="6" as="element()"
    match="table/node()[not(self::tr or self::caption)][self::* or normalize-space()]">
    <tr class="stray"><td><xsl:next-match/></td></tr>
  </xsl:template>

</xsl:stylesheet>
