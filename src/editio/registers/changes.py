"""Changes an entry of a register to what a row of the table says, in the file as it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lxml import etree

from editio import tei
from editio.registers.cells import DATES, Item, Unreadable, read_dating, read_items
from editio.registers.faults import fault_of_coordinates
from editio.registers.reading import ELEMENTS
from editio.registers.spelling import RegisterText, escaped
from editio.registers.table import (
    ATTRIBUTES,
    COLUMNS,
    LIVES,
    PARTS,
    PLACED,
    Column,
    Row,
    all_in,
    children_of,
    dated,
    elements_of,
    geo_of,
    headers_of,
    item_of,
    life,
    location,
    made,
    main_name,
    name_in,
    parts_in,
    rank,
    read_cell,
    row_of,
    tagged,
    words_of,
)


@dataclass
class Change:
    """An entry in its file, what the table said of it and says now, and what is to be added to it."""

    text: RegisterText
    node: etree._Element
    old: Row
    new: Row
    added: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the entry."""
        return self.old["kind"]

    @property
    def prefix(self) -> str:
        """The prefix its elements are written with."""
        return self.text.prefix(self.node)

    def differs(self, *headers: str) -> bool:
        """Whether a column of these has another cell now."""
        return any(self.new[one].split() != self.old[one].split() for one in headers if one in self.old)


def change_entry(text: RegisterText, node: etree._Element, row: Row) -> bool:
    """Make the edits that give an entry the cells of a row, if any; columns that the row lacks stay.

    Raises Unreadable, in words, where a cell says what cannot be.
    """
    old = row_of(node)
    refuse_foreign_cells(row, old["kind"])
    change = Change(text, node, old, {**old, **{header: cell for header, cell in row.items() if header in old}})
    before = len(text.edits)
    _change_attributes(change)
    _change_name(change)
    for column in COLUMNS:
        if change.differs(column.header):
            _change_items(change, column)
    for header, place in zip(LIVES, PLACED, strict=True):
        if change.differs(header, place):
            _change_life(change, header, place)
    if change.differs("coordinates"):
        _change_coordinates(change)
    _add(change)
    return len(text.edits) > before


def add_item(text: RegisterText, node: etree._Element, column: Column, item: Item) -> None:
    """Make the edit that gives an entry one more item of a column, behind those it has, on a line like the next."""
    kind = ELEMENTS[tei.local_name(node)]
    raw = made(item, column, kind, text.prefix(node))
    children = list(node.iterchildren(etree.Element))
    before = elements_of(node, column) or _before(children, kind, column.names_in(kind)[0])
    if before:
        following = next(before[-1].itersiblings(etree.Element), children[0])
        text.insert_after(before[-1], raw, like=following)
    else:
        text.insert_before(children[0], raw)


def refuse_foreign_cells(row: Row, kind: str) -> None:
    """Raise Unreadable if a row has something in a column that entries of its kind do not use."""
    known = headers_of([kind])
    for header, cell in row.items():
        if cell.strip() and header not in known:
            raise Unreadable(f"a {kind} has no {header}, but the cell says “{cell}”")


def _change_attributes(change: Change) -> None:
    changes: dict[str, str | None] = {
        name: change.new[header].strip() or None
        for header, (name, _) in ATTRIBUTES.items()
        if header in change.old and change.differs(header)
    }
    if change.differs("date"):
        changes |= _dates_to_set(change.node, read_dating(change.new["date"]))
    if changes:
        change.text.rewrite(change.node, changes)


