<?xml version="1.0" encoding="UTF-8"?>
<!-- Entry: prepared TEI → the pages of the web edition. Params and includes only.
     Source document: its page. Named template "edition": start page, registers, about. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:include href="params.xsl"/>

  <xsl:include href="lib/functions.xsl"/>
  <xsl:include href="lib/languages.xsl"/>
  <xsl:include href="lib/links.xsl"/>
  <xsl:include href="lib/dates.xsl"/>
  <xsl:include href="lib/attributes.xsl"/>
  <xsl:include href="lib/notes.xsl"/>
  <xsl:include href="lib/toc.xsl"/>
  <xsl:include href="lib/metadata.xsl"/>
  <xsl:include href="lib/nesting.xsl"/>
  <xsl:include href="lib/fallback.xsl"/>
  <xsl:include href="lib/report.xsl"/>
  <xsl:include href="lib/frame.xsl"/>
  <xsl:include href="lib/pages.xsl"/>
  <xsl:include href="lib/registers.xsl"/>
  <xsl:include href="lib/about.xsl"/>

  <xsl:include href="modules/header.xsl"/>
  <xsl:include href="modules/textstructure.xsl"/>
  <xsl:include href="modules/core.xsl"/>
  <xsl:include href="modules/core-edits.xsl"/>
  <xsl:include href="modules/core-lists.xsl"/>
  <xsl:include href="modules/core-references.xsl"/>
  <xsl:include href="modules/namesdates.xsl"/>
  <xsl:include href="modules/transcr.xsl"/>
  <xsl:include href="modules/verse.xsl"/>
  <xsl:include href="modules/drama.xsl"/>
  <xsl:include href="modules/figures.xsl"/>
  <xsl:include href="modules/linking.xsl"/>
  <xsl:include href="modules/msdescription.xsl"/>
  <xsl:include href="modules/textcrit.xsl"/>
  <xsl:include href="modules/gaiji.xsl"/>

</xsl:stylesheet>
