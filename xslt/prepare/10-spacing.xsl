<?xml version="1.0" encoding="UTF-8"?>
<!-- Pass 1: a note's mark stands tight behind the word it belongs to, so the space before the note goes. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode name="spacing" on-no-match="shallow-copy" on-multiple-match="fail"/>

  <xsl:template mode="spacing" match="text//text()[following-sibling::node()[1][self::note]][normalize-space()]">
    <xsl:value-of select="replace(., '\s+$', '')"/>
  </xsl:template>

</xsl:stylesheet>
