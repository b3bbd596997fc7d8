"""Faults of headers, languages, dates, characters, punctuation and of what is written for display."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from mutations import NAMESPACES, Row, first, inserted, removed, setting


def paragraph(words: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that adds a paragraph with these words."""
    return inserted("//t:body", f"<p>{words}</p>")


def child(path: str, xml: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that adds a paragraph and names one of its elements."""

    def mutate(root: etree._Element) -> etree._Element:
        paragraph(xml)(root)
        return first(root, path)

    return mutate


def emptied(path: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that empties an element and names it."""

    def mutate(root: etree._Element) -> etree._Element:
        found = first(root, path)
        for piece in list(found):
            found.remove(piece)
        found.text = None
        return found

    return mutate


def without_languages(root: etree._Element) -> etree._Element:
    """A document that says nowhere in which language it is."""
    del root.attrib[f"{{{NAMESPACES['xml']}}}lang"]
    removed("//t:langUsage")(root)
    return first(root, "//t:text")


def three_changes(root: etree._Element) -> etree._Element:
    """Changes with one before its time."""
    for day in ("2026-11-29", "2026-11-27", "2026-11-30", "2026-12-01"):
        inserted("//t:revisionDesc", f'<change when="{day}">Read.</change>')(root)
    return first(root, "//t:change[@when='2026-11-27']")


def replaced(path: str, xml: str, named: str) -> Callable[[etree._Element], etree._Element]:
    """The mutation that empties an element, puts another into it, and names a third."""

    def mutate(root: etree._Element) -> etree._Element:
        emptied(path)(root)
        inserted(path, xml)(root)
        return first(root, named)

    return mutate


STATEMENT = "//t:publicationStmt"
EARLIER = """<profileDesc><creation><date when="1850-05-20"/></creation><correspDesc><correspContext>
<ref type="prev" target="base.xml">the letter before</ref></correspContext></correspDesc></profileDesc>"""


def earlier(root: etree._Element) -> etree._Element:
    """A letter that comes after another, and is dated before it."""
    inserted("//t:teiHeader", EARLIER)(root)
    return first(root, "//t:correspContext/t:ref")


ROWS = (
    Row("document-without-title", replaced("//t:titleStmt", "<author>Thoreau</author>", "//t:titleStmt")),
    Row("missing-responsibility", replaced("//t:titleStmt", "<title>A letter</title>", "//t:titleStmt")),
    Row("missing-publisher", removed("//t:publisher", STATEMENT)),
    Row("missing-licence", removed("//t:availability", STATEMENT)),
    Row("missing-source-description", emptied("//t:sourceDesc")),
    Row("missing-language", without_languages),
    Row("placeholder-in-header", replaced("//t:titleStmt", "<title>Title</title>", "//t:titleStmt/t:title")),
    Row("malformed-language-tag", setting("//t:foreign", "xml:lang", "la_IT")),
    Row("unregistered-language-tag", setting("//t:foreign", "xml:lang", "lat")),
    Row("undeclared-language", setting("//t:foreign", "xml:lang", "pt")),
    Row("unused-language", inserted("//t:langUsage", '<language ident="fr">French</language>')),
    Row("language-script-mismatch", child("//t:q", '<q xml:lang="la">λόγος</q>')),
    Row("malformed-date", setting("//t:opener//t:date", "when", "16.7.1860")),
    Row("implausible-date", setting("//t:p[1]//t:date", "when", "2817")),
    Row("date-text-mismatch", setting("//t:creation/t:date", "when", "1860-07-15")),
    Row("dateline-mismatch", setting("//t:opener//t:date", "when", "1861-07-16")),
    Row("change-out-of-order", three_changes),
    Row("document-out-of-order", earlier, "other.xml"),
    Row("mixed-normalisation", paragraph("Mu\u0308nchen")),
    Row("private-use-character", paragraph("the holy \ue8b3 sign")),
    Row("suspicious-character", paragraph("Stra\ufffde")),
    Row("presentation-form", paragraph("the \ufb01rst")),
    Row("mixed-scripts-in-word", paragraph("\u041coscow")),
    Row("broken-encoding", paragraph("f\u00c3\u00bcr")),
    Row("misread-character", paragraph("the l9th century")),
    Row("unbalanced-brackets", paragraph("(which I never saw.")),
    Row("unbalanced-quotes", paragraph("He said: “I never saw it.")),
    Row("space-at-edge", child("//t:emph", "to<emph> Anna</emph>")),
    Row("undeclared-rend", child("//t:hi[@rend='itt']", '<hi rend="it">a</hi> <hi rend="itt">b</hi>')),
    Row("malformed-address", child("//t:ref[@n]", '<ref n="x" target="http//example.org">there</ref>')),
)
