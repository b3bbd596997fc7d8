"""Reads the tables of a Word document: rows, cells, and cells that span several of either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from editio import codes
from editio.flat import attributes
from editio.model import Block, Text
from editio.ooxml.parts import W, child, is_on, number, value
from editio.ooxml.texts import TEXTS

if TYPE_CHECKING:
    from editio.ooxml.story import Story

MOST_COLUMNS = 1000


@dataclass
class Cell:
    """A cell being read: what it holds, where it begins, and how many columns and rows it takes."""

    blocks: list[Block]
    columns: int = 1
    rows: int = 1


@dataclass
class Row:
    """A row being read."""

    cells: list[Cell] = field(default_factory=list)
    head: bool = False


def read_table(story: Story, node: etree._Element) -> Iterator[Block]:
    """The table of a w:tbl; what its cells hold one behind another, where tables are nested too deep."""
    rows: list[Row] = []
    open_cells: dict[int, Cell] = {}
    for row in _inside(node, f"{W}tr"):
        _read_row(story, row, rows, open_cells)
    if story.depth >= DEEPEST_TABLE:
        story.context.say(codes.NESTED_TOO_DEEP, f"a table stands {story.depth} deep; its cells were read as text")
        yield from (block for row in rows for cell in row.cells for block in cell.blocks)
    elif rows:
        yield Block("table", blocks=tuple(_row(row) for row in rows))


DEEPEST_TABLE = 16


def _read_row(story: Story, node: etree._Element, rows: list[Row], open_cells: dict[int, Cell]) -> None:
    properties = child(node, "trPr")
    gone = child(properties, "del") is not None and story.context.settings.convert.changes == "accept"
    if gone:
        story.sinks.append("docx-deleted")
    row = Row(head=is_on(child(properties, "tblHeader")))
    column = number(value(properties, "gridBefore"))
    for cell in _inside(node, f"{W}tc") if node.tag == f"{W}tr" else [node]:
        column += _read_cell(story, cell, row, column, open_cells)
    if gone:
        story.sinks.pop()
    elif row.cells:
        rows.append(row)
    else:
        for spanning in {id(one): one for one in open_cells.values()}.values():
            spanning.rows = max(1, spanning.rows - 1)


def _read_cell(story: Story, node: etree._Element, row: Row, column: int, open_cells: dict[int, Cell]) -> int:
    """Add a cell to the row, or what it holds to the cell that it goes on with; the columns it takes."""
    properties = child(node, "tcPr")
    columns = max(1, min(number(value(properties, "gridSpan"), 1), MOST_COLUMNS))
    blocks = list(story.held(node if node.tag == f"{W}tc" else [node], story.part))
    down, across = child(properties, "vMerge"), child(properties, "hMerge")
    above = open_cells.get(column)
    if across is not None and across.get(f"{W}val") != "restart" and row.cells:
        row.cells[-1].columns += columns
        row.cells[-1].blocks += blocks
    elif down is not None and down.get(f"{W}val") != "restart" and above is not None:
        above.rows += 1
        above.blocks += blocks
    else:
        row.cells.append(Cell(blocks, columns))
        open_cells.pop(column, None)
        if down is not None:
            open_cells[column] = row.cells[-1]
    return columns


def _inside(node: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, in content controls too; any other text as if it were one."""
    for one in node:
        if one.tag == wanted:
            yield one
        elif not isinstance(one.tag, str) or one.tag.endswith(("Pr", "PrEx", "tblGrid")):
            continue
        elif next(one.iter(wanted), None) is not None and one.tag not in STANDING_ALONE:
            yield from _inside(one, wanted)
        elif next(one.iter(*TEXTS), None) is not None:
            yield one


STANDING_ALONE = frozenset({f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"})


def _row(row: Row) -> Block:
    return Block("row", blocks=tuple(map(_cell, row.cells)), attributes=attributes(role="label" if row.head else ""))


def _cell(cell: Cell) -> Block:
    spans = attributes(rows=str(cell.rows) if cell.rows > 1 else "", cols=str(cell.columns) if cell.columns > 1 else "")
    only = cell.blocks[0] if len(cell.blocks) == 1 else None
    if only and only.kind == "paragraph" and not (only.role or only.attributes or only.label):
        return Block("cell", only.text, attributes=spans)
    return Block("cell", Text(), blocks=tuple(cell.blocks), attributes=spans)
