"""Checks of elements and attributes that say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.pointer_attributes import POINTERS
from editio.pointing import is_tei
from editio.registry import Finding, check
from editio.tei import TEI, XML_ID, XML_LANG, empty_among, local_name, string_of

# Elements that are there for the words they hold. Readings, corrections, cells, dates and lines of verse may be empty.
WORDS = (
    "p ab head note item persName placeName orgName name rs title ref hi emph quote q said foreign term label salute "
    "signed dateline speaker stage supplied unclear abbr expan reg author list div lg figDesc addrLine byline "
    "docTitle titlePart bibl trailer argument epigraph postscript"
).split()
# What can say it all for an element that holds nothing.
SAID_ELSEWHERE = ("ref", "key", "copyOf", "sameAs", "corresp", "next", "prev", "facs", "select", "nymRef", "source")
# In these a reference is for programs, and needs no words.
FOR_PROGRAMS = tuple(f"{TEI}{name}" for name in ("teiHeader", "relatedItem", "bibl", "biblStruct", "listRef", "equiv"))
# That these statements and all titles say nothing is what checks of the header say.
TITLE, TITLES = f"{TEI}title", f"{TEI}titleStmt"
PARAGRAPH, STATEMENTS = f"{TEI}p", frozenset(f"{TEI}{name}" for name in ("publicationStmt", "sourceDesc"))
# Attributes whose empty value means something, or is what another check is about.
MEANT = frozenset(
    {XML_LANG, XML_ID, "{http://www.w3.org/XML/1998/namespace}base", *POINTERS}
    | set("delim ns prefix default value alt separator matchPattern replacementPattern as wit".split())
)


@check(Severity.WARNING, "delete the element, or put in what is missing", "<p/>  <persName></persName>")
def empty_element(document: Document, edition: Edition) -> Iterable[Finding]:
    """An element that is there for the words it holds has none, and no attribute that says whom or what it means."""
    for element in empty_among(document.lookup.any_of(*WORDS)):
        if not _says_it_otherwise(element):
            yield Finding(document.location(element), f"this {local_name(element)} is empty", about=("",))


def _says_it_otherwise(element: etree._Element) -> bool:
    parent = element.getparent()
    if element.tag == PARAGRAPH and parent is not None and parent.tag in STATEMENTS:
        return True
    if element.tag == TITLE and parent is not None and parent.tag == TITLES:
        return not any(string_of(one).strip() for one in parent.iterchildren(TITLE))
    if element.get("target") and next(element.iterancestors(*FOR_PROGRAMS), None) is not None:
        return True
    return any(element.get(name) for name in SAID_ELSEWHERE)


@check(Severity.WARNING, "delete the attribute, or give it a value", '<date when="">…</date>')
def empty_attribute(document: Document, edition: Edition) -> Iterable[Finding]:
    """An attribute has no value, or only white space."""
    names = [name for name in document.lookup.attribute_names if name not in MEANT]
    for element, name, value in document.lookup.attributes(*names):
        if (not value or value.isspace()) and is_tei(element):
            local = name.rpartition("}")[2]
            message = f"@{local} of this {local_name(element)} is empty"
            yield Finding(document.location(element), message, about=(f"@{local}",))
