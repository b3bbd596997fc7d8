<?xml version="1.0" encoding="UTF-8"?>
<!-- Where things are: pages, anchors, register entries; and which addresses may be linked to. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  xmlns:i="urn:editio:internal"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="i:id" match="*" use="@xml:id"/>
  <xsl:key name="i:entry" match="ed:register//*[@xml:id]" use="@xml:id"/>
  <xsl:key name="i:file" match="ed:file" use="@href"/>
  <xsl:key name="i:document" match="ed:document" use="@id"/>

  <xsl:variable name="i:has-registers" as="xs:boolean" select="exists($index/ed:index/ed:register//*[@xml:id])"/>

  <xsl:variable name="i:schemes" as="xs:string*" select="'http', 'https', 'mailto'"/>

  <!-- An address without control characters, escaped, if its scheme is allowed or it is relative. -->
  <xsl:function name="ed:safe-address" as="xs:string?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="clean" as="xs:string" select="normalize-space(replace($address, '[\p{Cc}\p{Cf}]', ''))"/>
    <xsl:variable name="scheme" as="xs:string" select="lower-case(substring-before($clean, ':'))"/>
    <xsl:sequence select="iri-to-uri($clean)[$clean ne '']
      [if (i:has-scheme($clean)) then $scheme = $i:schemes else not(matches($clean, '^//|\\'))]"/>
  </xsl:function>

  <!-- Whether an address names a scheme, as browsers see it: control characters do not count. -->
  <xsl:function name="i:has-scheme" as="xs:boolean">
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="matches(replace($address, '[\p{Cc}\p{Cf}\s]', ''), '^[^/?#]*:')"/>
  </xsl:function>

  <!-- Address of a register entry, by its id. -->
  <xsl:function name="ed:entry-address" as="xs:string?">
    <xsl:param name="id" as="xs:string?"/>
    <xsl:sequence select="key('i:entry', $id, $index)[1] ! (ancestor::ed:register/@href || '#' || @xml:id)"/>
  </xsl:function>

  <!-- The id of the register entry a name points to, in the text or in the header. -->
  <xsl:function name="ed:entry-of" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="pointer" as="xs:string?" select="(tokenize($name/@ref), $name/@key)[1]"/>
    <xsl:sequence select="($name/@ed:entry/string(), substring-after($pointer, '#'), $pointer)[. ne ''][1]"/>
  </xsl:function>

  <!-- The document (or the whole file) in which ids are looked up for a node. -->
  <xsl:function name="i:scope" as="node()">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="($node/ancestor::ed:document, root($node))[1]"/>
  </xsl:function>

  <!-- Address of an element of this document, as seen from the page that shows it. -->
  <xsl:function name="i:own-address" as="xs:string?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="from" as="node()"/>
    <xsl:sequence select="key('i:id', $id, i:scope($from))[1] !
      ($from/ancestor::ed:document/@href || '#' || (@ed:anchor, @xml:id)[1])"/>
  </xsl:function>

  <!-- Address of another file of the edition, with or without fragment: a document or a register entry. -->
  <xsl:function name="i:other-address" as="xs:string?">
    <xsl:param name="file" as="xs:string"/>
    <xsl:param name="fragment" as="xs:string"/>
    <xsl:variable name="id" as="xs:string" select="replace($file, '^.*/|\.xml$', '')"/>
    <xsl:variable name="page" as="xs:string?" select="key('i:document', $id, $index)[1]/@href"/>
    <xsl:sequence select="($page ! (. || ('#' || $fragment)[$fragment ne '']), ed:entry-address($fragment))[1]"/>
  </xsl:function>

  <!-- A file beside the pages, if the edition publishes it. -->
  <xsl:function name="ed:file-address" as="xs:string?">
    <xsl:param name="path" as="xs:string?"/>
    <xsl:sequence select="ed:safe-address($path)[exists(key('i:file', replace($path, '[#?].*$', ''), $index))]"/>
  </xsl:function>

  <!-- Where a pointer leads; empty if nowhere or if it may not. -->
  <xsl:function name="ed:address" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="node()"/>
    <xsl:variable name="file" as="xs:string" select="replace($pointer, '#.*$', '')"/>
    <xsl:variable name="fragment" as="xs:string" select="substring-after($pointer, '#')"/>
    <xsl:sequence select="
      if (starts-with($pointer, '#')) then (i:own-address($fragment, $from), ed:entry-address($fragment))[1]
      else if (i:has-scheme($pointer)) then ed:safe-address($pointer)
      else (i:other-address($file, $fragment), ed:file-address($pointer))[1]"/>
  </xsl:function>

  <!-- Why a pointer without address has none: the code of its diagnostic. -->
  <xsl:function name="i:link-fault" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="if (empty(ed:safe-address($pointer))) then 'unsafe-link' else 'dangling-link'"/>
  </xsl:function>

</xsl:stylesheet>
