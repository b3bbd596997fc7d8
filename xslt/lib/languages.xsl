<?xml version="1.0" encoding="UTF-8"?>
<!-- Language tags as HTML takes them (BCP 47), and directions of writing. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  exclude-result-prefixes="#all">

  <!-- Three-letter codes that have a two-letter one, which the tag must use (ISO 639-2 B and T → 639-1). -->
  <xsl:variable name="i:short-codes" as="map(xs:string, xs:string)" select="map {
    'ara': 'ar', 'bul': 'bg', 'cat': 'ca', 'ces': 'cs', 'cze': 'cs', 'chi': 'zh', 'zho': 'zh', 'dan': 'da', 'deu': 'de', 'ger': 'de',
    'dut': 'nl', 'nld': 'nl', 'ell': 'el', 'gre': 'el', 'eng': 'en', 'est': 'et', 'fas': 'fa', 'per': 'fa', 'fin': 'fi', 'fra': 'fr',
    'fre': 'fr', 'gle': 'ga', 'heb': 'he', 'hin': 'hi', 'hrv': 'hr', 'hun': 'hu', 'ice': 'is', 'isl': 'is', 'ita': 'it', 'jpn': 'ja',
    'kor': 'ko', 'lat': 'la', 'lav': 'lv', 'lit': 'lt', 'nor': 'no', 'pol': 'pl', 'por': 'pt', 'ron': 'ro', 'rum': 'ro', 'rus': 'ru',
    'san': 'sa', 'slk': 'sk', 'slo': 'sk', 'slv': 'sl', 'spa': 'es', 'srp': 'sr', 'swe': 'sv', 'tur': 'tr', 'ukr': 'uk', 'wel': 'cy', 'cym': 'cy', 'yid': 'yi' }"/>

  <!-- Scripts a tag may name (ISO 15924); others are left out of the tag. -->
  <xsl:variable name="i:scripts" as="xs:string*" select="tokenize('Arab Armn Beng Copt Cyrl Cyrs Deva Egyp Ethi Geor Glag Goth Grek Hang Hani Hans Hant
    Hebr Hira Ital Jpan Kana Khmr Kore Laoo Latf Latg Latn Linb Mong Nkoo Ogam Phnx Runr Samr Sinh Syrc Taml Telu Thaa Thai Tibt Xsux')"/>

  <!-- The language, script and region of a value of xml:lang; empty string if it is none. -->
  <xsl:function name="ed:language-tag" as="xs:string">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(translate($value, '_', '-'), '-')"/>
    <xsl:variable name="code" as="xs:string" select="lower-case($parts[1])"/>
    <xsl:variable name="script" as="xs:string?"
      select="($parts[position() gt 1] ! (upper-case(substring(., 1, 1)) || lower-case(substring(., 2)))[. = $i:scripts])[1]"/>
    <xsl:variable name="region" as="xs:string?" select="$parts[position() = (2, 3)][matches(., '^[A-Z]{2}$')][1]"/>
    <xsl:sequence select="if (matches($code, '^[a-z]{2,3}$')) then string-join((($i:short-codes($code), $code)[1], $script, $region), '-') else ''"/>
  </xsl:function>

  <!-- The direction in which a language is written: ltr or rtl. -->
  <xsl:function name="ed:direction" as="xs:string">
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(ed:language-tag($language), '-')"/>
    <xsl:variable name="script" as="xs:string?" select="$parts[. = $i:scripts][1]"/>
    <xsl:variable name="rtl" as="xs:boolean" select="if ($script) then $script = ('Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Samr')
      else $parts[1] = ('ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ks', 'nqo', 'ota', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi')"/>
    <xsl:sequence select="if ($rtl) then 'rtl' else 'ltr'"/>
  </xsl:function>

</xsl:stylesheet>
