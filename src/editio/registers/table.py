"""The table of a register: its columns, what of an entry each shows, and the XML that a new cell becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from editio import tei
from editio.kinds import KINDS
from editio.registers.cells import DATES, Item, Unreadable, dating, read_dating, read_items, write_items
from editio.registers.reading import ELEMENTS, NAMING
from editio.registers.spelling import escaped, quoted

PERSON = ("person",)
ALL = tuple(KINDS)
Row = Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column that shows child elements of an entry, one item for each.

    ``names`` are the elements, ``types`` the values of @type that belong to it (empty: any). What is new becomes
    ``names[0]`` with the first of the types. ``inner`` is the element that holds the words, if it is not the child.
    """

    header: str
    kinds: tuple[str, ...]
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    typed: bool = False
    single: bool = False
    dated: bool = True
    inner: str = ""

    def names_in(self, kind: str) -> tuple[str, ...]:
        """The elements of the column in an entry of a kind: of names, those of the kind."""
        return self.names or NAMING[kind]


NAMES = (
    Column("variants", ALL, types=("variant", "")),
    Column("short names", ALL, types=("short",)),
    Column("nicknames", PERSON, types=("nickname",)),
    Column("sort name", ALL, types=("sort",)),
    Column("other names", ALL, typed=True),
)
OTHERS = (
    Column("sex", PERSON, ("sex",), dated=False),
    Column("nationality", PERSON, ("nationality",)),
    Column("occupations", PERSON, ("occupation",)),
    Column("offices", PERSON, ("state",), inner="label"),
    Column("affiliations", PERSON, ("affiliation",)),
    Column("residences", PERSON, ("residence",)),
    Column("description", ALL, ("note",), ("description",), single=True, dated=False),
    Column("idnos", ALL, ("idno",), typed=True, dated=False),
)
COLUMNS = (*NAMES, *OTHERS)
# The parts of a person's main name, by their columns.
PARTS = {
    "role name": "roleName",
    "forenames": "forename",
    "added name": "addName",
    "name link": "nameLink",
    "surname": "surname",
    "generation": "genName",
}
LIVES = {"birth": "birth", "death": "death"}
PLACED = {"birth place": "birth", "death place": "death"}
# Columns that are attributes of the entry, and their kinds.
ATTRIBUTES = {"type": ("type", ("place", "org", "event")), "same as": ("sameAs", ALL)}
HEADERS = (
    *("id", "kind", "type", "name", *PARTS, *(column.header for column in NAMES), "birth", "birth place", "death"),
    *(
        "death place",
        "date",
        *(column.header for column in OTHERS[:6]),
        "coordinates",
        "description",
        "idnos",
        "same as",
    ),
)
# In which order the children of an entry stand, so that what is added is valid.
_NAMES = "persName orgName placeName geogName settlement region country name rs label eventName".split()
_ENDS = (
    "note noteGrp bibl biblStruct biblFull listBibl ptr linkGrp link place listPlace person personGrp org listOrg "
    "listPerson event listEvent"
).split()
ORDER = {
    "person": (*_NAMES, *"birth death sex nationality occupation state affiliation residence education".split()),
    "place": (*_NAMES, "location", "desc"),
    "org": (*_NAMES, "idno", "location", "desc"),
    "event": ("idno", "head", *_NAMES, "desc"),
}


def rank(kind: str, name: str) -> int:
    """How far behind a child stands in an entry of a kind; what the table does not know stands before the last ones."""
    known = ORDER[kind]
    order = [*known, "", *_ENDS] if "idno" in known else [*known, "", "idno", *_ENDS]
    return order.index(name if name in order else "") if name != "head" or "head" in known else -1


