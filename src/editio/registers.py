"""The registers of persons, places and organisations, and the forms under which each entry is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Report
from editio.documents import find_documents, read_documents
from editio.model import Document, Entry

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
    main = next((name for name in names if name.get("type") == "main"), names[0])
    return Entry(id, kind, _words(main), register.name, node)


def _names(node: etree._Element, kind: str) -> list[etree._Element]:
    return [name for name in node.findall(f"{tei.TEI}{KINDS[kind]}") if _words(name)]


def _words(node: etree._Element) -> str:
    return " ".join(tei.text_of(node).split())


def forms(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Every form that names an entry, and whether it is a short one that counts only where nothing qualifies it."""
    for name in _names(entry.element, entry.kind):
        kind = name.get("type", "")
        if kind == "sort":
            continue
        words = _words(name)
        yield words, kind == "short"
        if entry.kind == "person":
            yield from _person_forms(name)


def _person_forms(name: etree._Element) -> Iterator[tuple[str, bool]]:
    """Forms built from forename, patronymic and surname: initials, inverted order, the surname alone."""
    surname = " ".join(_words(part) for part in name.findall(f"{tei.TEI}surname"))
    forenames = [_words(part) for part in name.findall(f"{tei.TEI}forename")]
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
