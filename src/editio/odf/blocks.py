"""Blocks of an OpenDocument text: headings, paragraphs, lists with their numbers, tables, figures, page breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editio.flat import attributes
from editio.items import as_item, figure_of
from editio.model import Attributes, Block, BlockKind, Run, Text
from editio.odf.styles import Level, label_of
from editio.odf.text import DEEPEST, SHAPES, Context, Reading, change_edge, raw_runs, text_of
from editio.odf.tree import PARAGRAPHS, Node
from editio.running import collapsed

DEEPEST_HEADING = 6
# Cells and rows that one element may stand for; tables of spreadsheets end in thousands of empty ones.
MOST_REPEATED = 20
MOST_SPANNED = 1000
# Styles by which writers set the title of a document, and the level of heading that is
TITLES = {"title": 1, "subtitle": 2, "titel": 1, "untertitel": 2, "titre": 1, "sous-titre": 2}
# Styles of paragraphs that are no running text
KINDS: dict[str, BlockKind] = {
    "preformatted text": "verbatim",
    "source code": "verbatim",
    "vorformatierter text": "verbatim",
    "horizontal line": "rule",
    "horizontale linie": "rule",
}
ROWS = frozenset(["table:table-header-rows", "table:table-rows", "table:table-row-group"])
INDEXES = {
    "text:table-of-content": "contents",
    "text:alphabetical-index": "index",
    "text:illustration-index": "contents",
    "text:table-index": "contents",
    "text:object-index": "contents",
    "text:user-index": "contents",
}
QUOTED = "tei:quote"


def blocks_of(nodes: Sequence[Node], context: Context, reading: Reading) -> list[Block]:
    """The blocks of nodes; what boxes in a paragraph hold comes behind it."""
    found: list[Block] = []
    for node in nodes:
        waiting, reading.behind = reading.behind, []
        found += BUILDERS.get(node.tag, _container)(node, context, reading)
        found += reading.behind
        reading.behind = waiting
    return found


def _container(node: Node, context: Context, reading: Reading) -> list[Block]:
    """Sections and whatever is not known: what they hold."""
    if context.depth > DEEPEST:
        text = Text(tuple(collapsed(raw_runs([node], context, reading)))).strip()
        return [Block("paragraph", text)] if text else []
    loose = any(not isinstance(one, Node) and one.text.strip() for one in node.children)
    if loose:
        text = Text(tuple(collapsed(raw_runs(node.children, context, reading)))).strip()
        return [Block("paragraph", text)] if text or text.points else []
    return blocks_of(list(node.elements), replace(context, depth=context.depth + 1), reading)


def _section(node: Node, context: Context, reading: Reading) -> list[Block]:
    if node.get("text:display") == "none":
        reading.put_aside(node, "hidden-text")
        return []
    return _container(node, context, reading)


def _index(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A list that the word processor makes from the rest of the document; the page keeps it for the header."""
    reading.put_aside(node, INDEXES[node.tag])
    return []


def _changes(node: Node, context: Context, reading: Reading) -> list[Block]:
    """The store of deleted words, which stand where they are called; what cannot be called is kept for the header."""
    called = set(reading.deleted.values())
    for region in node.elements:
        for one in region.elements if region.tag == "text:changed-region" else (region,):
            if one not in called:
                reading.put_aside(one, "deleted")
    return []


def _edge(node: Node, context: Context, reading: Reading) -> list[Block]:
    if node.tag == "text:change":
        text = Text(tuple(collapsed(raw_runs([node], context, reading)))).strip()
        return [Block("paragraph", text)] if text else []
    change_edge(node, reading)
    return blocks_of(list(node.elements), context, reading)


