<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module namesdates: names link to their register entries; entries are records. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:template match="persName | placeName | orgName | name | rs | geogName" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="(persName | placeName | orgName | name | rs | geogName)[ed:entry-address(ed:entry-of(.))]" priority="2" as="item()*">
    <a href="{ed:entry-address(ed:entry-of(.))}">
      <xsl:apply-templates select="." mode="ed:attributes">
        <xsl:with-param name="class" select="'name'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </a>
  </xsl:template>

  <!-- A name that points into the registers of the edition, to nobody there. -->
  <xsl:template match="(persName | placeName | orgName | name | rs | geogName)[$i:has-registers][contains(@ref, '#')][empty(ed:entry-address(ed:entry-of(.)))]" priority="3" as="item()*">
    <xsl:call-template name="ed:report">
      <xsl:with-param name="code" select="'dangling-link'"/>
      <xsl:with-param name="about" select="string(@ref)"/>
    </xsl:call-template>
    <xsl:next-match/>
  </xsl:template>

  <!-- Parts of names. -->
  <xsl:template match="forename | surname | addName | genName | nameLink | roleName | settlement | region | country | bloc | district | geogFeat | geo | offset | affiliation | occupation | persPronouns" as="item()*">
    <span>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Persons, places and organisations recorded in a document itself. -->
  <xsl:template match="person | personGrp | place | org | event | relation | listPerson | listPlace | listOrg | listEvent | listRelation | standOff" as="item()*">
    <div>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <ul class="record"><xsl:apply-templates select="*" mode="ed:metadata"/></ul>
    </div>
  </xsl:template>

</xsl:stylesheet>
