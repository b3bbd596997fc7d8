<?xml version="1.0" encoding="UTF-8"?>
<!-- An element nobody wrote a template for: it keeps its text and is reported once a document. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="ed:namesakes" match="*" use="node-name()"/>

  <xsl:template mode="print" match="*" priority="-10">
    <xsl:if test="key('ed:namesakes', node-name())[1] is .">
      <xsl:call-template name="ed:report">
        <xsl:with-param name="code" select="'element-without-template'"/>
        <xsl:with-param name="about" select="name()"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="." mode="unknown"/>
  </xsl:template>

  <xsl:mode name="unknown" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template mode="unknown" match="*" priority="-1">
    <xsl:apply-templates mode="print"/>
  </xsl:template>
  <xsl:template mode="unknown" match="*[ed:between-blocks(.)]">
    <xsl:text>e.own({</xsl:text><xsl:apply-templates mode="print"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

</xsl:stylesheet>
