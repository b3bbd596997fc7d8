"""The running text of a document, with what its TEI says of stretches of it: names marked already, headings, signatures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from editio import tei
from editio.dating.speech import spoken
from editio.model import Document
from editio.tei import Unit

# What an element says of the text in it.
ROLES = {
    **dict.fromkeys(("head", "byline", "docTitle", "docImprint", "titlePart", "trailer"), "heading"),
    "dateline": "dateline",
    "signed": "signature",
    "salute": "salute",
    "speaker": "speaker",
}
KINDS = {
    **dict.fromkeys(("persName", "surname", "forename"), "person"),
    **dict.fromkeys(("placeName", "settlement", "country", "region", "district", "geogName", "bloc"), "place"),
    "orgName": "org",
    "eventName": "event",
}
# Elements whose kind is in @type.
TYPED = frozenset({"rs", "name"})
TYPES = {
    "person": "person",
    "place": "place",
    "org": "org",
    "organisation": "org",
    "organization": "org",
    "event": "event",
}
# What holds no names, or is marked as something else.
OTHER = frozenset("date time idno ref formula code gi eg egXML fw num measure g".split())


@dataclass(frozen=True)
class Marked:
    """A stretch that the TEI marks: its kind (empty for what is no name), and whether it points to an entry."""

    start: int
    end: int
    kind: str
    linked: bool


@dataclass(frozen=True)
class Part:
    """A stretch whose element says what it is: ``heading``, ``dateline``, ``signature``, ``salute``, ``speaker``,
    ``participant``.
    """

    start: int
    end: int
    role: str


@dataclass(frozen=True)
class Passage:
    """The text of one document (NFC), its units two newlines apart, and what is known of stretches of it."""

    document: str
    language: str
    text: str
    marked: tuple[Marked, ...] = ()
    parts: tuple[Part, ...] = ()


def passage_of(document: Document, language: str) -> Passage:
    """The text of a TEI document; ``language`` is the edition's, for a document that shows none itself."""
    marked: list[Marked] = []
    parts: list[Part] = []
    pieces: list[str] = []
    at = 0
    for text in _texts(document.root):
        for unit in tei.units(text):
            words = unit.text
            if len(unit.element) or tei.local_name(unit.element) in ROLES or unit.element.tag != f"{tei.TEI}p":
                _describe(unit, at, marked, parts)
            if not words.isascii():
                words = unicodedata.normalize("NFC", words)
            pieces.append(words)
            at += len(words) + 2
    whole = "\n\n".join(pieces)
    declared = document.root.get(tei.XML_LANG, "") or language
    return Passage(document.id, language_of(whole, declared), whole, tuple(marked), tuple(parts))


def _texts(root: etree._Element) -> Iterator[etree._Element]:
    """The outermost texts of a document or corpus."""
    wanted = (f"{tei.TEI}text", f"{tei.TEI}sourceDoc")
    return (node for node in root.iter(*wanted) if not any(one.tag in wanted for one in node.iterancestors()))


def _describe(unit: Unit, at: int, marked: list[Marked], parts: list[Part]) -> None:
    """Note which stretches of a unit are marked, as offsets into the normalised whole."""
    length = len(unit.text)
    plain = unicodedata.is_normalized("NFC", unit.text)

    def place(offset: int) -> int:
        return at + (offset if plain else len(unicodedata.normalize("NFC", unit.text[:offset])))

    until = 0
    for node, offset in tei.elements_with_offsets(unit.element):
        name = tei.local_name(node)
        if name not in ROLES and name not in KINDS and name not in TYPED and name not in OTHER:
            continue
        end = min(offset + len(tei.running_text_of_unit(node)), length)
        if name in ROLES:
            parts.append(Part(place(offset), place(end), ROLES[name]))
        elif node.get("resp") == "#editio" and name == "persName" and not node.get("ref"):
            continue  # marked by cues: the survey gives its own, and does not take the kind for sure
        elif offset >= until and end > offset:  # the outermost name counts
            kind = KINDS.get(name) or TYPES.get(node.get("type", ""), "")
            if kind or name in OTHER:
                until = end
                marked.append(Marked(place(offset), place(end), kind, bool(node.get("ref") or node.get("key"))))
    if _is_participant(unit.element):
        parts.append(Part(at, place(length), "participant"))
    role = next((ROLES[name] for one in unit.element.iterancestors() if (name := tei.local_name(one)) in ROLES), "")
    if role:
        parts.append(Part(at, place(length), role))


def _is_participant(node: etree._Element) -> bool:
    parent = node.getparent()
    return tei.local_name(node) == "item" and parent is not None and parent.get("type") == "participants"


def language_of(text: str, declared: str) -> str:
    """The language a text shows by its smallest words; the declared one where that is not clear."""
    own, found = declared.split("-", maxsplit=1)[0], spoken(text)
    return own if own in found or not found else min(found)
