<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists (module core). What stands in front of an item is its mark and hangs. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template mode="print" match="list">
    <xsl:apply-templates select="head | ed:after-items(.)[not(preceding-sibling::item)]" mode="#current"/>
    <xsl:value-of select="'e.list(ordered: ' || ed:is-ordered(.) || ', ('"/>
    <xsl:apply-templates select="item" mode="#current"/>
    <xsl:text>));&#10;</xsl:text>
    <xsl:apply-templates select="ed:after-items(.)[preceding-sibling::item]" mode="#current"/>
  </xsl:template>

  <!-- What follows the last item, or stands where there is none; what precedes an item goes with it. -->
  <xsl:function name="ed:after-items" as="node()*">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="$list/node()[not(self::head | self::item)][not(following-sibling::item)][self::* or normalize-space()]"/>
  </xsl:function>

  <xsl:function name="ed:is-ordered" as="xs:boolean">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="tokenize(lower-case($list/@rend || ' ' || $list/@type)) = ('numbered', 'ordered', 'decimal')"/>
  </xsl:function>

  <xsl:template mode="print" match="item">
    <xsl:text>(</xsl:text>
    <xsl:apply-templates select="." mode="mark"/>
    <xsl:text>, {</xsl:text>
    <xsl:apply-templates select="ed:before-item(.)" mode="#current"/>
    <xsl:apply-templates select="." mode="line"/>
    <xsl:text>}),&#10;</xsl:text>
  </xsl:template>

  <!-- An item outside a list is a paragraph. -->
  <xsl:template mode="print" match="item[not(parent::list)]" priority="1">
    <xsl:text>e.line-of({</xsl:text><xsl:apply-templates select="." mode="line"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

  <!-- Whatever stands between an item and the one before, except its label and breaks that look for their line. -->
  <xsl:function name="ed:before-item" as="element()*">
    <xsl:param name="item" as="element()"/>
    <xsl:sequence select="$item/preceding-sibling::*[not(self::item | self::head | self::label | self::headLabel | self::headItem)][following-sibling::item[1] is $item]"/>
  </xsl:function>

  <!-- The mark of an item: the label in front of it or at its beginning, else its number. -->
  <xsl:mode name="mark" on-no-match="fail" on-multiple-match="fail"/>
  <xsl:template mode="mark" match="item" priority="-1">
    <xsl:value-of select="(@n[normalize-space()] ! ed:literal(. || '.'[matches(current()/@n, '^[\p{L}\p{N}]+$')]), 'none')[1]"/>
  </xsl:template>
  <xsl:template mode="mark" match="item[exists(ed:item-label(.))]">
    <xsl:text>{</xsl:text><xsl:apply-templates select="ed:item-label(.)/node()" mode="print"/><xsl:text>}</xsl:text>
  </xsl:template>

  <xsl:function name="ed:item-label" as="element()?">
    <xsl:param name="item" as="element()"/>
    <xsl:variable name="first" as="node()?" select="($item | $item/*[1][self::p | self::ab])/node()[self::* or normalize-space()][1][self::label]"/>
    <xsl:sequence select="($first[1], $item/preceding-sibling::*[1][self::label])[1]"/>
  </xsl:function>

  <!-- A label is printed as the mark of its item, or where it stands. -->
  <xsl:template mode="print" match="label">
    <xsl:apply-templates mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="label[ancestor::item[1] ! ed:item-label(.) is .]" priority="1"/>

  <!-- Terms and what they mean. -->
  <xsl:template mode="print" match="list[label][item]" priority="1">
    <xsl:apply-templates select="head | headLabel | headItem | ed:after-items(.)[not(preceding-sibling::item)]" mode="#current"/>
    <xsl:text>e.glosses((</xsl:text>
    <xsl:apply-templates select="item" mode="#current"/>
    <xsl:text>));&#10;</xsl:text>
    <xsl:apply-templates select="ed:after-items(.)[preceding-sibling::item]" mode="#current"/>
  </xsl:template>
  <xsl:template mode="print" match="headLabel | headItem">
    <xsl:text>e.caption({</xsl:text><xsl:apply-templates mode="#current"/><xsl:text>});&#10;</xsl:text>
  </xsl:template>

</xsl:stylesheet>
