<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module transcr: what the witness shows and the editor adds; pages and zones of a transcription. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Supplied: in brackets, with the name of who supplied it. -->
  <xsl:template match="supplied" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:if test="ed:voice(.) ne ''"><xsl:attribute name="title" select="ed:label('supplied-by', ed:voice(.))"/></xsl:if>
      <xsl:value-of select="ed:label('bracket-open')"/>
      <xsl:apply-templates/>
      <xsl:value-of select="ed:label('bracket-close')"/>
    </span>
  </xsl:template>

  <!-- In a choice the brackets are the choice's. -->
  <xsl:template match="choice/supplied" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Who is responsible for an element: the name behind the first @resp. -->
  <xsl:function name="ed:voice" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="id" as="xs:string" select="replace(tokenize($element/@resp)[1], '^.*#', '')"/>
    <xsl:variable name="who" as="element()?" select="key('i:id', $id, i:scope($element))[1]"/>
    <xsl:sequence select="($who/(self::respStmt/(persName, name, orgName)[1], .)[1]/ed:plain(.), '')[1]"/>
  </xsl:function>

  <xsl:template match="am | ex | subst | damage | surplus | restore | retrace | mod | redo | undo | secl | handShift | metamark | fw" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- A transcription page by page. -->
  <xsl:template match="sourceDoc | facsimile | surface | surfaceGrp | zone" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Images and zones without words are no running text. -->
  <xsl:template match="facsimile[not(normalize-space())]" priority="1" as="item()*"/>

  <xsl:template match="line" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="zone[ed:in-running-text(.)] | line//line" priority="2" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

</xsl:stylesheet>
