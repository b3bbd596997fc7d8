"""The registers of persons, places and organisations, and the forms under which each entry is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Report
from editio.documents import find_documents, read_documents
from editio.model import Document, Entry, Name, Office, Period

# A kind of entry in a register: its list, and the element that names it in a text.
KINDS = {"person": "persName", "place": "placeName", "org": "orgName"}
FILES = {"person": "persons", "place": "places", "org": "orgs"}


def load_registers(root: Path, folder: str, report: Report) -> tuple[Document, ...]:
    """The registers of a project, in file order; one that cannot be read is a diagnostic."""
    found = read_documents(find_documents(root / folder), report, codes.MALFORMED_REGISTER)
    for register in found:
        if register.root.tag != f"{tei.TEI}TEI":
            message = f"the register's root is not TEI but {tei.local_name(register.root)}"
            report.add(codes.MALFORMED_REGISTER, register.location(register.root), message)
    return tuple(register for register in found if register.root.tag == f"{tei.TEI}TEI")


def entries(registers: tuple[Document, ...], report: Report) -> dict[str, Entry]:
    """All entries of the registers by id."""
    found: dict[str, Entry] = {}
    for register in registers:
        for node in register.root.iter(*(f"{tei.TEI}{kind}" for kind in KINDS)):
            entry = _entry(node, register, report)
            if entry is None:
                continue
            if entry.id in found:
                report.add(
                    codes.MALFORMED_REGISTER,
                    register.location(node),
                    f"two entries have the id “{entry.id}”",
                    "give one of them another xml:id",
                )
            found.setdefault(entry.id, entry)
    return found


def _entry(node: etree._Element, register: Document, report: Report) -> Entry | None:
    kind = tei.local_name(node)
    id = node.get(tei.XML_ID)
    names = _names(node, kind)
    if not id or not names:
        lacks = "xml:id" if not id else f"{KINDS[kind]} with text"
        report.add(
            codes.MALFORMED_REGISTER, register.location(node), f"a {kind} has no {lacks}", f"give it one: {lacks}"
        )
        return None
    if not re.fullmatch(r"[^\W\d][\w.-]*", id):
        message = f"“{id}” is not an id: letters, digits, “.”, “-” and “_”, beginning with a letter"
        report.add(codes.MALFORMED_REGISTER, register.location(node), message, "give the entry another xml:id")
        return None
    main = next((name for name in names if name.type == "main"), names[0])
    period = Period(_when(node, "birth"), _when(node, "death"))
    description = next((_words(note) for note in node.findall(f"{tei.TEI}note[@type='description']")), "")
    return Entry(id, kind, main.words, register.name, node, names, _offices(node), period, description)


def _names(node: etree._Element, kind: str) -> tuple[Name, ...]:
    return tuple(_name(name) for name in node.findall(f"{tei.TEI}{KINDS[kind]}") if _words(name))


def _name(node: etree._Element) -> Name:
    def part(name: str) -> str:
        return " ".join(_words(one) for one in node.findall(f"{tei.TEI}{name}"))

    return Name(
        _words(node),
        node.get("type", ""),
        next((found.get(tei.XML_LANG, "") for found in _and_ancestors(node) if found.get(tei.XML_LANG)), ""),
        tuple(_words(one) for one in node.findall(f"{tei.TEI}forename")),
        part("surname"),
        part("nameLink"),
        part("roleName"),
        part("genName"),
        part("addName"),
        _period(node),
    )


def _and_ancestors(node: etree._Element) -> Iterator[etree._Element]:
    yield node
    yield from node.iterancestors()


def _offices(node: etree._Element) -> tuple[Office, ...]:
    """What a person was, and when: state, occupation and affiliation of the entry."""
    found = node.iterchildren(*(f"{tei.TEI}{name}" for name in ("state", "occupation", "affiliation")))
    return tuple(Office(_words(one), _period(one), one.get("ref", "")) for one in found if _words(one))


def _when(node: etree._Element, name: str) -> str:
    found = node.find(f"{tei.TEI}{name}")
    return _first(found, ("when", "notBefore", "from", "notAfter", "to")) if found is not None else ""


def _period(node: etree._Element) -> Period:
    return Period(_first(node, ("from", "notBefore", "when")), _first(node, ("to", "notAfter", "when")))


def _first(node: etree._Element, attributes: Iterable[str]) -> str:
    return next((value for name in attributes if (value := node.get(name))), "")


def _words(node: etree._Element) -> str:
    return " ".join(tei.text_of(node).split())


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
