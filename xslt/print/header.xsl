<?xml version="1.0" encoding="UTF-8"?>
<!-- What the book says of a document before its text, from the header: date, correspondents, source, translator, abstract. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode name="header" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template mode="header" match="teiHeader">
    <xsl:variable name="particulars" as="xs:string*">
      <xsl:apply-templates mode="particulars" select="profileDesc/correspDesc, fileDesc/sourceDesc, profileDesc/langUsage,
        fileDesc/titleStmt/(author | editor | respStmt)"/>
    </xsl:variable>
    <xsl:value-of select="(ed:date-of(.) ! (', date: ' || ed:literal(.)))"/>
    <xsl:value-of select="', particulars: ' || ed:array($particulars[normalize-space()] ! ed:capitalised(.))"/>
    <xsl:apply-templates select="profileDesc/abstract[normalize-space()]" mode="header"/>
  </xsl:template>

  <xsl:template mode="header" match="abstract">
    <xsl:text>, abstract: {</xsl:text>
    <xsl:apply-templates mode="print"/>
    <xsl:text>}</xsl:text>
  </xsl:template>

  <xsl:function name="ed:capitalised" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($text, 1, 1)) || substring($text, 2)"/>
  </xsl:function>

  <!-- The day of a document as the header words it, or else its machine form. -->
  <xsl:function name="ed:date-of" as="xs:string?">
    <xsl:param name="header" as="element()"/>
    <xsl:variable name="dates" as="element()*" select="$header/profileDesc/(creation//date, correspDesc/correspAction[@type = 'sent']/date)"/>
    <xsl:sequence select="($dates ! (normalize-space(), string-join((@when, @notBefore, @from, @notAfter, @to), '–')))[. ne ''][1]"/>
  </xsl:function>

  <!-- One line each, plain text. -->
  <xsl:mode name="particulars" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template mode="particulars" match="correspDesc" as="xs:string?">
    <xsl:variable name="from" as="xs:string" select="ed:correspondents(correspAction[@type = 'sent'])"/>
    <xsl:variable name="to" as="xs:string" select="ed:correspondents(correspAction[@type = 'received'])"/>
    <xsl:sequence select="
      if ($from and $to) then ed:label('print-from-to', ($from, $to))
      else if ($from) then ed:label('print-from', $from)
      else if ($to) then ed:label('print-to', $to) else ()"/>
  </xsl:template>

  <xsl:function name="ed:correspondents" as="xs:string">
    <xsl:param name="actions" as="element()*"/>
    <xsl:sequence select="string-join($actions/(persName | orgName | name | rs) ! normalize-space(), ', ')"/>
  </xsl:function>

  <!-- Archive and shelfmark, or else what the source description says. -->
  <xsl:template mode="particulars" match="sourceDesc[.//msIdentifier]" as="xs:string*">
    <xsl:for-each select=".//msIdentifier">
      <xsl:sequence select="ed:label('print-source', string-join(.//text()[normalize-space()] ! normalize-space(), ', '))"/>
    </xsl:for-each>
    <xsl:sequence select=".//textLang[normalize-space()] ! ed:label('print-original-language', normalize-space())"/>
  </xsl:template>
  <xsl:template mode="particulars" match="sourceDesc[not(.//msIdentifier)][bibl | biblFull | biblStruct | listBibl]" as="xs:string*">
    <xsl:sequence select="(bibl | biblFull | biblStruct | listBibl/*) ! ed:label('print-source', ed:run-together(.))"/>
  </xsl:template>
  <xsl:template mode="particulars" match="sourceDesc[not(.//msIdentifier)][not(bibl | biblFull | biblStruct | listBibl)]" as="xs:string*">
    <xsl:sequence select="p ! normalize-space()"/>
  </xsl:template>

  <!-- Mixed content as it stands; parts without text between them are parted by commas. -->
  <xsl:function name="ed:run-together" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      if ($element/text()[normalize-space()]) then normalize-space($element)
      else string-join($element//text()[normalize-space()] ! normalize-space(), ', ')"/>
  </xsl:function>

  <xsl:template mode="particulars" match="titleStmt/author | titleStmt/editor" as="xs:string">
    <xsl:sequence select="ed:run-together(.)"/>
  </xsl:template>
  <xsl:template mode="particulars" match="titleStmt/respStmt" as="xs:string">
    <xsl:variable name="people" as="xs:string*" select="(persName | name) ! normalize-space()"/>
    <xsl:variable name="bodies" as="xs:string*" select="orgName ! normalize-space()"/>
    <xsl:variable name="names" as="xs:string" select="string-join(($people, if (exists($people)) then $bodies ! ('(' || . || ')') else $bodies), ' ')"/>
    <xsl:variable name="task" as="xs:string" select="string-join(resp ! normalize-space(), ', ')"/>
    <xsl:sequence select="string-join(($task || ':'[not(matches($task, '(by|von|par|di|por|door|av|af|:)$'))], $names), ' ')"/>
  </xsl:template>

</xsl:stylesheet>
