"""The names of TEI as lxml spells them; which names and characters XML has room for."""

from __future__ import annotations

import re
import unicodedata

from lxml import etree

NS = "http://www.tei-c.org/ns/1.0"
TEI = f"{{{NS}}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {None: NS}
Content = str | etree._Element
# XML 1.0, production 2: what is not a Char
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def local_name(node: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def xml_name(text: str) -> str:
    """The text as an id or a token (an NCName that is safe in file names and addresses); empty if it has none in it."""
    name = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text)).strip("-.")
    return name if re.match(r"[^\W\d]", name) else ""


def clean(text: str) -> str:
    """Text without characters that XML cannot hold: each becomes U+FFFD."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
