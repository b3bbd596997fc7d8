<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module drama, and speech from core: speakers, stage directions, cast lists. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="sp | spGrp" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="speaker" as="item()*">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="stage" as="item()*">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <xsl:template match="stage[ed:in-running-text(.)] | stage[parent::p or parent::l or parent::ab]" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="prologue | epilogue | set | performance" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="castItem" as="item()*">
    <li>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <xsl:template match="role | roleDesc | actor" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="castList" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <ul><xsl:apply-templates select="node() except head"/></ul>
    </div>
  </xsl:template>

  <xsl:template match="castGroup" as="item()*">
    <li>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <ul><xsl:apply-templates select="node() except head"/></ul>
    </li>
  </xsl:template>

</xsl:stylesheet>
