"""Writes registers: new entries, changed and deleted ones, all or nothing, and only what stays valid."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Location, Report, refuse
from editio.kinds import FILES, LISTS
from editio.letters import without_marks
from editio.model import Document, Edition, Name
from editio.registers.cells import Item, Unreadable, read_dating
from editio.registers.changes import add_item, change_entry, refuse_foreign_cells
from editio.registers.faults import fault_of_coordinates, fault_of_name
from editio.registers.reading import ID, entries, entry_elements
from editio.registers.spelling import RegisterText, Unspellable, quoted
from editio.registers.table import ATTRIBUTES, COLUMNS, Row, attributes, children_of, items_of, name_in, read_cell
from editio.validate import schema_faults

TITLES = {"person": "Persons", "place": "Places", "org": "Organisations", "event": "Events"}
IDNOS = next(column for column in COLUMNS if column.header == "idnos")


@dataclass
class Changes:
    """What is to be changed in the registers of an edition before they are written."""

    edition: Edition
    texts: dict[str, RegisterText] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.texts = {register.name: RegisterText(register) for register in self.edition.registers}
        self.ids = set(self.edition.entries)

    def change(self, id: str, row: Row) -> bool:
        """Give an entry the cells of a row; whether anything changes. Unreadable if a cell says what cannot be."""
        entry = self.edition.entries[id]
        return change_entry(self.texts[entry.file], entry.element, row)

    @cached_property
    def known(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Ids and names of entries by what no other entry may repeat: its kind and full name, its identifiers."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for entry in self.edition.entries.values():
            for item in items_of(entry.element, IDNOS):
                found.setdefault((f"idno {item.type}", item.words), (entry.id, entry.name))
            found.setdefault((entry.kind, comparable(entry.name)), (entry.id, entry.name))
        return found

    def refuse_repetition(self, row: Row, place: Location) -> None:
        """Refuse a new entry that the registers have already; one that has an id may have another's name."""
        id = row.get("id", "")
        if id in self.edition.entries:
            where = self.edition.entries[id].file
            raise refuse(codes.SAME_ENTRY, place, f"there is an entry “{id}” already, in {where}")
        own = [(f"idno {item.type}", item.words) for item in read_cell(row.get("idnos", ""), IDNOS)]
        for key in [*own, *([] if id else [(row["kind"], comparable(name_in(row)))])]:
            if key in self.known:
                other, name = self.known[key]
                what = "identifier" if key in own else "name"
                raise refuse(codes.SAME_ENTRY, place, f"the entry “{other}” ({name}) has this {what} already")

    def add(self, row: Row) -> str:
        """Add an entry; its id, made from its name if the row has none. Unreadable if a cell says what cannot be."""
        refuse_foreign_cells(row, row["kind"])
        if not name_in(row):
            raise Unreadable("an entry needs a name")
        id = row.get("id") or self._new_id(row)
        if not ID.fullmatch(id):
            raise Unreadable(f"“{id}” is not an id: letters, digits, “.”, “-” and “_”, beginning with a letter")
        coordinates = row.get("coordinates", "").strip()
        if coordinates and (fault := fault_of_coordinates(coordinates)):
            raise Unreadable(fault)
        made = {**row, "id": id}
        list(children_of(made, ""))
        read_dating(row.get("date", ""))
        self.ids.add(id)
        self.known.setdefault((row["kind"], comparable(name_in(row))), (id, name_in(row)))
        self.rows.setdefault(row["kind"], []).append(made)
        return id

    def delete(self, id: str) -> None:
        """Take an entry out of its register."""
        entry = self.edition.entries[id]
        self.texts[entry.file].remove(entry.element)

    def _new_id(self, row: Row) -> str:
        """The surname or name in small letters, and more of the name, or a number, where that is taken."""
        surname = " ".join(row.get("surname", "").split())
        first = " ".join(row.get("forenames", "").replace(";", " ").split())
        wishes = [*([surname, f"{surname} {first}"] if surname else []), name_in(row)]
        slugs = [slug for wish in wishes if (slug := _slug(wish))] or [row["kind"]]
        numbered = (f"{slugs[-1]}-{number}" for number in range(2, len(self.ids) + 3))
        return next(id for id in (*slugs, *numbered) if id not in self.ids)

    def write(self) -> tuple[str, ...]:
        """Write the registers that change; their names. Refused, with nothing written, if one would not be valid."""
        try:
            self._place_new_entries()
            made = {name: text.result() for name, text in self.texts.items() if text.edits}
        except Unspellable as fault:
            raise refuse(codes.UNWRITTEN_REGISTER, Location(), f"a register cannot be edited: {fault}") from None
        if made:
            self._prove(made)
        return tuple(name for name, data in made.items() if tei.write_if_changed(self.edition.root / name, data))

    def _place_new_entries(self) -> None:
        for kind, rows in self.rows.items():
            text, home = self._home(kind)
            siblings = [one for one in entry_elements(home) if one.getparent() is home]
            if siblings:
                for row in rows:
                    text.insert_after(siblings[-1], _entry(row, text, siblings[-1]))
            else:
                text.rewrite(home, {}, "\n" + "".join(f"{_entry(row, text, None)}\n" for row in rows))

    def _home(self, kind: str) -> tuple[RegisterText, etree._Element]:
        """The list that new entries of a kind go to: in the file called after the kind, else the first; or a new file."""
        by_name = sorted(self.texts.values(), key=lambda one: Path(one.document.name).stem != FILES[kind])
        for text in by_name:
            found = text.document.root.find(f".//{tei.TEI}standOff/{tei.TEI}{LISTS[kind]}")
            if found is not None:
                return text, found
        document = _new_register(kind, self.edition)
        if document.name in self.texts:
            message = f"the file {document.name} has no {LISTS[kind]} to put the entry in"
            raise refuse(codes.UNWRITTEN_REGISTER, Location(document.name), message)
        text = self.texts[document.name] = RegisterText(document)
        found = document.root.find(f".//{tei.TEI}{LISTS[kind]}")
        assert found is not None
        return text, found

    def _prove(self, made: dict[str, bytes]) -> None:
        """Refuse changes with which a register, valid before, would not be; or two entries would have one id."""
        before = {register.name: register for register in self.edition.registers}
        after: list[Document] = []
        for name, data in made.items():
            new = Document(Path(name).stem, name, tei.parse(data), data)
            fault = _first_fault(new, self.edition)
            if fault and not (name in before and _first_fault(before[name], self.edition)):
                raise refuse(codes.UNWRITTEN_REGISTER, Location(name), f"the register would not be valid: {fault}")
            after.append(new)
        others = tuple(one for one in self.edition.registers if one.name not in made)
        found = Report(self.edition.root)
        entries((*others, *after), found)
        if found.failed():
            first = next(iter(found))
            raise refuse(codes.UNWRITTEN_REGISTER, Location(first.location.file), first.message)


