<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module core, lists: numbered, bulleted, glossed, in running text. A number that stands in the text (label) is shown as it stands. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="list" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <ul><xsl:apply-templates select="node() except head"/></ul>
    </div>
  </xsl:template>

  <xsl:template match="list[i:is-numbered(.)]" priority="2" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <ol><xsl:apply-templates select="node() except head"/></ol>
    </div>
  </xsl:template>

  <!-- Numbers or marks in the text: the list's own would be a second one. -->
  <xsl:template match="list[item/(. | p[1])/label]" priority="3" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes">
        <xsl:with-param name="class" select="'labelled'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="head"/>
      <ol><xsl:apply-templates select="node() except head"/></ol>
    </div>
  </xsl:template>

  <!-- Labels and items in turn. -->
  <xsl:template match="list[label]" priority="4" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="head"/>
      <dl><xsl:apply-templates select="node() except head"/></dl>
    </div>
  </xsl:template>

  <!-- A list that is part of a sentence. -->
  <xsl:template match="list[tokenize((@rend, @type)) = ('inline', 'run-on', 'running')]" priority="5" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:function name="i:is-numbered" as="xs:boolean">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="$list/(@rend, @type) ! tokenize(lower-case(.)) = ('numbered', 'ordered')"/>
  </xsl:function>

  <xsl:template match="item" as="item()*">
    <li>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <xsl:template match="list[i:is-numbered(.)]/item[@n castable as xs:integer]" priority="2" as="item()*">
    <li value="{xs:integer(@n)}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <xsl:template match="list[label]/item" priority="3" as="item()*">
    <dd>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </dd>
  </xsl:template>

  <xsl:template match="list[tokenize((@rend, @type)) = ('inline', 'run-on', 'running')]/item" priority="4" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="label" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="list/label | list/headLabel | list/headItem" priority="2" as="item()*">
    <dt>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </dt>
  </xsl:template>

</xsl:stylesheet>
