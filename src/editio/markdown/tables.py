"""Pipe tables of Markdown, and the cells that tags of HTML make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from markdown_it.token import Token

from editio.markdown.inline import Leaf, Phrases, Piece
from editio.model import Block, Text

if TYPE_CHECKING:
    from editio.markdown.blocks import Blocks, Node

LABELS = (("role", "label"),)


def table(node: Node, blocks: Blocks) -> Block:
    """A table; the first row is that of the headings, unless it is empty."""
    lines = node.token.map or [0, 0]
    blocks.prefix_line(lines[0] + 1, r"[\s|:>-]*", "markdown-table")
    rows = [_row(row, blocks) for part in node.children for row in part.children]
    if rows and not any(cell.text or cell.text.points for cell in rows[0].blocks):
        rows = rows[1:]
    return Block("table", blocks=tuple(rows))


def _row(node: Node, blocks: Blocks) -> Block:
    lines = node.token.map or [0, 0]
    start, end = blocks.line_starts[lines[0]], blocks.end_of(lines[0])
    cells: list[Block] = []
    at = start
    for cell in node.children:
        token = cell.children[0].token
        leaf, begins = _cell_leaf(token, blocks.text, at, end)
        if token.content:
            _between(blocks, start, at, begins)
            at = leaf.source(len(leaf.text) - 1) + 1
        cells.append(_cell(leaf, token.children or (), blocks))
    cells += _more_cells(blocks, at, end)
    header = node.children and node.children[0].token.type == "th_open"
    return Block("row", blocks=tuple(cells), attributes=LABELS if header else ())


def _between(blocks: Blocks, start: int, at: int, until: int) -> None:
    """Bars and spaces before a cell."""
    if at == start:
        blocks.prefix(blocks.line_of(start), until, "markdown-table")
    elif not blocks.text[at:until].strip("| \t"):
        blocks.consume(at, until, "markdown-table")


def _cell_leaf(token: Token, text: str, at: int, end: int) -> tuple[Leaf, int]:
    """The text of a cell, in which a bar is written with a backslash."""
    written = token.content.replace("|", "\\|")
    begins = max(text.find(written, at, end), at)
    segments, source = [(0, begins)], begins
    for bar in re.finditer(r"\|", token.content):
        source = begins + bar.start() + len(segments)
        segments.append((bar.start(), source))
    return Leaf(token.content, tuple(segments)), begins


def _cell(leaf: Leaf, tokens: Sequence[Token], blocks: Blocks) -> Block:
    for _, source in leaf.segments[1:]:
        blocks.consume(source - 1, source, "markdown-escape")
    pieces = Phrases(leaf, blocks.found).read(tokens)
    return Block("cell", Text(tuple(run for piece in pieces for run in piece.text.runs)))


def _more_cells(blocks: Blocks, at: int, end: int) -> Iterator[Block]:
    """Cells beyond the columns of the headings, which Markdown would drop, and the last bar."""
    for match in re.compile(r"(?:\\.|[^|\\])+|\\").finditer(blocks.text, at, end):
        words = match[0].strip()
        if words:
            begins = blocks.text.index(words, match.start(), end)
            blocks.consume(at, begins, "markdown-table")
            yield _cell(Leaf(words, ((0, begins),)), blocks.inline(words), blocks)
            at = begins + len(words)
    if not blocks.text[at:end].strip("| \t"):
        blocks.consume(at, end, "markdown-table")


def pieces_as_table(pieces: Sequence[Piece]) -> Block:
    """The table of cells that tags of HTML make."""
    rows = [
        Block("row", blocks=tuple(Block("cell", piece.text, attributes=_role(piece)) for piece in row))
        for _, row in groupby(pieces, key=lambda piece: piece.row)
    ]
    return Block("table", blocks=tuple(rows))


def _role(piece: Piece) -> tuple[tuple[str, str], ...]:
    return LABELS if piece.tag == "th" else ()
