"""Reads registers: their entries, and the forms under which each entry is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Report
from editio.documents import find_documents, read_documents
from editio.model import Document, Entry, Name, Office, Period
from editio.registers.faults import fault_of_name

# The elements that are entries, and their kinds.
ELEMENTS = {"person": "person", "personGrp": "person", "place": "place", "org": "org", "event": "event"}
# The elements that name an entry in the register itself; those behind the first count where it has none before them.
NAMING = {
    "person": ("persName", "name"),
    "place": ("placeName", "geogName", "name"),
    "org": ("orgName", "name"),
    "event": ("label", "eventName"),
}
# What a person was: elements whose words are an office.
OFFICES = ("state", "occupation", "affiliation")
ID = re.compile(r"[^\W\d][\w.-]*")


def load_registers(root: Path, folder: str, report: Report) -> tuple[Document, ...]:
    """The registers of a project, in file order; one that cannot be read is a diagnostic."""
    found = read_documents(find_documents(root / folder), report, codes.MALFORMED_REGISTER)
    for register in found:
        if register.root.tag != f"{tei.TEI}TEI":
            message = f"the register's root is not TEI but {tei.local_name(register.root)}"
            report.add(codes.MALFORMED_REGISTER, register.location(register.root), message)
    return tuple(register for register in found if register.root.tag == f"{tei.TEI}TEI")


def entry_elements(root: etree._Element) -> Iterator[etree._Element]:
    """The elements of a register that are its entries; an event told within another entry is one if it has an id."""
    return filter(is_entry, root.iter(*(f"{tei.TEI}{name}" for name in ELEMENTS)))


def entries_of(document: Document) -> Iterator[etree._Element]:
    """The same of a document that stays as it is, one kind after the other."""
    return filter(is_entry, document.lookup.elements(*ELEMENTS))


def is_entry(node: etree._Element) -> bool:
    """Whether an element of an entry's name is one: an event told within another entry is not, unless it has an id."""
    if tei.local_name(node) != "event":
        return True
    within = node.getparent()
    told = within is not None and tei.local_name(within) != "listEvent"
    return not told or bool(node.get(tei.XML_ID))


def entries(registers: tuple[Document, ...], report: Report) -> dict[str, Entry]:
    """All entries of the registers by id; what is wrong with one is a diagnostic."""
    found: dict[str, Entry] = {}
    for register in registers:
        for node in entry_elements(register.root):
            entry = _entry(node, register, report)
            if entry is None:
                continue
            if entry.id in found:
                place = register.location(node)
                report.add(
                    codes.MALFORMED_ENTRY,
                    place,
                    f"two entries have the id “{entry.id}”",
                    "give one of them another xml:id",
                    about=(f"{place.line}:{place.column}“{entry.id}”",),
                )
            found.setdefault(entry.id, entry)
    return found


Children = Mapping[str, Sequence[etree._Element]]


def _entry(node: etree._Element, register: Document, report: Report) -> Entry | None:
    element = tei.local_name(node)
    kind = ELEMENTS[element]
    id = node.get(tei.XML_ID)
    children = _children(node)
    language = _language(node)
    naming = next((children[name] for name in NAMING[kind] if name in children), ())
    names = [(one, _name(one, language)) for one in naming]
    worded = [name for _, name in names if name.words]
    same_as = node.get("sameAs", "").rpartition("#")[2]
    if not id or not (worded or same_as):
        lacks = "xml:id" if not id else f"{NAMING[kind][0]} with text"
        place = register.location(node)
        message, about = f"a {element} has no {lacks}", (f"{place.line}:{place.column}",)
        report.add(codes.MALFORMED_ENTRY, place, message, f"give it one: {lacks}", about=about)
        return None
    if not ID.fullmatch(id):
        message = f"“{id}” is not an id: letters, digits, “.”, “-” and “_”, beginning with a letter"
        report.add(codes.MALFORMED_ENTRY, register.location(node), message, "give the entry another xml:id")
        return None
    usable = tuple(_usable(names, register, report))
    shown = next((name for name in worded if name.type == "main"), worded[0] if worded else Name(id))
    period = _lifetime(children) if element == "person" else _period(node)
    return Entry(
        id, kind, shown.words, register.name, node, usable, _offices(children), period, _description(children), same_as
    )


def _children(node: etree._Element) -> Children:
    """The children of an entry by name: an entry is asked for many, and a register may have a hundred thousand."""
    found: dict[str, list[etree._Element]] = {}
    for child in node.iterchildren(etree.Element):
        found.setdefault(tei.local_name(child), []).append(child)
    return found


def _usable(names: Iterable[tuple[etree._Element, Name]], register: Document, report: Report) -> Iterator[Name]:
    """The names under which an entry can be looked for; the others are reported."""
    for node, name in names:
        fault = fault_of_name(name)
        if fault:
            report.add(codes.UNUSABLE_NAME, register.location(node), fault)
        else:
            yield name


