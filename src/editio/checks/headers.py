"""Checks of the header: what an edition must say of itself, and what a template put there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from editio.diagnostics import Location, Severity
from editio.lookup import Lookup
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import TEI, XML_LANG, local_name, string_of

# What templates of editors and of the TEI put where something is to be written, in lower case.
PLACEHOLDERS = frozenset(
    (
        "title|titel|titre|titolo|título|tytuł|заглавие|название|document title|title of document|title here|your title"
        "|enter title|insert title|insert title here|titel eingeben|titel des dokuments|todo|to do|tbd|tba|fixme|xxx|xxxx|???"
        "|…|...|untitled|untitled document|unbenannt|unbenanntes dokument|sans nom|lorem ipsum|publication information"
        "|information about the source|publication information here|source information|author|author name|name of author"
        "|autor|auteur|publisher|publisher name|name"
    ).split("|")
)
HEADER = f"{TEI}teiHeader"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
FILE = "fileDesc"
# The parts of fileDesc that are looked at, and those of which it matters what stands in them.
PARTS = tuple(f"{TEI}{name}" for name in ("titleStmt", "editionStmt", "publicationStmt", "sourceDesc"))
STATED = frozenset({"titleStmt", "publicationStmt"})
TEXTS = tuple(f"{TEI}{name}" for name in ("text", "sourceDoc", "TEI"))
STATEMENTS = tuple(f"{TEI}{name}" for name in "title author editor publisher distributor authority p".split())
RESPONSIBLE = tuple(f"{TEI}{name}" for name in "author editor respStmt principal meeting sponsor funder p".split())
RIGHTS = re.compile(
    r"licen[cs]e|lizenz|licenza|licencia|лиценз|copyright|©|\(c\)|public domain|gemeinfrei|domaine public|creative commons"
    r"|\bcc[ -]?(?:by|0)\b|\brights?\b|\brechte?\b|\bdroits?\b|\bderechos\b|\bdiritti\b|права|freely|permission|\bfree\b|frei ",
    re.I,
)


@check(Severity.WARNING, "write the title into titleStmt", "<titleStmt><title/></titleStmt>")
def document_without_title(document: Document, edition: Edition) -> Iterable[Finding]:
    """The document has no title, so that lists and search results cannot name it."""
    for header in document.lookup.once(_headers):
        if not _says(header, "titleStmt/title"):
            yield Finding(_place(document, header, "titleStmt"), "the document has no title")


@check(
    Severity.WARNING,
    "name author, editor, or with respStmt who did what",
    "<respStmt><resp>transcribed by</resp><name>Anna Weber</name></respStmt>",
)
def missing_responsibility(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header names nobody who wrote, edited or transcribed the document."""
    for header in document.lookup.once(_headers):
        if not any(map(_names_somebody, header.lineage)):
            yield Finding(_place(document, header, "titleStmt"), "neither author nor editor is named")


