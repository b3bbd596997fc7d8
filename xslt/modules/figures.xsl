<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module figures, and graphic from core: tables and pictures. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- A wide table scrolls by itself, also with the keyboard. -->
  <xsl:template match="table" as="item()*">
    <div class="wide" role="group" tabindex="0" aria-label="{(head/ed:plain(.)[. ne ''], ed:label('table'))[1]}">
      <table>
        <xsl:apply-templates select="." mode="ed:attributes"/>
        <xsl:if test="head"><caption><xsl:apply-templates select="head" mode="i:caption"/></caption></xsl:if>
        <xsl:apply-templates select="node() except head"/>
      </table>
    </div>
  </xsl:template>

  <xsl:mode name="i:caption" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:caption" match="head" as="element()">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="row" as="item()*">
    <tr>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </tr>
  </xsl:template>

  <xsl:template match="cell" as="item()*">
    <td>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="@rows | @cols" mode="i:span"/>
      <xsl:apply-templates/>
    </td>
  </xsl:template>

  <xsl:template match="cell[@role = 'label'] | row[@role = 'label']/cell" priority="2" as="item()*">
    <th scope="{('row', 'col')[1 + number(exists(current()/parent::row[@role = 'label']))]}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="@rows | @cols" mode="i:span"/>
      <xsl:apply-templates/>
    </th>
  </xsl:template>

  <xsl:mode name="i:span" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:span" match="@rows[matches(., '^[1-9]\d{0,2}$')]" as="attribute()*">
    <xsl:attribute name="rowspan" select="."/>
  </xsl:template>

  <xsl:template mode="i:span" match="@cols[matches(., '^[1-9]\d{0,2}$')]" as="attribute()*">
    <xsl:attribute name="colspan" select="."/>
  </xsl:template>

  <!-- A figure: the picture, then what is said about it. -->
  <xsl:template match="figure" as="item()*">
    <figure>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="node() except (head, figDesc)"/>
      <xsl:if test="head or figDesc">
        <figcaption><xsl:apply-templates select="head, figDesc"/></figcaption>
      </xsl:if>
    </figure>
  </xsl:template>

  <xsl:template match="figDesc" as="item()*">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- Pictures of this site are shown, others linked to. -->
  <xsl:template match="graphic | media" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:call-template name="ed:link">
        <xsl:with-param name="pointer" select="string(@url)"/>
        <xsl:with-param name="words" select="ed:label('picture')"/>
      </xsl:call-template>
    </span>
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="graphic[i:is-picture-of-site(@url)]" priority="2" as="item()*">
    <img src="{ed:safe-address(@url)}" alt="{(../figDesc/ed:plain(.)[. ne ''], ../head/ed:plain(.)[. ne ''], ed:label('picture'))[1]}">
      <xsl:apply-templates select="." mode="ed:attributes"/>
    </img>
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:function name="i:is-picture-of-site" as="xs:boolean">
    <xsl:param name="url" as="xs:string?"/>
    <xsl:sequence select="matches($url, '\.(avif|gif|jpe?g|png|svg|webp)$', 'i') and exists(ed:file-address($url))"/>
  </xsl:function>

  <!-- Data, not words. -->
  <xsl:template match="binaryObject" as="item()*"/>

  <xsl:template match="formula | notatedMusic" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

</xsl:stylesheet>
