<?xml version="1.0" encoding="UTF-8"?>
<!-- How TEI is written as Typst: calls of the functions of edition.typ, every text in a string literal, so that
     nothing in a document can act as markup or code. White space is the value e.s, which collapses. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode name="print" visibility="public" on-no-match="text-only-copy" on-multiple-match="fail"/>

  <!-- A string literal of Typst. Only \ and " mean anything in one. -->
  <xsl:function name="ed:literal" as="xs:string">
    <xsl:param name="text" as="xs:string?"/>
    <xsl:variable name="printable" as="xs:string" select="replace(normalize-space(translate($text, '&#x85;&#x2028;&#x2029;', '   ')), '[\p{Cc}&#xFEFF;]', '')"/>
    <xsl:sequence select="'&quot;' || replace($printable, '[\\&quot;]', '\\$0') || '&quot;'"/>
  </xsl:function>

  <!-- A Typst array of string literals. -->
  <xsl:function name="ed:array" as="xs:string">
    <xsl:param name="texts" as="xs:string*"/>
    <xsl:sequence select="'(' || string-join($texts ! (ed:literal(.) || ',')) || ')'"/>
  </xsl:function>

  <!-- A language tag as arguments of Typst's text function: (lang: "ru", script: "latn", dir: ltr). -->
  <xsl:function name="ed:text-arguments" as="xs:string">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="subtags" as="xs:string*" select="tokenize(lower-case($tag), '[-_]')"/>
    <xsl:variable name="language" as="xs:string?" select="$subtags[1][matches(., '^[a-z]{2,3}$')]"/>
    <xsl:variable name="rest" as="xs:string*" select="tail($subtags)"/>
    <xsl:variable name="script" as="xs:string?" select="$rest[matches(., '^[a-z]{4}$')][1]"/>
    <xsl:variable name="region" as="xs:string?" select="$rest[matches(., '^[a-z]{2}$')][1]"/>
    <xsl:variable name="arguments" as="xs:string*" select="
      $language ! ('lang: ' || ed:literal(.)),
      $language ! ('region: ' || ($region ! ed:literal(.), 'none')[1]),
      $script ! ('script: ' || ed:literal(.)),
      $script[. = ('latn', 'cyrl', 'grek')] ! 'dir: ltr'"/>
    <xsl:sequence select="'(' || (string-join($arguments, ', ')[. ne ''], ':')[1] || ')'"/>
  </xsl:function>

  <!-- The tokens of @rend and @rendition, by which edition.typ chooses a style. A line through or under words that have
       one already is not drawn: PDF/UA has no place for it. -->
  <xsl:function name="ed:renditions" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="lines" as="xs:string*" select="$element/ancestor::hi ! ed:rendition-tokens(.)[. = $ed:lines]"/>
    <xsl:variable name="own-line" as="xs:string*" select="ed:rendition-tokens($element)[. = $ed:lines][1][empty($lines)]"/>
    <xsl:sequence select="ed:array((ed:rendition-tokens($element)[not(. = $ed:lines)], $own-line, 'lined'[exists($lines)]))"/>
  </xsl:function>

  <xsl:variable name="ed:lines" as="xs:string+" select="'underline', 'underlined', 'u', 'ul', 'strike', 'strikethrough'"/>

  <xsl:function name="ed:rendition-tokens" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="distinct-values((tokenize(lower-case($element/@rend)), tokenize(lower-case($element/@rendition)) ! replace(., '^.*#', '')))"/>
  </xsl:function>

  <!-- Text: one literal, with e.s where it begins or ends in white space. -->
  <xsl:template mode="print" match="text()" as="xs:string*">
    <xsl:sequence select="'e.s;'[matches(current(), '^\s')], ed:spoken(.), 'e.s;'[matches(current(), '\S\s+$')]"/>
  </xsl:template>

  <!-- A page break stands between two spaces: one of them is enough. -->
  <xsl:template mode="print" match="text()[matches(., '^\s')][preceding-sibling::node()[1][self::pb][preceding-sibling::node()[1][self::text()][matches(., '\s$')]]]" as="xs:string*">
    <xsl:sequence select="ed:spoken(.), 'e.s;'[matches(current(), '\S\s+$')]"/>
  </xsl:template>

  <xsl:function name="ed:spoken" as="xs:string?">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="$text[normalize-space()] ! (ed:literal(.) || ';')"/>
  </xsl:function>

  <!-- Whatever is in another language than what surrounds it is hyphenated and directed by its own rules. -->
  <xsl:template mode="print" match="*[@xml:lang][not(self::TEI | self::text | self::row | self::cell | self::item | self::teiCorpus)]" priority="20">
    <xsl:value-of select="'e.lang(' || ed:text-arguments(@xml:lang) || ', {'"/>
    <xsl:next-match/>
    <xsl:text>});</xsl:text>
  </xsl:template>

</xsl:stylesheet>