@check(
    Severity.WARNING,
    "name the publisher, the distributor, or the authority that makes the document available",
    "<publicationStmt><p/></publicationStmt>",
)
def missing_publisher(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header does not say who publishes the document."""
    paths = [f"publicationStmt/{name}" for name in ("publisher", "distributor", "authority", "p", "ab")]
    for header in document.lookup.once(_headers):
        if not any(_says(one, path) for one in header.lineage for path in paths):
            yield Finding(_place(document, header, "publicationStmt"), "no publisher is named")


@check(
    Severity.WARNING,
    "say in availability what others may do with the document, best with a licence and its address",
    '<availability><licence target="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</licence></availability>',
)
def missing_licence(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header does not say what others may do with the document: there is no licence and no word on rights."""
    for header in document.lookup.once(_headers):
        if not any(_grants(found) for one in header.lineage for found in one.first("publicationStmt")):
            yield Finding(_place(document, header, "publicationStmt"), "nothing is said of a licence")


@check(
    Severity.WARNING,
    "describe the source in sourceDesc: a bibl, a msDesc, or a paragraph, also that there is none",
    "<sourceDesc><p>Born digital.</p></sourceDesc>",
)
def missing_source_description(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header does not say what the document was made from."""
    for header in document.lookup.once(_headers):
        if not any(_says(one, "sourceDesc") for one in header.lineage):
            yield Finding(_place(document, header, "sourceDesc"), "the source is not described")


@check(Severity.WARNING, "give the root element or the text xml:lang", '<TEI xml:lang="de">')
def missing_language(document: Document, edition: Edition) -> Iterable[Finding]:
    """The document says nowhere which language its text is in, so that hyphenation, search and screen readers guess."""
    lookup = document.lookup
    if any(lookup.attributes("mainLang")) or any(one.get("ident") for one in lookup.elements("language")):
        return
    for text in lookup.elements("text"):
        if not _has_language(text) and string_of(text).strip():
            yield Finding(document.location(text), "the language of the text is nowhere given")
            return


@check(Severity.WARNING, "write what is to stand there", "<title>Title</title>, <p>Publication Information</p>")
def placeholder_in_header(document: Document, edition: Edition) -> Iterable[Finding]:
    """Title, names or statements of the header are still those of a template."""
    for element in (one for header in document.lookup.once(_headers) for one in _statements(header)):
        words = "" if len(element) else " ".join(string_of(element).split())
        if words and words.casefold().strip("[]<>{}") in PLACEHOLDERS and not _is_cited(element):
            yield Finding(document.location(element), f"“{words}” is a placeholder")


@dataclass(frozen=True, eq=False)
class _Header:
    """The header of a document, what its fileDesc holds by paths of one or two names, and what holds for it, too.

    That is what the headers of the corpora say that the document is part of; ``lineage`` begins with itself.
    """

    element: etree._Element
    parts: Mapping[str, Sequence[etree._Element]]
    corpora: tuple[_Header, ...] = ()

    @property
    def lineage(self) -> tuple[_Header, ...]:
        return (self, *self.corpora)

    def first(self, path: str) -> Sequence[etree._Element]:
        """The first element at a path, if there is one."""
        return self.parts.get(path, ())[:1]


def _headers(lookup: Lookup) -> tuple[_Header, ...]:
    """The headers of documents with a text; not those of registers, nor those of which parts are in other files."""
    included = [header for one in lookup.elements(INCLUDE) for header in one.iterancestors(HEADER)]
    found = [one for one in lookup.elements("teiHeader") if _has_text(one) and one not in included]
    return tuple(_Header(one, _parts(one), tuple(_corpora(one))) for one in found)


def _has_text(header: etree._Element) -> bool:
    parent = header.getparent()
    return parent is not None and next(parent.iterchildren(*TEXTS), None) is not None


def _corpora(header: etree._Element) -> Iterator[_Header]:
    for corpus in header.iterancestors(f"{TEI}teiCorpus"):
        for other in corpus.iterchildren(HEADER):
            if other is not header:
                yield _Header(other, _parts(other))


def _parts(header: etree._Element) -> Mapping[str, Sequence[etree._Element]]:
    found: dict[str, list[etree._Element]] = {FILE: list(header.iterchildren(f"{TEI}fileDesc"))}
    for statement in (one for file in found[FILE] for one in file.iterchildren(*PARTS)):
        path = local_name(statement)
        found.setdefault(path, []).append(statement)
        for one in statement.iterchildren(f"{TEI}*") if path in STATED else ():
            found.setdefault(f"{path}/{local_name(one)}", []).append(one)
    return found


def _says(header: _Header, path: str) -> bool:
    """Whether an element at a path says something, in words or by attributes."""
    return any(map(_is_filled, header.parts.get(path, ())))


def _statements(header: _Header) -> Iterator[etree._Element]:
    for file in header.first(FILE):
        yield from file.iter(*STATEMENTS)


def _is_filled(element: etree._Element) -> bool:
    return bool(string_of(element).strip()) or any(one.attrib for one in element.iter(etree.Element))


def _names_somebody(header: _Header) -> bool:
    statements = (*header.first("titleStmt"), *header.first("editionStmt"))
    return any(_is_filled(one) for found in statements for one in found.iterchildren(*RESPONSIBLE))


def _grants(statement: etree._Element) -> bool:
    statements = statement.iter(f"{TEI}availability", f"{TEI}licence")
    return any(_is_filled(one) for one in statements) or bool(RIGHTS.search(string_of(statement)))


def _has_language(text: etree._Element) -> bool:
    """Whether an element, what it stands in, or all that it consists of has xml:lang."""
    if any(one.get(XML_LANG) for one in (text, *text.iterancestors())):
        return True
    parts = [child for child in text if isinstance(child.tag, str)]
    return bool(parts) and all(_has_own_language(part) for part in parts)


def _has_own_language(part: etree._Element) -> bool:
    if part.get(XML_LANG):
        return True
    children = [child for child in part if isinstance(child.tag, str)]
    return bool(children) and all(child.get(XML_LANG) for child in children)


def _is_cited(element: etree._Element) -> bool:
    """Whether words stand in the description of a source, where they may be what it is called."""
    source = f"{TEI}sourceDesc"
    return element.tag != f"{TEI}p" and next(element.iterancestors(source), None) is not None


def _place(document: Document, header: _Header, path: str) -> Location:
    """The place of what is nearest to a part of the header that may not be there."""
    nearest = next((one for name in (path, FILE) for one in header.first(name)), header.element)
    return document.location(nearest)