def headers_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The columns that entries of these kinds may use."""
    wanted = set(kinds)
    known = {column.header: set(column.kinds) for column in COLUMNS}
    known |= {header: {"person"} for header in (*PARTS, *LIVES, *PLACED)}
    known |= {header: set(of) for header, (_, of) in ATTRIBUTES.items()}
    known |= {"date": {"event"}, "coordinates": {"place", "org"}}
    return tuple(header for header in HEADERS if known.get(header, wanted) & wanted)


# --- an entry as a row ------------------------------------------------------------------------------


def row_of(node: etree._Element) -> dict[str, str]:
    """What the table shows of an entry; columns that it does not use are left out."""
    kind = ELEMENTS[tei.local_name(node)]
    row = {"id": node.get(tei.XML_ID, ""), "kind": kind}
    row |= {header: node.get(name, "") for header, (name, kinds) in ATTRIBUTES.items() if kind in kinds}
    main = main_name(node)
    row["name"] = words_of(main) if main is not None else ""
    # most entries have few of the columns, and a register may have a hundred thousand entries
    present = {tei.local_name(child) for child in node}
    for column in COLUMNS:
        if kind in column.kinds:
            found = not present.isdisjoint(column.names_in(kind))
            row[column.header] = _cell(column, items_of(node, column)) if found else ""
    if kind == "person":
        for header, name in PARTS.items():
            parts = main.iterchildren(f"{tei.TEI}{name}") if main is not None else ()
            row[header] = write_items((Item(words_of(part)) for part in parts), typed=False)
        for header, place in zip(LIVES, PLACED, strict=True):
            life = node.find(f"{tei.TEI}{header}")
            row[header] = dating(_attributes(dated(life))) if life is not None else ""
            row[place] = words_of(life) if life is not None else ""
    if kind == "event":
        row["date"] = dating(_attributes(node))
    if kind in ("place", "org"):
        geo = geo_of(node)
        row["coordinates"] = words_of(geo) if geo is not None else ""
    return row


def _cell(column: Column, items: list[Item]) -> str:
    if column.single and len(items) < 2:
        return items[0].words if items else ""
    return write_items(items, column.typed)


def main_name(node: etree._Element) -> etree._Element | None:
    """The name that registers show: the one of type main, else the first."""
    kind = ELEMENTS[tei.local_name(node)]
    found = (list(node.iterchildren(f"{tei.TEI}{name}")) for name in NAMING[kind])
    names = next((names for names in found if names), [])
    return next((name for name in names if name.get("type") == "main"), names[0] if names else None)


def elements_of(node: etree._Element, column: Column) -> list[etree._Element]:
    """The children of an entry that a column shows: those with words."""
    kind = ELEMENTS[tei.local_name(node)]
    named = node.iterchildren(*(f"{tei.TEI}{name}" for name in column.names_in(kind)))
    children = [one for one in named if item_of(one, column).words]
    if column.names:
        return [one for one in children if not column.types or one.get("type", "") in column.types]
    main = main_name(node)
    return [one for one in children if one is not main and _column_of_name(one, kind) is column]


def _column_of_name(node: etree._Element, kind: str) -> Column:
    named = (column for column in NAMES if kind in column.kinds and node.get("type", "") in column.types)
    return next(named, NAMES[-1])


def items_of(node: etree._Element, column: Column) -> list[Item]:
    """The items of a column as the entry has them."""
    return [item_of(one, column) for one in elements_of(node, column)]


def item_of(node: etree._Element, column: Column) -> Item:
    """A child of an entry as an item."""
    worded = node.find(f"{tei.TEI}{column.inner}") if column.inner else None
    words = words_of(node if worded is None else worded)
    if column.header == "sex" and not words:
        words = node.get("value", "")
    return Item(words, _dates(node) if column.dated else (), node.get("type", "") if column.typed else "")


def read_cell(cell: str, column: Column) -> list[Item]:
    """The items that a cell says; Unreadable if it is not written as the column is."""
    if column.single:
        words = " ".join(cell.split())
        return [Item(words)] if words else []
    items = read_items(cell, column.typed)
    for item in items:
        if not item.words:
            raise Unreadable(f"“{cell}” has an item without words")
        if item.dates and not column.dated:
            raise Unreadable(f"“{cell}” has dates, which this column cannot have; a bracket is written \\[")
        if column.typed and item.type and not re.fullmatch(r"[^\s\W]\S*", item.type):
            raise Unreadable(f"“{item.type}” is not a type: it is one word")
    return items


def dated(node: etree._Element) -> etree._Element:
    """The element that carries the date of a birth or death: itself, or the date within it."""
    if any(node.get(name) for name in DATES):
        return node
    date = node.find(f"{tei.TEI}date")
    return node if date is None else date


def geo_of(node: etree._Element) -> etree._Element | None:
    """The coordinates of a place."""
    return node.find(f"{tei.TEI}location/{tei.TEI}geo")


def words_of(node: etree._Element) -> str:
    """The words of an element as a cell has them."""
    return " ".join(tei.text_of(node).split())


def _dates(node: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in DATES if (value := node.get(name)))


def _attributes(node: etree._Element) -> dict[str, str]:
    return dict(_dates(node))


# --- a cell as XML ------------------------------------------------------------------------------------


def made(item: Item, column: Column, kind: str, prefix: str) -> str:
    """The XML of a new item."""
    name = prefix + column.names_in(kind)[0]
    type = item.type if column.typed else next(iter(column.types), "")
    words = escaped(item.words)
    if column.inner:
        words = f"<{prefix}{column.inner}>{words}</{prefix}{column.inner}>"
    return f"<{name}{attributes([('type', type), *item.dates])}>{words}</{name}>"


def attributes(values: Iterable[tuple[str, str]]) -> str:
    """Attributes as they are written in a tag; empty ones left out."""
    return "".join(f' {name}="{quoted(value)}"' for name, value in values if value)


def life(name: str, date: str, place: str, prefix: str) -> str:
    """The XML of a birth or death; empty if nothing is known of it."""
    if not date and not place:
        return ""
    start = f"<{prefix}{name}{attributes(read_dating(date))}"
    return f"{start}>{escaped(place)}</{prefix}{name}>" if place else f"{start}/>"


def location(coordinates: str, prefix: str) -> str:
    """The XML of coordinates."""
    return f"<{prefix}location><{prefix}geo>{escaped(coordinates)}</{prefix}geo></{prefix}location>"


def children_of(row: Row, prefix: str) -> Iterator[tuple[str, str]]:
    """The children of a new entry, each with the name of its element, in the order in which they stand."""
    kind = row["kind"]
    found = [(NAMING[kind][0], _main(row, prefix))]
    for column in COLUMNS:
        if kind in column.kinds:
            for item in read_cell(row.get(column.header, ""), column):
                found.append((column.names_in(kind)[0], made(item, column, kind, prefix)))
    if kind == "person":
        for header, place in zip(LIVES, PLACED, strict=True):
            if raw := life(header, row.get(header, ""), " ".join(row.get(place, "").split()), prefix):
                found.append((header, raw))
    if kind in ("place", "org") and row.get("coordinates", "").strip():
        found.append(("location", location(row["coordinates"].strip(), prefix)))
    yield from sorted(found, key=lambda one: rank(kind, one[0]))


def _main(row: Row, prefix: str) -> str:
    name = prefix + NAMING[row["kind"]][0]
    words = name_in(row)
    parts = parts_in(row) if row["kind"] == "person" else []
    return f'<{name} type="main">{tagged(words, parts, {}, prefix)}</{name}>'


# --- the main name and its parts ------------------------------------------------------------------------


def parts_in(row: Row) -> list[tuple[str, str]]:
    """The parts of the main name that a row says: element and words."""
    return [
        (element, item.words)
        for header, element in PARTS.items()
        for item in read_items(row.get(header, ""), typed=False)
    ]


def name_in(row: Row) -> str:
    """The main name that a row says: that of its cell, else its parts in their usual order."""
    return " ".join(row.get("name", "").split()) or " ".join(words for _, words in parts_in(row))


def tagged(words: str, parts: Iterable[tuple[str, str]], tags: Mapping[tuple[str, int], str], prefix: str) -> str:
    """A name with its parts as elements; ``tags`` are start tags to use, by element and number."""
    places: list[tuple[int, int, str]] = []
    counts: dict[str, int] = {}
    for element, part in parts:
        at = _place(words, part, places)
        if at < 0:
            raise Unreadable(f"the name “{words}” does not hold its {element} “{part}”: change both cells")
        number = counts[element] = counts.get(element, -1) + 1
        places.append((at, at + len(part), tags.get((element, number), f"<{prefix}{element}>")))
    written, last = "", 0
    for start, end, tag in sorted(places):
        name = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0]
        written += f"{escaped(words[last:start])}{tag}{escaped(words[start:end])}</{name}>"
        last = end
    return written + escaped(words[last:])


def all_in(words: str, parts: Iterable[tuple[str, str]]) -> bool:
    """Whether a name holds all of these parts."""
    try:
        tagged(words, parts, {}, "")
    except Unreadable:
        return False
    return True


def _place(words: str, part: str, taken: list[tuple[int, int, str]]) -> int:
    """Where a part stands as a word of its own in a name, apart from other parts; -1 if it does not."""
    for found in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", words):
        if all(found.end() <= start or end <= found.start() for start, end, _ in taken):
            return found.start()
    return -1


def row_with(cells: Row, forenames: Iterable[str], variants: Iterable[str], idnos: Iterable[str]) -> Row:
    """A row from single values; an identifier is TYPE:VALUE, its first colon the one between them."""
    typed = (one.partition(":") for one in idnos)
    lists = {
        "forenames": write_items(map(Item, forenames), typed=False),
        "variants": write_items(map(Item, variants), typed=False),
        "idnos": write_items((Item(value or type, (), type if value else "") for type, _, value in typed), typed=True),
    }
    return {**cells, **{header: cell for header, cell in lists.items() if cell}}