def _dates_to_set(node: etree._Element, dates: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    wanted = dict(dates)
    return {name: wanted.get(name) for name in DATES if node.get(name) != wanted.get(name)}


# --- the main name ------------------------------------------------------------------------------------


def _change_name(change: Change) -> None:
    parts = parts_in(change.new)
    if not change.differs("name") and parts == parts_in(change.old):
        return
    main = main_name(change.node)
    if not name_in(change.new):
        raise Unreadable("an entry needs a name")
    if main is None:
        change.added.append(next(children_of({"kind": change.kind, "name": name_in(change.new)}, change.prefix)))
        return
    names = [tei.local_name(child) for child in main]
    if any(len(child) or name not in PARTS.values() for child, name in zip(main, names, strict=True)):
        raise _holds_markup(change, main)
    words = name_in(change.new)
    if not change.differs("name") and not all_in(words, parts):
        words = _with_parts(main, parts)
    tags = {(name, names[:at].count(name)): change.text.tag(main[at]) for at, name in enumerate(names)}
    change.text.rewrite(main, {}, tagged(words, parts, tags, change.prefix))


def _with_parts(main: etree._Element, parts: Sequence[tuple[str, str]]) -> str:
    """The main name with other parts: each in the place of the old one, or all in their usual order."""
    waiting = list(parts)
    words: list[str] = []
    for piece in tei.contents(main):
        name = "" if isinstance(piece, str) else tei.local_name(piece)
        found = next((part for part in waiting if part[0] == name), None)
        if found:
            waiting.remove(found)
            words.append(found[1])
        elif isinstance(piece, str):
            words.append(piece)
        else:
            return " ".join(part for _, part in parts)
    return " ".join(part for _, part in parts) if waiting else " ".join("".join(words).split())


def _holds_markup(change: Change, node: etree._Element) -> Unreadable:
    place = change.text.document.location(node)
    return Unreadable(f"“{words_of(node)}” holds markup that a cell cannot show: change it in {place}")


# --- columns of items ---------------------------------------------------------------------------------


def _change_items(change: Change, column: Column) -> None:
    nodes = elements_of(change.node, column)
    old = [item_of(node, column) for node in nodes]
    several = column.single and len(old) > 1
    cell = change.new[column.header]
    new = read_items(cell, column.typed) if several else read_cell(cell, column)
    steps = SequenceMatcher(None, [item.key for item in old], [item.key for item in new], autojunk=False)
    for step, first, last, start, stop in steps.get_opcodes():
        if step == "equal":
            continue
        pairs = min(last - first, stop - start)
        for at in range(pairs):
            _replace(change, column, nodes[first + at], old[first + at], new[start + at])
        for node in nodes[first + pairs : last]:
            change.text.remove(node)
        _insert(change, column, nodes[: first + pairs], new[start + pairs : stop])


def _insert(change: Change, column: Column, before: Sequence[etree._Element], items: Sequence[Item]) -> None:
    """Put new items behind those of the same column, or where they belong."""
    for item in items:
        raw = made(item, column, change.kind, change.prefix)
        if before:
            change.text.insert_after(before[-1], raw)
        else:
            change.added.append((column.names_in(change.kind)[0], raw))


def _replace(change: Change, column: Column, node: etree._Element, old: Item, new: Item) -> None:
    changes = _dates_to_set(node, new.dates) if column.dated else {}
    if column.typed and new.type != old.type:
        changes["type"] = new.type
    worded = node.find(f"{tei.TEI}{column.inner}") if column.inner else None
    worded = node if worded is None else worded
    inner = None
    if new.words != old.words:
        if len(worded):
            raise _holds_markup(change, worded)
        inner = escaped(new.words)
        if column.header == "sex" and not words_of(node):
            changes, inner = {**changes, "value": new.words}, None
    if worded is node:
        change.text.rewrite(node, changes, inner)
        return
    change.text.rewrite(node, changes)
    change.text.rewrite(worded, {}, inner)


# --- births, deaths, coordinates ------------------------------------------------------------------------


def _change_life(change: Change, header: str, place: str) -> None:
    node = change.node.find(f"{tei.TEI}{header}")
    date, words = change.new[header], " ".join(change.new[place].split())
    wanted = read_dating(date)
    if node is None:
        if raw := life(header, date, words, change.prefix):
            change.added.append((header, raw))
        return
    carrier = dated(node)
    if not wanted and not words and not len(node):
        change.text.remove(node)
        return
    if change.differs(place) and len(node):
        raise _holds_markup(change, node)
    inner = escaped(words) if change.differs(place) else None
    changes = _dates_to_set(carrier, wanted)
    if carrier is node:
        change.text.rewrite(node, changes, inner)
    else:
        change.text.rewrite(carrier, changes)


def _change_coordinates(change: Change) -> None:
    geo, wanted = geo_of(change.node), " ".join(change.new["coordinates"].split())
    if wanted and (fault := fault_of_coordinates(wanted)):
        raise Unreadable(fault)
    if geo is None:
        change.added.append(("location", location(wanted, change.prefix)))
    elif wanted:
        change.text.rewrite(geo, {}, escaped(wanted))
    else:
        around = geo.getparent()
        change.text.remove(around if around is not None and len(around) == 1 else geo)


def _add(change: Change) -> None:
    """Put what is new in its place among the children of the entry."""
    children = list(change.node.iterchildren(etree.Element))
    added = sorted(change.added, key=lambda one: rank(change.kind, one[0]))
    if not children and added:
        change.text.rewrite(change.node, {}, "".join(raw for _, raw in added))
        return
    for name, raw in added:
        before = _before(children, change.kind, name)
        if before:
            change.text.insert_after(before[-1], raw)
        else:
            change.text.insert_before(children[0], raw)


def _before(children: Sequence[etree._Element], kind: str, name: str) -> list[etree._Element]:
    """The children of an entry behind which one of a name may stand."""
    own = rank(kind, name)
    return [child for child in children if rank(kind, tei.local_name(child)) <= own]
