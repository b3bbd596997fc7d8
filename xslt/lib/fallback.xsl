<?xml version="1.0" encoding="UTF-8"?>
<!-- The main mode, and what happens to an element that no module knows: its text stays,
     its name becomes its class, and the first of its kind in a document is reported. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode on-no-match="text-only-copy" on-multiple-match="fail"/>

  <xsl:key name="i:name" match="*" use="node-name()"/>

  <xsl:template match="*" priority="-5" as="item()*">
    <xsl:if test="key('i:name', node-name(), i:scope(.))[1] is .">
      <xsl:call-template name="ed:report">
        <xsl:with-param name="code" select="'element-without-template'"/>
        <xsl:with-param name="about" select="name()"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="." mode="i:unknown"/>
  </xsl:template>

  <xsl:mode name="i:unknown" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:unknown" match="*" as="element()">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates mode="#default"/>
    </div>
  </xsl:template>

  <xsl:template mode="i:unknown" match="*[ed:in-running-text(.)] | *[text()[normalize-space()]]" as="element()">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates mode="#default"/>
    </span>
  </xsl:template>

</xsl:stylesheet>
