<?xml version="1.0" encoding="UTF-8"?>
<!-- The indexes: register entries that are mentioned, sorted as the edition's language sorts them. Pages come from Typst. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="mentions" match="ed:mention" use="@entry"/>

  <xsl:template name="ed:indexes">
    <xsl:text>e.indexes((</xsl:text>
    <xsl:apply-templates select="$index/*/ed:register" mode="volume"/>
    <xsl:text>));&#10;</xsl:text>
  </xsl:template>

  <xsl:template mode="volume" match="ed:register">
    <xsl:variable name="language" as="xs:string" select="($edition/@language[matches(., '^[a-zA-Z]{2,3}$')], 'en')[1]"/>
    <xsl:variable name="entries" as="element()*" select="descendant::*[self::person | self::place | self::org | self::personGrp | self::event][key('mentions', @xml:id)]"/>
    <xsl:value-of select="'(' || ed:literal(ed:label('print-index-' || @kind)) || ', ('"/>
    <xsl:apply-templates select="$entries" mode="index">
      <xsl:sort select="ed:sort-form(.)" collation="http://www.w3.org/2013/collation/UCA?lang={$language}"/>
      <xsl:sort select="@xml:id"/>
    </xsl:apply-templates>
    <xsl:text>)),&#10;</xsl:text>
  </xsl:template>

  <xsl:mode name="index" on-no-match="shallow-skip" on-multiple-match="fail"/>

  <xsl:template mode="index" match="person | place | org | personGrp | event">
    <xsl:variable name="description" as="element()?" select="(note[@type = 'description'], note, desc)[normalize-space()][1]"/>
    <xsl:value-of select="'(' || ed:literal(@xml:id) || ', {' || ed:literal(ed:sort-form(.))"/>
    <xsl:value-of select="ed:life(.) ! (';e.s;e.together(' || ed:literal(.) || ')')"/>
    <xsl:value-of select="'}, ' || ($description ! ed:literal(.), 'none')[1] || '),&#10;'"/>
  </xsl:template>

  <!-- The name an entry is printed and sorted by: its sort form, or surname first, or the main name. -->
  <xsl:function name="ed:sort-form" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$entry/(persName | placeName | orgName | geogName | settlement | name | self::event/(label | eventName))"/>
    <xsl:variable name="name" as="element()?" select="($names[@type = 'sort'], $names[@type = 'main'], $names)[1]"/>
    <xsl:sequence select="
      if ($name[not(@type = 'sort')]/surname) then ed:surname-first($name)
      else (normalize-space($name), string($entry/@xml:id))[. ne ''][1]"/>
  </xsl:function>

  <xsl:function name="ed:surname-first" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="rest" as="xs:string" select="normalize-space(string-join($name//text()[not(ancestor::surname)]))"/>
    <xsl:sequence select="string-join((string-join($name/surname ! normalize-space(), ' '), $rest[. ne '']), ', ')"/>
  </xsl:function>

  <!-- (1894–1971), (b. 1894), (d. 1971) -->
  <xsl:function name="ed:life" as="xs:string?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="birth" as="xs:string?" select="$entry/birth[1] ! ed:year(.)"/>
    <xsl:variable name="death" as="xs:string?" select="$entry/death[1] ! ed:year(.)"/>
    <xsl:sequence select="
      if ($birth and $death) then '(' || $birth || '–' || $death || ')'
      else if ($birth) then ed:label('print-born', $birth)
      else if ($death) then ed:label('print-died', $death) else ()"/>
  </xsl:function>

  <xsl:function name="ed:year" as="xs:string?">
    <xsl:param name="event" as="element()"/>
    <xsl:variable name="day" as="xs:string?" select="($event/(@when, date/@when, @notBefore, @from) ! string(), normalize-space($event))[. ne ''][1]"/>
    <xsl:sequence select="replace($day, '^0*(\d{3,4})-.*$', '$1')"/>
  </xsl:function>

</xsl:stylesheet>
