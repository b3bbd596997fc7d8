<?xml version="1.0" encoding="UTF-8"?>
<!-- Dates in the reader's words. Never fails: what is not a date stays as it is written. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- "1959-12-08" → 8 December 1959; also year and month, or year only, and years before the era. -->
  <xsl:function name="ed:date" as="xs:string">
    <xsl:param name="iso" as="xs:string?"/>
    <xsl:variable name="found" as="element()?" select="analyze-string(string($iso), '^(-?\d{4,})(-(\d\d))?(-(\d\d))?')/*:match"/>
    <xsl:variable name="group" as="map(xs:integer, xs:string)"
      select="map:merge($found//*:group ! map { xs:integer(@nr): string(.) })" xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
    <xsl:variable name="year" as="xs:string" select="replace(string($group(1)), '^(-?)0+', '$1')"/>
    <xsl:variable name="shown-year" as="xs:string"
      select="if (starts-with($year, '-')) then ed:label('year-before', substring($year, 2)) else $year"/>
    <xsl:variable name="month" as="xs:string" select="ed:label('month-' || $group(3))"/>
    <xsl:variable name="day" as="xs:string" select="replace(string($group(5)), '^0', '')"/>
    <xsl:sequence select="
      if (empty($found) or $group(3) gt '12') then string($iso)
      else if ($group(5)) then ed:label('date-day', ($day, $month, $shown-year))
      else if ($group(3)) then ed:label('date-month', ($month, $shown-year))
      else $shown-year"/>
  </xsl:function>

  <!-- What the attributes of a dated element say; empty string where they say nothing. -->
  <xsl:function name="ed:dating" as="xs:string">
    <xsl:param name="dated" as="element()?"/>
    <xsl:sequence select="
      if ($dated/@when) then ed:date($dated/@when)
      else if ($dated/@from and $dated/@to) then ed:label('date-span', ($dated/@from, $dated/@to) ! ed:date(.))
      else if ($dated/@from) then ed:label('date-since', ed:date($dated/@from))
      else if ($dated/@to) then ed:label('date-until', ed:date($dated/@to))
      else if ($dated/@notBefore and $dated/@notAfter) then ed:label('date-between', ($dated/@notBefore, $dated/@notAfter) ! ed:date(.))
      else if ($dated/@notBefore) then ed:label('date-not-before', ed:date($dated/@notBefore))
      else if ($dated/@notAfter) then ed:label('date-not-after', ed:date($dated/@notAfter))
      else ''"/>
  </xsl:function>

  <!-- Whether HTML takes this as a machine-readable date. -->
  <xsl:function name="i:is-html-date" as="xs:boolean">
    <xsl:param name="when" as="xs:string?"/>
    <xsl:sequence select="$when castable as xs:date and matches($when, '^[1-9]\d{3}-\d\d-\d\d$')
      or matches($when, '^[1-9]\d{3}(-(0[1-9]|1[0-2]))?$')"/>
  </xsl:function>

</xsl:stylesheet>