def _floating(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A picture or box that stands on the page beside the paragraphs."""
    text = Text(tuple(collapsed(raw_runs([node], context, reading)))).strip()
    return _of_text(text, Block("paragraph")) if text or text.points else []


def _paragraph(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A paragraph or heading, with the page that begins before or behind it."""
    style = node.get("text:style-name")
    if reading.styles.is_hidden("paragraph", style):
        reading.put_aside(node, "hidden-text")
        return []
    marks = (*context.marks, *reading.styles.paragraph_marks(style)) if node.tag == "text:p" else context.marks
    number = next((one for one in node.elements if one.tag == "text:number"), None)
    if number:
        node.children.remove(number)
    text = text_of(node, replace(context, marks=marks), reading)
    blocks = _of_text(text, _kind(node, context, reading))
    if number:
        blocks = _numbered(blocks, number)
    before, behind = _breaks(style, reading) if not context.nested else ([], [])
    return [*before, *blocks, *behind]


def _breaks(style: str, reading: Reading) -> tuple[list[Block], list[Block]]:
    page = [Block("paragraph", role="pb")]
    before = reading.styles.said("paragraph", style, "fo:break-before") == "page"
    master = next(iter(reading.styles.chain("paragraph", style)), None)
    before = before or bool(master and master.get("style:master-page-name"))
    behind = reading.styles.said("paragraph", style, "fo:break-after") == "page"
    return page if before else [], page if behind else []


def _kind(node: Node, context: Context, reading: Reading) -> Block:
    """What a paragraph is, by its element and style."""
    style = node.get("text:style-name")
    names = [name.casefold() for name in reading.styles.names("paragraph", style)]
    level = int(node.get("text:outline-level")) if re.fullmatch(r"[1-9]\d?", node.get("text:outline-level")) else 1
    element = reading.styles.element(style, reading.settings)
    if node.tag == "text:h" and not element:
        return Block("heading", level=min(level, DEEPEST_HEADING), label=_outline_number(node, level, reading))
    if not element and not context.nested and (title := next((TITLES[one] for one in names if one in TITLES), 0)):
        return Block("heading", level=title, rule="odt-title" if title == 1 else "odt-subtitle")
    kind = next((KINDS[one] for one in names if one in KINDS), None)
    if kind:
        return Block(kind)
    if element in ("", "p", "ab") or (context.nested and element != "quote"):
        is_caption = not context.nested and "caption" in names
        return Block("paragraph", rule="odt-caption" if is_caption else "")
    return Block("paragraph", role=f"tei:{element}")


def _outline_number(node: Node, level: int, reading: Reading) -> Text:
    """The number that the document's outline gives a heading."""
    if node.get("text:is-list-header") == "true" or not reading.styles.outline.get(level, Level()).style:
        return Text()
    counts = _counted(reading, "#outline", level, reading.styles.outline, _whole(node.get("text:start-value")))
    label, _ = label_of(reading.styles.outline, counts)
    return Text((Run(label, node.start, node.start),)) if label else Text()


def _of_text(text: Text, like: Block) -> list[Block]:
    """Blocks of a paragraph's text: a figure, where that is all there is, or nothing, where nothing is."""
    if like.kind == "rule":
        return [replace(like, text=text)]
    if not text:
        figures = [run.point for run in text.runs if run.point and run.point.name == "figure"]
        if figures and len(figures) == len(text.points):
            return [figure_of(figures)]
        return [replace(like, kind="paragraph", role="", text=text)] if text.runs and text.points else []
    if like.role == QUOTED:
        return [Block("quote", blocks=(Block("paragraph", text),))]
    return [replace(like, text=text)]


def _numbered(blocks: list[Block], number: Node) -> list[Block]:
    """The first block with the number that the file has for it as label."""
    runs = tuple(Run(piece.text, piece.start, piece.end) for piece in number.texts)
    if not blocks:
        return [Block("paragraph", Text(runs))]
    n = number.plain.strip("()[]. ")
    return [replace(blocks[0], label=Text(runs).strip(), n=n if blocks[0].kind == "item" else ""), *blocks[1:]]


# --- lists --------------------------------------------------------------------------------------


def _list(node: Node, context: Context, reading: Reading) -> list[Block]:
    """The items of a list, flat, with the numbers that the document shows."""
    if context.level >= DEEPEST:
        return _container(node, replace(context, depth=DEEPEST + 1), reading)
    style = _list_style(node, reading)
    level = context.level + 1
    _begin(node, style, level, reading)
    inner = replace(context, level=level, depth=context.depth + 1)
    found: list[Block] = []
    for one in node.elements:
        if one.tag in ("text:list-item", "text:list-header"):
            found += _item(one, style, inner, reading)
        else:
            found += blocks_of([one], context, reading)
    return found


def _list_style(node: Node, reading: Reading) -> str:
    """The list style: the list's own, that of the list around it, or that of its first paragraph's style."""
    at: Node | None = node
    while at:
        if at.tag == "text:list" and at.get("text:style-name"):
            return at.get("text:style-name")
        at = at.parent
    first = node.find("text:p", "text:h")
    return reading.styles.list_of(first.get("text:style-name")) if first else ""


def _begin(node: Node, style: str, level: int, reading: Reading) -> None:
    """Begin to count anew, unless the list goes on with another."""
    if level > 1:
        own = node.get("text:style-name")
        if own and own != (_list_style(node.parent, reading) if node.parent else ""):
            reading.counts[own] = []
        return
    before = node.get("text:continue-list")
    if before in reading.counts:
        reading.counts[style] = list(reading.counts[before])
    elif node.get("text:continue-numbering") != "true" and not before:
        reading.counts[style] = []
    if node.get("xml:id"):
        reading.counts[node.get("xml:id")] = reading.counts.setdefault(style, [])


def _counted(reading: Reading, key: str, level: int, levels: dict[int, Level], start: int | None) -> list[int]:
    """Count one on at a level; the levels below it begin anew."""
    counts = reading.counts.setdefault(key, [])
    del counts[level:]
    while len(counts) < level - 1:
        counts.append(levels.get(len(counts) + 1, Level()).start)
    if len(counts) < level:
        counts.append(levels.get(level, Level()).start if start is None else start)
    else:
        counts[level - 1] = counts[level - 1] + 1 if start is None else start
    return counts


def _whole(value: str) -> int | None:
    return int(value) if re.fullmatch(r"\d{1,6}", value) else None


def _item(node: Node, style: str, context: Context, reading: Reading) -> list[Block]:
    """An item: its first paragraph, further ones, lists in it; anything else it holds stands in it."""
    written = next((one for one in node.elements if one.tag == "text:number"), None)
    own = [one for one in node.elements if one is not written]
    counts = node.tag == "text:list-item"
    lone_list = bool(own) and all(one.tag == "text:list" for one in own)
    label, n = Text(), ""
    if counts and not lone_list:
        label, n = _label(node, style, context.level, reading)
    inner = blocks_of(own, replace(context, nested=True), reading)
    if written:
        label, n = (
            Text(tuple(Run(p.text, p.start, p.end) for p in written.texts)).strip(),
            written.plain.strip("()[]. "),
        )
    if inner and inner[0].kind == "heading":
        return [replace(inner[0], label=inner[0].label or label), *inner[1:]]
    if lone_list and not label:
        return inner
    start = Block("item", Text(), context.level, type="start" if counts or label else "", n=n, label=label)
    return as_item(inner, start) if inner or label else []


def _label(node: Node, style: str, level: int, reading: Reading) -> tuple[Text, str]:
    levels = reading.styles.lists.get(style, {})
    counts = _counted(reading, style, level, levels, _whole(node.get("text:start-value")))
    label, number = label_of(levels, counts)
    return (Text((Run(label, node.start, node.start),)) if label else Text()), number


def _numbered_paragraph(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A paragraph that is an item of a list without standing in one."""
    style = node.get("text:style-name")
    level = min(_whole(node.get("text:level")) or 1, DEEPEST)
    key = node.get("text:list-id") or style
    reading.styles.lists.setdefault(key, reading.styles.lists.get(style, {}))
    return _item(_as_item(node), key, replace(context, level=level), reading)


def _as_item(node: Node) -> Node:
    return replace(node, tag="text:list-item")


# --- tables -------------------------------------------------------------------------------------


def _table(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A table with the spans of its cells."""
    if context.depth >= DEEPEST:
        return _container(node, replace(context, depth=DEEPEST + 1), reading)
    inner = Context(depth=context.depth + 1, nested=True)
    rows = [row for one, heads in _rows(node, False) for row in _row(one, heads, inner, reading)]
    for one in node.elements:
        if one.tag in ("table:title", "table:desc"):
            reading.put_aside(one, "description")
    while rows and not any(cell.text or cell.blocks or cell.text.points for cell in rows[-1].blocks):
        rows.pop()
    stray = blocks_of(list(_stray(node)), context, reading)
    before, behind = _table_breaks(node, reading) if not context.nested else ([], [])
    return [*before, *([Block("table", blocks=tuple(rows))] if rows else []), *stray, *behind]


def _stray(node: Node) -> Iterator[Node]:
    """What stands in a table but in no cell."""
    for one in node.elements:
        if one.tag in ROWS or one.tag == "table:table-row":
            yield from _stray(one)
        elif one.tag not in ("table:table-cell", "table:covered-table-cell", "table:title", "table:desc"):
            yield one
        elif one.tag.endswith("cell") and node.tag != "table:table-row":
            yield from one.elements


def _table_breaks(node: Node, reading: Reading) -> tuple[list[Block], list[Block]]:
    page = [Block("paragraph", role="pb")]
    before = reading.styles.said("table", node.get("table:style-name"), "fo:break-before") == "page"
    behind = reading.styles.said("table", node.get("table:style-name"), "fo:break-after") == "page"
    return page if before else [], page if behind else []


def _rows(node: Node, heads: bool) -> Iterator[tuple[Node, bool]]:
    for one in node.elements:
        if one.tag == "table:table-row":
            yield one, heads
        elif one.tag in ROWS:
            yield from _rows(one, heads or one.tag == "table:table-header-rows")


def _row(node: Node, heads: bool, context: Context, reading: Reading) -> Iterator[Block]:
    cells = [cell for one in node.elements for cell in _cell(one, heads, context, reading)]
    if not cells:
        return
    again = _repeats(node.get("table:number-rows-repeated")) if not any(True for _ in node.texts) else 1
    row = Block("row", blocks=tuple(cells), attributes=(("role", "label"),) if heads else ())
    yield from [row] * again


def _cell(node: Node, heads: bool, context: Context, reading: Reading) -> Iterator[Block]:
    if node.tag == "table:covered-table-cell":
        if node.plain:
            reading.put_aside(node, "hidden-text")
        return
    if node.tag != "table:table-cell":
        return
    spans = {
        "cols": _span(node.get("table:number-columns-spanned")),
        "rows": _span(node.get("table:number-rows-spanned")),
    }
    inner = blocks_of(list(node.elements), context, reading)
    again = _repeats(node.get("table:number-columns-repeated")) if not inner else 1
    yield from [_of_blocks(inner, attributes(**spans, role="label" if heads else ""))] * again


def _of_blocks(inner: Sequence[Block], own: Attributes) -> Block:
    if len(inner) == 1 and inner[0].is_plain:
        return Block("cell", inner[0].text, attributes=own)
    return Block("cell", blocks=tuple(inner), attributes=own)


def _span(value: str) -> str:
    count = _whole(value) or 1
    return str(min(count, MOST_SPANNED)) if count > 1 else ""


def _repeats(value: str) -> int:
    return min(_whole(value) or 1, MOST_REPEATED)


Builder = Callable[[Node, Context, Reading], list[Block]]
BUILDERS: dict[str, Builder] = {
    **dict.fromkeys(PARAGRAPHS, _paragraph),
    **dict.fromkeys(INDEXES, _index),
    **dict.fromkeys(("text:change", "text:change-start", "text:change-end"), _edge),
    **dict.fromkeys(("draw:frame", *SHAPES), _floating),
    "text:section": _section,
    "text:list": _list,
    "text:numbered-paragraph": _numbered_paragraph,
    "text:tracked-changes": _changes,
    "table:table": _table,
}