def _first_fault(document: Document, edition: Edition) -> str:
    faults = schema_faults(document, edition.root / document.name, edition)
    return next((f"{one.message} (line {one.location.line})" for one in faults), "")


def _entry(row: Row, text: RegisterText, like: etree._Element | None) -> str:
    """The XML of a new entry, on lines like those of its neighbour."""
    prefix = text.prefix(like) if like is not None else ""
    kind = row["kind"]
    given = [(name, row.get(header, "").strip()) for header, (name, _) in ATTRIBUTES.items()]
    dates = read_dating(row.get("date", "")) if kind == "event" else ()
    tag = f'{prefix}{kind} xml:id="{quoted(row["id"])}"{attributes([*given, *dates])}'
    first = next(like.iterchildren(etree.Element), None) if like is not None else None
    inside = text.lead(first) if first is not None else "\n"
    children = "".join(inside + raw for _, raw in children_of(row, prefix))
    return f"<{tag}>{children}{text.lead(like) if like is not None else inside}</{prefix}{kind}>"


def _new_register(kind: str, edition: Edition) -> Document:
    settings = edition.settings
    language = f' xml:lang="{quoted(settings.edition.language)}"' if settings.edition.language else ""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{tei.NS}" xml:id="{FILES[kind]}"{language}>\n'
        f"<teiHeader>\n<fileDesc>\n<titleStmt>\n<title>{TITLES[kind]}</title>\n</titleStmt>\n"
        "<publicationStmt>\n<p>Register of the edition in this folder.</p>\n</publicationStmt>\n"
        "<sourceDesc>\n<p>Written by the editors.</p>\n</sourceDesc>\n</fileDesc>\n</teiHeader>\n"
        f"<standOff>\n<{LISTS[kind]}>\n</{LISTS[kind]}>\n</standOff>\n</TEI>\n"
    )
    data = text.encode()
    return Document(FILES[kind], f"{settings.names.registers}/{FILES[kind]}.xml", tei.parse(data), data)


def _slug(words: str) -> str:
    """Words as an id: small letters without accents, hyphens between them."""
    return tei.xml_name(without_marks(words).lower())


def comparable(name: str) -> str:
    """A name for comparison: composed, without difference of capitals and spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


# What to do where a command, and no row of a table, asked for what cannot be.
CORRECT = "correct what you gave the command; nothing was written"


def add_entry(edition: Edition, row: Row) -> tuple[str, str]:
    """Add an entry to the register of its kind: its id, and the name of the file.

    ``row`` has cells by the columns of the table (docs/guide.md, “The registers as a table”), ``kind`` and ``name`` at
    least. Refused if an entry has its id, one of its identifiers or, unless the row gives an id, its name.
    """
    changes = Changes(edition)
    changes.refuse_repetition(row, Location())
    if words := name_in(row):
        fault = fault_of_name(Name(words, "main"))
        if fault:
            raise refuse(codes.UNUSABLE_ROW, Location(), fault, CORRECT)
    try:
        id = changes.add(row)
    except Unreadable as fault:
        raise refuse(codes.UNUSABLE_ROW, Location(), str(fault), CORRECT) from None
    written = changes.write()
    return id, next(iter(written), "")


def with_identifier(register: Document, id: str, type: str, value: str) -> bytes:
    """A register with one more idno in an entry, and nothing else of it changed; Unspellable if that cannot be."""
    node = next((one for one in entry_elements(register.root) if one.get(tei.XML_ID) == id), None)
    if node is None:
        raise Unspellable(f"it has no entry “{id}”")
    if not len(node):
        raise Unspellable(f"the entry “{id}” is empty" if not tei.text_of(node) else f"the entry “{id}” has no name")
    text = RegisterText(register)
    add_item(text, node, IDNOS, Item(value, (), type))
    return text.result()
