"""WordprocessingML, the XML of Word documents (ECMA-376, ISO 29500): what ``readers/docx.py`` reads a document with."""
