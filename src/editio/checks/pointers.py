"""Checks of what points, and where it leads."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from lxml import etree

from editio import tei
from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.pointer_attributes import POINTERS, SEVERAL, is_pointer, is_single
from editio.pointing import Pointing, is_tei, prefixes, scheme_of
from editio.registry import Finding, check
from editio.uri_schemes import SCHEMES

# What some attributes are meant to point to, for who has to add it.
TARGETS = {
    "hand": "a <handNote> in the header",
    "new": "a <handNote> in the header",
    "resp": "who is responsible: a <respStmt>, a <person>",
    "change": "a <change> in <revisionDesc> or <listChange>",
    "rendition": "a <rendition> in <tagsDecl>",
    "decls": "a declaration in the header",
    "scheme": "a <taxonomy> in the header",
    "calendar": "a <calendar> in <calendarDesc>",
    "datingMethod": "a <calendar> in <calendarDesc>",
    "who": "a <person>, a <role> or an entry of a register",
    "facs": "a <surface> or <zone>",
}
# What an attribute can point to in its own document and make sense; whatever else is named there is a slip.
KINDS = {
    name: frozenset(f"{tei.TEI}{element}" for element in elements.split())
    for name, elements in {
        "hand": "handNote handDesc scriptNote person personGrp org respStmt",
        "new": "handNote scriptNote person",
        "rendition": "rendition",
        "change": "change listChange",
        "facs": "surface surfaceGrp zone graphic media binaryObject facsimile sourceDoc figure line path formula",
    }.items()
}

# So many pointers in one attribute, none of which leads anywhere, are one fault: what they point to was not delivered.
MANY, SHOWN = 5, 3


@check(
    Severity.ERROR,
    "correct the pointer, or add what it points to (a name: to the register)",
    'ref="registers/persons.xml#ana"',
)
def dangling_pointer(document: Document, edition: Edition) -> Iterable[Finding]:
    """A pointer names an id that its file does not have, or a file that the project does not have; or it is empty, or
    several stand where TEI allows one. All attributes are looked at that TEI defines as pointers; images have a check
    of their own."""
    pointing = Pointing(document, edition)
    by_id = document.lookup.by_id
    sound: set[str] = set()
    found: dict[tuple[str, str], list[_Astray]] = {}
    for element, name, value in document.lookup.attributes(*POINTERS):
        if value in sound:
            continue
        if value[:1] == "#" and value[1:] in by_id:
            sound.add(value)
            continue
        if not is_tei(element) or not is_pointer(name, tei.local_name(element)):
            continue
        faults = list(_faults(element, name, value, pointing))
        if not faults and not pointing.has_bases and name in SEVERAL and name != "facs":
            sound.add(value)
        found.setdefault((str(element.tag), name), []).extend(faults)
    for (tag, name), faulty in found.items():
        hint = f"correct the pointer, or add what it points to: {TARGETS[name]}" if name in TARGETS else ""
        if len(faulty) >= MANY and not _leads_anywhere(document, tag, name):
            yield Finding(document.location(faulty[0].element), _of_all(tag, name, faulty, by_id), hint)
        else:
            yield from (Finding(document.location(one.element), one.message, hint, one.about) for one in faulty)


@check(
    Severity.WARNING,
    "point to what is meant: by “#” and its id, by the file and “#” and the id, or by an address; a prefix that stands for "
    "your own addresses is declared by prefixDef; for words there is @key, or another attribute",
    '<persName ref="Emerson">  →  <persName ref="persons.xml#Emerson">',
)
def word_for_pointer(document: Document, edition: Edition) -> Iterable[Finding]:
    """An attribute that TEI defines as a pointer holds a word: neither a file nor an id of the document is called so. For
    each attribute the first place is told. Programs of the project may know what is meant; nobody else can."""
    pointing = Pointing(document, edition)
    found: dict[tuple[str, str], list[tuple[etree._Element, str]]] = {}
    for element, name, value in document.lookup.attributes(*POINTERS):
        if name == "url" or value[:1] in ("#", "") or "://" in value or not is_tei(element):
            continue
        words = value.split() if is_pointer(name, tei.local_name(element)) else ()
        if any(pointing.is_word(word) and pointing.fault(word, element) for word in words):
            found.setdefault((str(element.tag), name), []).append((element, value))
    for (_, name), bearers in found.items():
        element, value = bearers[0]
        more = f", as in {len(bearers) - 1} more {tei.local_name(element)}/@{name}" if len(bearers) > 1 else ""
        message = f"@{name} should point somewhere, but “{value[:60]}” does not{more}{pointing.entry_of(value)}"
        yield Finding(document.location(element), message)


@dataclass(frozen=True)
class _Astray:
    """An attribute that does not lead where it should; what its finding is about, if its value is not of the right form."""

    element: etree._Element
    value: str
    message: str
    about: tuple[str, ...] = ()


def _faults(element: etree._Element, name: str, value: str, pointing: Pointing) -> Iterable[_Astray]:
    about = (f"@{name}",)
    pointers = value.split()
    if not pointers:
        yield _Astray(element, value, f"@{name} is empty", about)
    if len(pointers) > 1 and is_single(name, tei.local_name(element)) and not all(map(pointing.is_word, pointers)):
        message = f"@{name} can hold one pointer only, but this is {len(pointers)}: “{value}”"
        yield _Astray(element, value, message, about)
    for pointer in pointers:
        # an image is looked for by missing-image, a word is told by word-for-pointer
        is_apart = (name == "facs" and "#" not in pointer) or pointing.is_word(pointer)
        message = "" if is_apart else pointing.fault(pointer, element)
        if message:
            yield _Astray(element, value, message)


def _leads_anywhere(document: Document, tag: str, name: str) -> bool:
    """Whether any pointer to an id, in this attribute of these elements, finds it."""
    by_id = document.lookup.by_id
    values = (value for element, _, value in document.lookup.attributes(name) if element.tag == tag)
    return any(one[:1] == "#" and one[1:] in by_id for value in values for one in value.split())


def _of_all(tag: str, name: str, faulty: list[_Astray], known: Container[str]) -> str:
    """What is wrong with all pointers of an attribute, in one sentence."""
    some = list(dict.fromkeys(one.value for one in faulty))
    shown = ", ".join(f"“{value[:40]}”" for value in some[:SHOWN]) + (" …" if len(some) > SHOWN else "")
    element = tag.rpartition("}")[2]
    are_ids = all(value in known for value in some)
    meant = "; the ids of these names are pointed to with “#” before them" if are_ids else ""
    return f"none of the {len(faulty)} pointers in @{name} of {element} leads anywhere: {shown}{meant}"


@check(
    Severity.INFO,
    "declare the prefix by a prefixDef in the header, or write the whole address",
    '<prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="registers/persons.xml#$1"/>',
)
def unknown_prefix(document: Document, edition: Edition) -> Iterable[Finding]:
    """A pointer begins with a private prefix that no prefixDef declares, so nobody can tell where it leads."""
    known: set[str] = set()
    for element, name, value in document.lookup.attributes(*POINTERS):
        if ":" not in value:
            continue
        for pointer in value.split():
            prefix = scheme_of(pointer)
            if not prefix or prefix in known or prefix.lower() in SCHEMES:
                continue
            if not is_tei(element) or not is_pointer(name, tei.local_name(element)):
                continue
            known.add(prefix)
            # “tei:4.9.0” in an ODD is the TEI's own way to name a release of it
            if prefix not in prefixes(document, edition) and not (prefix == "tei" and name == "source"):
                yield Finding(document.location(element), f"no prefixDef says what “{prefix}:” stands for")


@check(
    Severity.WARNING,
    "correct the pointer: @hand and @new point to a handNote, @rendition to a rendition, @change to a change, @facs to "
    "a surface or zone",
    '<add hand="#p1">',
)
def mistaken_target(document: Document, edition: Edition) -> Iterable[Finding]:
    """A pointer leads to an element of its document that cannot be meant: @hand to a paragraph, for instance."""
    by_id = document.lookup.by_id
    for element, name, value in document.lookup.attributes(*KINDS):
        if not is_tei(element) or not is_pointer(name, tei.local_name(element)):
            continue
        for pointer in value.split():
            found = by_id.get(pointer[1:]) if pointer.startswith("#") else None
            if found and is_tei(found[0]) and not any(one.tag in KINDS[name] for one in found):
                message = f"@{name} points to “{pointer}”, which is a {tei.local_name(found[0])}"
                yield Finding(document.location(element), message)


@check(Severity.ERROR, "give one of the elements another xml:id", '<p xml:id="a"/> … <p xml:id="a"/>')
def duplicate_id(document: Document, edition: Edition) -> Iterable[Finding]:
    """Two elements of one document have the same xml:id, so a pointer to it is ambiguous."""
    for id, elements in document.lookup.by_id.items():
        for element in elements[1:]:
            message = f"the id “{id}” was given in {document.line_of(elements[0])} already"
            yield Finding(document.location(element), message, about=(f"“{id}”",))
