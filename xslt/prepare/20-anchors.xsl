<?xml version="1.0" encoding="UTF-8"?>
<!-- Pass 2: whatever a reader may link to gets its address (@ed:anchor), names their register entry
     (@ed:entry), notes their number (@ed:n). HTML, print and the survey read them and count nothing themselves. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="xs map">

  <xsl:mode name="anchors" on-no-match="shallow-copy" on-multiple-match="fail"
    use-accumulators="ed:paragraphs ed:notes ed:divisions ed:headings ed:mentions"/>

  <!-- Paragraphs and their like in the text so far. -->
  <xsl:accumulator name="ed:paragraphs" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//p | text//ab | text//lg" select="$value + 1"/>
  </xsl:accumulator>

  <!-- Divisions and headings begun in the text so far. -->
  <xsl:accumulator name="ed:divisions" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//div" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="ed:headings" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//head" select="$value + 1"/>
  </xsl:accumulator>

  <!-- Notes with a mark in the text so far. -->
  <xsl:accumulator name="ed:notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//note" select="$value + 1"/>
  </xsl:accumulator>

  <!-- How often each register entry has been mentioned so far. -->
  <xsl:accumulator name="ed:mentions" as="map(xs:string, xs:integer)" initial-value="map { }">
    <xsl:accumulator-rule match="text//persName[ed:entry(.)] | text//placeName[ed:entry(.)] | text//orgName[ed:entry(.)] | text//rs[ed:entry(.)] | text//name[ed:entry(.)]"
      select="map:put($value, ed:entry(.), ($value(ed:entry(.)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <!-- The id of the register entry that a name points to: the fragment of @ref, else @key. -->
  <xsl:function name="ed:entry" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="pointer" as="xs:string?" select="(tokenize($name/@ref), $name/@key)[1]"/>
    <xsl:sequence select="(substring-after($pointer, '#'), $pointer)[. ne ''][1]"/>
  </xsl:function>

  <xsl:template mode="anchors" match="text//p | text//ab | text//lg">
    <xsl:copy>
      <xsl:attribute name="ed:anchor" select="(@xml:id, 'p' || accumulator-before('ed:paragraphs'))[1]"/>
      <xsl:apply-templates select="@* | node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template mode="anchors" match="text//note">
    <xsl:variable name="number" as="xs:integer" select="accumulator-before('ed:notes')"/>
    <xsl:copy>
      <xsl:attribute name="ed:n" select="(@n, $number)[1]"/>
      <xsl:attribute name="ed:anchor" select="(@xml:id, 'note-' || $number)[1]"/>
      <xsl:apply-templates select="@* | node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template mode="anchors" match="text//persName[ed:entry(.)] | text//placeName[ed:entry(.)] | text//orgName[ed:entry(.)] | text//rs[ed:entry(.)] | text//name[ed:entry(.)]">
    <xsl:variable name="entry" as="xs:string" select="ed:entry(.)"/>
    <xsl:copy>
      <xsl:attribute name="ed:entry" select="$entry"/>
      <xsl:attribute name="ed:anchor" select="(@xml:id, $entry || '-' || accumulator-before('ed:mentions')($entry))[1]"/>
      <xsl:apply-templates select="@* | node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template mode="anchors" match="text//pb[@n]">
    <xsl:copy>
      <xsl:attribute name="ed:anchor" select="(@xml:id, 'pb-' || replace(@n, '[^\p{L}\p{N}.-]+', '-'))[1]"/>
      <xsl:apply-templates select="@* | node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template mode="anchors" match="text//div">
    <xsl:copy>
      <xsl:attribute name="ed:anchor" select="(@xml:id, 'div-' || accumulator-before('ed:divisions'))[1]"/>
      <xsl:apply-templates select="@* | node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template mode="anchors" match="text//head">
    <xsl:copy>
      <xsl:attribute name="ed:anchor" select="(@xml:id, 'head-' || accumulator-before('ed:headings'))[1]"/>
      <xsl:apply-templates select="@* | node()" mode="#current"/>
    </xsl:copy>
  </xsl:template>

</xsl:stylesheet>
