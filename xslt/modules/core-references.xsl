<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module core, references: links and bibliography. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- An address that may be linked to; otherwise the words without a link, and a report. -->
  <xsl:template name="ed:link" as="item()*">
    <xsl:param name="pointer" as="xs:string" required="yes"/>
    <xsl:param name="words" as="item()*"/>
    <xsl:variable name="address" as="xs:string?" select="ed:address($pointer, .)"/>
    <xsl:variable name="shown" as="item()*" select="if (exists($words)) then $words else $pointer"/>
    <xsl:choose>
      <xsl:when test="$address"><a href="{$address}"><xsl:sequence select="$shown"/></a></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="ed:report">
          <xsl:with-param name="code" select="i:link-fault($pointer)"/>
          <xsl:with-param name="about" select="$pointer"/>
        </xsl:call-template>
        <span class="no-link"><xsl:sequence select="$shown"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:mode name="ed:link" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="ed:link" match="@*" as="item()*">
    <xsl:text> </xsl:text>
    <xsl:variable name="pointer" as="xs:string" select="string()"/>
    <xsl:for-each select="..">
      <xsl:call-template name="ed:link"><xsl:with-param name="pointer" select="$pointer"/></xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="ref" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="ref[normalize-space(@target)]" priority="2" as="item()*">
    <xsl:variable name="words" as="item()*"><xsl:apply-templates/></xsl:variable>
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:call-template name="ed:link">
        <xsl:with-param name="pointer" select="(@target[i:link-fault(.) eq 'unsafe-link'], tokenize(@target))[1]"/>
        <xsl:with-param name="words" select="$words"/>
      </xsl:call-template>
    </span>
  </xsl:template>

  <xsl:template match="ptr" as="item()*">
    <xsl:variable name="here" as="element()" select="."/>
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:for-each select="tokenize(@target)">
        <xsl:variable name="pointer" as="xs:string" select="."/>
        <xsl:if test="position() gt 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:for-each select="$here">
          <xsl:call-template name="ed:link">
            <xsl:with-param name="pointer" select="$pointer"/>
            <xsl:with-param name="words" select="i:pointer-words($pointer, .)"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
    </span>
  </xsl:template>

  <!-- What a pointer without words says: the heading or number of what it points to, else its address. -->
  <xsl:function name="i:pointer-words" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="target" as="element()?" select="key('i:id', substring-after($pointer, '#'), i:scope($from))[1]"/>
    <xsl:sequence select="($target/(head[1]/ed:plain(.), @n/string(), ed:plain(.)[string-length() lt 60])[. ne ''], $pointer)[1]"/>
  </xsl:function>

  <!-- Notes without a number: in the header, in records. -->
  <xsl:template match="note" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Bibliography. -->
  <xsl:template match="bibl | biblFull | idno | author | editor | publisher | pubPlace | biblScope | citedRange | edition | extent | resp | respStmt | monogr | analytic | series | imprint | meeting | funder | sponsor | principal | authority | distributor" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="biblStruct" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="listBibl" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <ul><xsl:apply-templates select="node() except head"/></ul>
    </div>
  </xsl:template>

  <xsl:template match="listBibl/bibl | listBibl/biblStruct | listBibl/biblFull | listBibl/msDesc" priority="2" as="item()*">
    <li><xsl:next-match/></li>
  </xsl:template>

</xsl:stylesheet>