# The parts of a name that are one string each.
PARTS = ("surname", "nameLink", "roleName", "genName", "addName")


def _name(node: etree._Element, language: str) -> Name:
    parts = _children(node) if len(node) else {}
    own = node.get(tei.XML_LANG) or language
    words, type, period = _words(node), node.get("type", ""), _period(node)
    if not parts:
        return Name(words, type, own, period=period)
    forenames = tuple(_words(one) for one in parts.get("forename", ()))
    surname, link, role, generation, added = (_together(parts.get(part, ())) for part in PARTS)
    return Name(words, type, own, forenames, surname, link, role, generation, added, period)


def _together(nodes: Iterable[etree._Element]) -> str:
    return " ".join(_words(node) for node in nodes)


def _language(node: etree._Element | None) -> str:
    while node is not None:
        if found := node.get(tei.XML_LANG):
            return found
        node = node.getparent()
    return ""


def _description(children: Children) -> str:
    return next((_words(note) for note in children.get("note", ()) if note.get("type") == "description"), "")


def _offices(children: Children) -> tuple[Office, ...]:
    """What a person was, and when; of a state its label counts, if it has one."""
    found: list[Office] = []
    for one in (one for name in OFFICES for one in children.get(name, ())):
        label = one.find(f"{tei.TEI}label")
        words = _words(one if label is None else label)
        if words:
            found.append(Office(words, _period(one)))
    return tuple(found)


BEGINNINGS = ("when", "notBefore", "from", "notAfter", "to")
ENDS = ("when", "notAfter", "to", "notBefore", "from")


def _lifetime(children: Children) -> Period:
    return Period(_when(children.get("birth", ()), BEGINNINGS), _when(children.get("death", ()), ENDS))


def _when(nodes: Sequence[etree._Element], attributes: Sequence[str]) -> str:
    """The date of a birth or death, which may stand in a date within it."""
    for node in nodes[:1]:
        for dated in (node, *node.iterchildren(f"{tei.TEI}date")):
            if value := _first(dated, attributes):
                return value
    return ""


def _period(node: etree._Element) -> Period:
    """The time that the attributes of an element say; most names have none."""
    if not node.attrib:
        return Period()
    return Period(_first(node, ("from", "notBefore", "when")), _first(node, ("to", "notAfter", "when")))


def _first(node: etree._Element, attributes: Sequence[str]) -> str:
    return next((value for name in attributes if (value := node.get(name))), "")


def _words(node: etree._Element) -> str:
    """The words of an element in the composed form (NFC), so that é is é however it was typed."""
    return unicodedata.normalize("NFC", " ".join(tei.text_of(node).split()))


def canonical(id: str, entries: Mapping[str, Entry]) -> str:
    """The id of the entry that an entry is the same as by sameAs, or its own; a circle ends where it began."""
    seen = {id}
    while id in entries and (other := entries[id].same_as) in entries and other not in seen:
        seen.add(other)
        id = other
    return id


def forms(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Every form that names an entry, and whether it is a short one that counts only where nothing qualifies it."""
    for name in entry.names:
        if name.type == "sort":
            continue
        yield name.words, name.type == "short"
        if entry.kind == "person":
            yield from _person_forms(name)


def _person_forms(name: Name) -> Iterator[tuple[str, bool]]:
    """Forms built from forename, patronymic and surname: initials, inverted order, the surname alone."""
    surname, forenames = name.surname, list(name.forenames)
    if not surname:
        return
    yield surname, True
    if not forenames:
        return
    initials = [re.sub(r"\W", "", forename)[:1] for forename in forenames]
    for given in ([forenames[0]], forenames, initials, initials[:1], [forenames[0], *initials[1:]]):
        yield f"{' '.join(given)} {surname}", False
        yield f"{surname} {' '.join(given)}", False
        yield f"{surname}, {' '.join(given)}", False


def pointer(entry: Entry, document_folder: str) -> str:
    """The @ref of a mention: the register's file relative to the folder of the documents, and the entry's id."""
    folder = document_folder.rstrip("/") + "/"
    file = entry.file.removeprefix(folder) if entry.file.startswith(folder) else "../" + entry.file
    return f"{file}#{entry.id}"


def reference(entry: Entry, document_folder: str) -> dict[str, str]:
    """The attributes of a mention of an entry, for the element that ``kinds.KINDS`` names: @ref, and @type of an event."""
    kind = {"type": "event"} if entry.kind == "event" else {}
    return {**kind, "ref": pointer(entry, document_folder)}


def comparable(name: str) -> str:
    """A name for comparison: composed, without difference of capitals and spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
