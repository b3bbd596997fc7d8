"""Tables and figures of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editio.flat import attributes
from editio.model import Attributes, Block, Run, Text
from editio.running import Piece
from editio.web.inline import Context, Reading, anchor, graphic, language_attribute, one_block, text_of, within
from editio.web.tree import Node

LARGEST_SPAN = 1000


def table_of(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A table; one that only places things on the page is looked through."""
    rows = [one for one in _rows(node) if one not in reading.notes.moved]
    if _is_layout(node, rows):
        return reading.build([cell for row in rows for cell in row.children] + _beside(node), context, reading)
    inner = Context(context.marks, 0, context.language, True)
    caption = next((one for one in node.children if isinstance(one, Node) and one.tag == "caption"), None)
    text = text_of(caption.children, within(caption, inner, reading), reading) if caption else Text()
    made = [row for one in rows if (row := _row(one, inner, reading)).blocks]
    behind = reading.build(_beside(node, caption), context, reading)
    if not made:
        return [*([Block("paragraph", text)] if text else []), *behind]
    return [Block("table", one_block(text), blocks=tuple(made)), *behind]


def _rows(node: Node) -> Iterator[Node]:
    for one in node.children:
        if isinstance(one, Node) and one.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(one)
        elif isinstance(one, Node) and one.tag == "tr":
            yield one


def _beside(node: Node, caption: Node | None = None) -> list[Node | Piece]:
    """What stands in a table but in no cell."""
    found: list[Node | Piece] = []
    for one in node.children:
        if isinstance(one, Node) and one.tag in ("thead", "tbody", "tfoot"):
            found += _beside(one)
        elif isinstance(one, Piece) or (one.tag not in ("tr", "col", "colgroup") and one is not caption):
            found.append(one)
    return found


def _is_layout(node: Node, rows: Sequence[Node]) -> bool:
    if node.get("role") in ("presentation", "none"):
        return True
    cells = [one for row in rows for one in row.children if isinstance(one, Node)]
    if any(one.tag in ("th", "caption") for one in (*cells, *(one for one in node.children if isinstance(one, Node)))):
        return False
    placing = frozenset("h1 h2 h3 table".split())
    return len(cells) <= 1 or any(inner.tag in placing for cell in cells for inner in cell.nodes if inner is not cell)


def _row(node: Node, context: Context, reading: Reading) -> Block:
    """A row; what stands in it but in no cell makes one."""
    cells: list[Block] = []
    for one in node.children:
        if isinstance(one, Node) and one in reading.page.furniture:
            reading.put_aside(one)
        elif isinstance(one, Node) and one.tag in ("td", "th"):
            cells.append(_cell(one, within(one, context, reading), reading))
        elif isinstance(one, Node) or one.text.strip():
            inner = reading.build([one], context, reading)
            cells += [_of_blocks(inner, ())] if inner else []
    heads = node.parent and node.parent.tag == "thead"
    labels = bool(cells) and all(("role", "label") in cell.attributes for cell in cells)
    return Block("row", blocks=tuple(cells), attributes=(("role", "label"),) if heads or labels else ())


def _cell(node: Node, context: Context, reading: Reading) -> Block:
    reading.waiting += anchor(node, reading)
    spans = {"cols": _span(node.get("colspan")), "rows": _span(node.get("rowspan"))}
    role = "label" if node.tag == "th" else ""
    return _of_blocks(reading.build(node.children, context, reading), attributes(**spans, role=role))


def _of_blocks(inner: Sequence[Block], own: Attributes) -> Block:
    if len(inner) == 1 and inner[0].is_plain:
        given = dict(own)
        more = tuple(pair for pair in inner[0].attributes if pair[0] not in given)
        return Block("cell", inner[0].text, attributes=(*own, *more))
    return Block("cell", blocks=tuple(inner), attributes=own)


def _span(value: str) -> str:
    count = int(value) if re.fullmatch(r"\s*\d{1,4}\s*", value) else 1
    return str(min(count, LARGEST_SPAN)) if count > 1 else ""


def figure_of_element(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A figure with its pictures and caption; one of a table or quotation is that, and its caption a paragraph."""
    captions = [one for one in node.nodes if one.tag == "figcaption"][:1]
    pictures = [one for one in node.nodes if one.tag == "img" and one not in reading.page.furniture]
    if not pictures or any(one.tag != "img" for one in _apart(node, captions)):
        return reading.build(node.children, context, reading)
    text = (
        one_block(text_of(captions[0].children, within(captions[0], context, reading), reading)) if captions else Text()
    )
    runs: list[Run] = []
    described: list[Block] = []
    for one in pictures:
        point = graphic(one, reading)
        runs += [Run("", one.start, one.start, (), point)] if point else []
        said = one.said.get("alt")
        if said:
            words = Text((Run(said.text, said.start, said.end),)).strip()
            described.append(Block("paragraph", words, role="figDesc"))
    return [
        Block(
            "figure", Text(tuple(runs)) + text, blocks=tuple(described), attributes=language_attribute(context, reading)
        )
    ]


def _apart(node: Node, captions: Sequence[Node]) -> Iterator[Node]:
    """What a figure holds outside its caption, as far as it shows something."""
    for one in node.children:
        if isinstance(one, Piece):
            if one.text.strip():
                yield node
        elif one not in captions:
            if one.tag in ("img", "table", "pre", "blockquote", "ul", "ol", "p", "dl"):
                yield one
            yield from _apart(one, captions)
