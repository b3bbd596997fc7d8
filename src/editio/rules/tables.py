"""The rule for tables of plain text: columns between tabs, upright bars or wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Text
from editio.registry import rule

GAP = re.compile(r"[ ]{3,}")
BARS = re.compile(r"\s*\|\s*")
RULE = re.compile(r"[\s|+:=-]+")


@rule(42, "Lines divided into columns by tabs, bars or wide gaps are rows of a table.")
def table(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Make a table of a block most of whose lines have the same number of columns."""
    consumed = list(draft.consumed)
    blocks = tuple(_table(block, consumed) or block for block in draft.blocks)
    return replace(draft, blocks=blocks, consumed=tuple(consumed))


def _table(block: Block, consumed: list[Consumed]) -> Block | None:
    if block.kind not in ("paragraph", "verbatim") or block.role or "\n" not in block.text.plain:
        return None
    lines = block.text.lines()
    divider = next((one for one in (re.compile(r"\t+"), BARS, GAP) if _divides(one, lines)), None)
    if divider is None:
        return None
    rows = [_cells(line, divider, consumed) for line in lines]
    width = max(map(len, rows))
    labels = rows.index([]) if [] in rows[1:3] else 0
    made = (_row(row, width, number < labels) for number, row in enumerate(rows) if row)
    return replace(block, kind="table", text=Text(), blocks=tuple(made), rule="table")


def _divides(divider: re.Pattern[str], lines: Sequence[Text]) -> bool:
    """Whether most lines have two columns or more, and the same number of them."""
    counts = [len(divider.findall(line.plain.strip("| \t"))) for line in lines if not RULE.fullmatch(line.plain)]
    divided = [count for count in counts if count]
    least = 2 if divider.pattern != GAP.pattern else 3
    return len(divided) >= least and len(divided) > 0.6 * len(counts) and divided.count(max(divided)) > len(divided) / 2


def _cells(line: Text, divider: re.Pattern[str], consumed: list[Consumed]) -> list[Text]:
    """The cells of a line; bars and lines of dashes are markup."""
    plain = line.plain
    if RULE.fullmatch(plain):
        consumed += _used(line)
        return []
    cells: list[Text] = []
    at = 0
    for match in (*divider.finditer(plain), None):
        end = match.start() if match else len(plain)
        cell = line.slice(at, end).strip()
        if cell or 0 < at < len(plain):
            cells.append(cell)
        if match:
            consumed += _used(line.slice(*match.span()))
            at = match.end()
    return cells


def _used(text: Text) -> Iterator[Consumed]:
    return (Consumed(run.start, run.end, "table") for run in text.runs if run.text)


def _row(cells: Sequence[Text], width: int, label: bool) -> Block:
    """A row, one over a line of dashes as labels; a lone cell reaches over all columns."""
    attributes = (("role", "label"),) if label else ()
    if len(cells) == 1 and width > 1:
        return Block(
            "row", attributes=attributes, blocks=(Block("cell", cells[0], attributes=(("cols", str(width)),)),)
        )
    return Block("row", attributes=attributes, blocks=tuple(Block("cell", cell) for cell in cells))
