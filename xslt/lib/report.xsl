<?xml version="1.0" encoding="UTF-8"?>
<!-- What the stylesheets have to say to the editor: one element per message, taken up by Python. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:ed="urn:editio"
  exclude-result-prefixes="xs">

  <xsl:template name="ed:report" as="item()*">
    <xsl:param name="code" as="xs:string" required="yes"/>
    <xsl:param name="about" as="xs:string" required="yes"/>
    <xsl:param name="repeated" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:if test="not($repeated)">
      <xsl:message>
        <ed:diagnostic code="{$code}" path="{path(.)}"><xsl:value-of select="$about"/></ed:diagnostic>
      </xsl:message>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
