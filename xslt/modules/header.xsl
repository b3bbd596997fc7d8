<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module header: what a page says about its document, and the whole header row by row. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:mode name="i:correspondence" on-no-match="deep-skip" on-multiple-match="fail"/>
  <xsl:mode name="i:panel" on-no-match="deep-skip" on-multiple-match="fail"/>

  <!-- Sender → recipient, in one line. -->
  <xsl:template mode="i:correspondence" match="correspDesc" as="element()?">
    <xsl:variable name="sent" as="element()*" select="correspAction[@type = 'sent']/i:correspondents(.)"/>
    <xsl:variable name="received" as="element()*" select="correspAction[@type = 'received']/i:correspondents(.)"/>
    <xsl:if test="exists(($sent, $received))">
      <p class="correspondence">
        <xsl:apply-templates select="$sent" mode="i:listed"/>
        <xsl:if test="exists($received)">
          <xsl:text> </xsl:text>
          <span class="arrow" aria-hidden="true"><xsl:value-of select="ed:label('arrow')"/></span>
          <span class="unseen"><xsl:value-of select="ed:label('to')"/></span>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="$received" mode="i:listed"/>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <xsl:function name="i:correspondents" as="element()*">
    <xsl:param name="action" as="element()"/>
    <xsl:sequence select="$action/(persName | orgName | name | rs)"/>
  </xsl:function>

  <!-- One of several names: commas between them. -->
  <xsl:mode name="i:listed" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:listed" match="*" as="item()*">
    <xsl:if test="position() gt 1"><xsl:text>, </xsl:text></xsl:if>
    <xsl:apply-templates select=".">
      <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- The panel at the head of a document. -->
  <xsl:template mode="i:panel" match="teiHeader" as="element()?">
    <xsl:variable name="rows" as="element()*">
      <xsl:apply-templates mode="#current" select="profileDesc/correspDesc/correspAction, profileDesc/creation[not(../correspDesc//date)],
        fileDesc/titleStmt/(author, editor, respStmt), fileDesc/sourceDesc, profileDesc/langUsage"/>
    </xsl:variable>
    <xsl:if test="exists($rows)">
      <dl class="panel" lang="{ed:edition-language()}">
        <xsl:for-each-group select="$rows" group-by="Q{}dt/string()">
          <div><xsl:copy-of select="Q{}dt, current-group()/Q{}dd"/></div>
        </xsl:for-each-group>
      </dl>
    </xsl:if>
  </xsl:template>

  <!-- Who wrote to whom is said above the panel. -->
  <xsl:template mode="i:panel" match="correspAction[@type = ('sent', 'received')][not(placeName | settlement | note)]" priority="2" as="element()*"/>

  <xsl:template mode="i:panel" match="correspAction" as="element()*">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:label('corresp-' || (@type, 'action')[1])"/>
      <xsl:with-param name="value">
        <xsl:apply-templates select="i:correspondents(.), placeName, settlement" mode="i:listed"/>
        <xsl:apply-templates select="(date, ancestor::profileDesc/creation/date[current()/@type = 'sent'])[1]" mode="i:panel"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="i:panel" match="correspAction/date | profileDesc/creation/date" as="item()*">
    <xsl:text> </xsl:text>
    <span class="when"><xsl:value-of select="(ed:plain(.), ed:dating(.))[. ne ''][1]"/></span>
  </xsl:template>

  <xsl:template mode="i:panel" match="creation" as="element()*">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:element-label(.)"/>
      <xsl:with-param name="value"><xsl:apply-templates/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="i:panel" match="author | editor" as="element()*">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:element-label(.)"/>
      <xsl:with-param name="value"><xsl:apply-templates/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="i:panel" match="respStmt" as="element()*">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="string-join(resp/ed:plain(.), ', ')"/>
      <xsl:with-param name="value"><xsl:apply-templates select="* except (resp, note)" mode="i:listed"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="i:panel" match="sourceDesc" as="element()*">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:label('source')"/>
      <xsl:with-param name="value"><xsl:apply-templates select="*" mode="i:source"/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template mode="i:panel" match="langUsage" as="element()*">
    <xsl:call-template name="i:row">
      <xsl:with-param name="label" select="ed:label('languages')"/>
      <xsl:with-param name="value"><xsl:value-of select="language/(ed:plain(.)[. ne ''], @ident)[1]" separator=", "/></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The summary of a document. -->
  <xsl:template mode="i:panel" match="abstract" as="element()">
    <div class="abstract">
      <xsl:apply-templates select="@xml:lang" mode="ed:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Rights: what may be done with the document. -->
  <xsl:template mode="i:panel" match="availability" as="element()">
    <div class="rights"><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="licence" as="element()">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates/>
      <xsl:apply-templates select="@target" mode="ed:link"/>
    </p>
  </xsl:template>

  <!-- A licence that is named by its address alone. -->
  <xsl:template match="licence[normalize-space(.) = @target]" priority="1" as="element()">
    <p>
      <xsl:apply-templates select="." mode="ed:attributes"/>
      <xsl:apply-templates select="@target" mode="ed:link"/>
    </p>
  </xsl:template>

  <!-- A row of a panel, if it has a value. -->
  <xsl:template name="i:row" as="element()?">
    <xsl:param name="label" as="xs:string" required="yes"/>
    <xsl:param name="value" as="item()*" required="yes"/>
    <xsl:variable name="shown" as="document-node()"><xsl:document><xsl:sequence select="$value"/></xsl:document></xsl:variable>
    <xsl:if test="normalize-space($shown)">
      <div>
        <dt><xsl:value-of select="$label"/></dt>
        <dd><xsl:sequence select="$shown/node()"/></dd>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Where a document comes from, short: archive and shelfmark, a reference, or what is said. -->
  <xsl:mode name="i:source" on-no-match="deep-skip" on-multiple-match="fail"/>

  <xsl:template mode="i:source" match="msDesc" as="element()">
    <p class="shelfmark">
      <xsl:apply-templates select="msIdentifier/* except msIdentifier/altIdentifier" mode="i:listed"/>
    </p>
  </xsl:template>

  <xsl:template mode="i:source" match="p | ab | bibl | biblStruct | biblFull | listBibl" as="item()*">
    <xsl:apply-templates select=".">
      <xsl:with-param name="repeated" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template mode="i:source" match="sourceDesc/bibl" priority="2" as="element()">
    <p><xsl:next-match/></p>
  </xsl:template>

  <!-- The header's own parts, whole. -->
  <xsl:template mode="ed:metadata" match="encodingDesc//tagUsage | revisionDesc/change" as="element()*">
    <li>
      <xsl:call-template name="i:key">
        <xsl:with-param name="words" select="string((@gi, ed:dating(.)[. ne ''], ed:element-label(.))[1])"/>
      </xsl:call-template>
      <div class="value"><xsl:apply-templates/></div>
    </li>
  </xsl:template>

</xsl:stylesheet>
