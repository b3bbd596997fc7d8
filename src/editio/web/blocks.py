"""Blocks of a web page: headings, paragraphs, lists, tables, quotations, verse, figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editio.items import as_item, figure_of
from editio.model import Block, Consumed, Mark, Run, Text
from editio.numerals import numeral
from editio.running import BOUNDARY, Piece
from editio.styles import paragraph_element
from editio.web.inline import (
    BLANK_LINE,
    TAGS,
    Context,
    Reading,
    anchor,
    language_attribute,
    one_block,
    page_break_before,
    page_number,
    raw_runs,
    text_of,
    within,
)
from editio.web.tables import figure_of_element, table_of
from editio.web.tree import BLOCKS, Node

Nodes = Sequence[Node | Piece]

LISTS = frozenset(["ul", "ol", "menu", "dir"])
LIST_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
NUMBERED = re.compile(r"decimal.*|(?:lower|upper)-(?:alpha|latin|roman|greek|russian)")
VERSE = frozenset("poem poetry verse stanza linegroup line-block lg tei-lg tei-l".split())
STANZA = frozenset("stanza linegroup lg tei-lg".split())
# Usual names of paragraph styles that are something else as classes of web pages
NO_STYLES = frozenset("citation date closing quotation".split())
WORD_LIST = re.compile(r"mso-list:\s*\w+\s+level(\d+)", re.IGNORECASE)
WORD_LABEL = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)


def blocks_of(nodes: Nodes, context: Context, reading: Reading) -> list[Block]:
    """The blocks of what an element holds; loose text between blocks is a paragraph."""
    found: list[Block] = []
    loose: list[Node | Piece] = []
    for index, one in enumerate(nodes):
        if not isinstance(one, Node) or not (one.holds_blocks or one.tag in BLOCKS):
            loose.append(one)
            continue
        if one in reading.notes.moved:
            continue
        found += _loose(loose, context, reading)
        loose = []
        if one in reading.page.furniture:
            reading.put_aside(one)
        elif one.tag != "hr" or not _sets_off_notes(nodes, index, reading):
            found += _block(one, context, reading)
    return found + _loose(loose, context, reading)


def _loose(nodes: Nodes, context: Context, reading: Reading) -> list[Block]:
    return _paragraphs(text_of(nodes, context, reading), Block("paragraph"), context, reading) if nodes else []


def _block(node: Node, context: Context, reading: Reading) -> list[Block]:
    """The blocks an element becomes, with the page that begins before it and the place that links lead to."""
    number = page_number(node)
    if number is not None or node in reading.notes.by_mark or node in reading.notes.back:
        return _loose([node], context, reading)
    breaks = [Block("paragraph", role="pb")] if page_break_before(node) else []
    reading.waiting += anchor(node, reading)
    return breaks + BUILDERS.get(node.tag, _container)(node, within(node, context, reading), reading)


def _paragraphs(text: Text, like: Block, context: Context, reading: Reading) -> list[Block]:
    """Paragraphs of a text, which blank lines divide; points without text become blocks, or wait for text."""
    if not text:
        return list(_points(text, reading))
    like = replace(like, attributes=(*like.attributes, *language_attribute(context, reading)))
    if "\n" not in text.plain or not (gaps := list(BLANK_LINE.finditer(text.plain))):
        return [replace(like, text=text)]
    starts = [0, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), len(text.plain)]
    parts = (text.slice(*span).strip() for span in zip(starts, ends, strict=True))
    return [replace(like, text=part) for part in parts if part.runs]


def _points(text: Text, reading: Reading) -> Iterator[Block]:
    """What stands where no text is: page beginnings and pictures as blocks, notes as a paragraph of their own."""
    for run in text.runs:
        if run.point is None:
            continue
        if run.point.name == "pb":
            yield Block("paragraph", role="pb", n=dict(run.point.attributes).get("n", ""))
        elif run.point.name == "figure":
            yield figure_of([run.point])
        elif run.point.name == "anchor":
            reading.waiting.append(run)
        else:
            yield Block("paragraph", Text((run,)))


# --- paragraphs and containers --------------------------------------------------------------------


def _container(node: Node, context: Context, reading: Reading) -> list[Block]:
    """What an element that only divides the page holds; a class may say that it is more."""
    if node.tag in ("div", "section") and node.tokens & VERSE:
        return _verse(node, context, reading)
    number = _page_of(node)
    pages = [Block("paragraph", role="pb", n=number)] if number else []
    role = _role(node, reading)
    if role == "tei:quote":
        return pages + _quotation(node, context, reading)
    if not node.holds_blocks:
        return pages + _paragraph(node, context, reading)
    # an abbreviation around paragraphs is none, but what it is said to stand for is kept
    found = _loose(list(node.said.values()), context, reading) + blocks_of(node.children, context, reading)
    if role and not context.nested:
        found = [replace(one, role=role) if one.is_plain else one for one in found]
    return pages + found


def _page_of(node: Node) -> str:
    """The number of a page that is an element with all that stands on it."""
    if "page" not in node.tokens:
        return ""
    found = re.fullmatch(r"(?:page|pg|p)?[-_.]?(\d+)", node.get("data-page") or node.get("id"), re.IGNORECASE)
    return found[1] if found else ""


def _paragraph(node: Node, context: Context, reading: Reading) -> list[Block]:
    item = WORD_LIST.search(node.get("style"))
    if item:
        return _word_item(node, int(item[1]), context, reading)
    role = _role(node, reading)
    text = text_of(node.children, context, reading)
    if role == "tei:quote":
        inner = _paragraphs(text, Block("paragraph"), context, reading)
        return [Block("quote", blocks=tuple(inner))] if inner else []
    if node.tokens & VERSE and "\n" in text.plain:
        return [replace(one, kind="verse") for one in _paragraphs(text, Block("verse"), context, reading)]
    return _paragraphs(text, Block("paragraph", role="" if context.nested else role), context, reading)


def _role(node: Node, reading: Reading) -> str:
    """The role that a class gives a paragraph (``tei:signed``), empty for most."""
    names = [*node.get("class").split(), *([f"tei-{node.get('data-tei')}"] if node.get("data-tei") else [])]
    if node.tag == "address":
        names.append("tei-address")
    for name in names:
        element = "" if name.casefold() in NO_STYLES else paragraph_element(name, reading.settings)
        if element and element != "p":
            return f"tei:{element}"
    return ""


def _word_item(node: Node, level: int, context: Context, reading: Reading) -> list[Block]:
    """An item of a list as Word writes it: a paragraph that begins with its number or bullet."""
    marked = next((one for one in node.nodes if WORD_LABEL.search(one.get("style"))), None)
    text = text_of(node.children, context, reading)
    if marked is None:
        return _paragraphs(text, Block("item", level=level), context, reading)
    end = max((piece.end for piece in marked.pieces), default=0)
    size = sum(len(run.text) for run in text.runs if run.end <= end and run.start >= node.start and run.text)
    label, rest = text.slice(0, size).strip(), text.slice(size).strip()
    if not any(c.isalnum() for c in label.plain):
        reading.consumed += [Consumed(run.start, run.end, "html-bullet") for run in label.runs if run.text]
        rest, label = Text(tuple(run for run in label.runs if run.point)) + rest, Text()
    n = re.sub(r"\W", "", label.plain)
    return [Block("item", rest, level, type="start", n=n, label=label, attributes=language_attribute(context, reading))]


def _heading(node: Node, context: Context, reading: Reading) -> list[Block]:
    text = one_block(text_of(node.children, context, reading))
    return _paragraphs(text, Block("heading", level=int(node.tag[1])), context, reading)


def _quotation(node: Node, context: Context, reading: Reading) -> list[Block]:
    inner = blocks_of(node.children, Context(context.marks, 0, context.language, True), reading)
    return [Block("quote", blocks=tuple(inner), attributes=language_attribute(context, reading))] if inner else []


def _preformatted(node: Node, context: Context, reading: Reading) -> list[Block]:
    """Lines as they stand, with their indentation."""
    runs = [replace(run, marks=_without_code(run.marks)) for run in raw_runs(node.children, context, reading)]
    text = Text(tuple(replace(run, text="\n") if run.text == BOUNDARY else run for run in runs))
    lines = re.fullmatch(r"(?s)((?:[ \t]*\n)*)(.*?)\s*", text.plain)
    text = text.slice(lines.start(2), lines.end(2)) if lines else text
    return (
        [Block("verbatim", text, attributes=language_attribute(context, reading))]
        if text
        else list(_points(text, reading))
    )


def _without_code(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark != TAGS["code"])


def _rule(node: Node, context: Context, reading: Reading) -> list[Block]:
    return [Block("rule", Text((Run("", node.start, node.start),)))]


def _sets_off_notes(nodes: Nodes, index: int, reading: Reading) -> bool:
    """Whether a line across stands over notes that were moved to their marks."""
    for one in nodes[index + 1 :]:
        if isinstance(one, Piece):
            if one.text.strip():
                return False
        elif one.tag != "br":
            return _holds_only_notes(one, reading)
    return False


def _holds_only_notes(node: Node, reading: Reading) -> bool:
    moved = reading.notes.moved
    if node in moved:
        return True
    inner = [one for one in node.children if isinstance(one, Node) or one.text.strip()]
    return bool(inner) and all(
        one in moved or (isinstance(one, Node) and (one.tag in ("hr", "br") or _holds_only_notes(one, reading)))
        for one in inner
    )


def _verse(node: Node, context: Context, reading: Reading) -> list[Block]:
    """Verse: stanzas as they are marked, else a paragraph with several lines each, else one stanza of all lines."""
    parts = [one for one in node.children if isinstance(one, Node) and one.tag in BLOCKS]
    divided = any(one.tokens & STANZA for one in parts) or any(
        inner.tag == "br" for one in parts if one.tag == "p" for inner in one.nodes
    )
    if node.tokens & STANZA or not divided:
        text = one_block(text_of(node.children, context, reading))
        return _paragraphs(text, Block("verse"), context, reading)
    found = blocks_of(node.children, context, reading)
    return [replace(one, kind="verse", role="") if one.is_plain else one for one in found]


# --- lists --------------------------------------------------------------------------------------


def _list(node: Node, context: Context, reading: Reading) -> list[Block]:
    """The items of a list, flat, with the numbers that a browser shows."""
    context = replace(context, level=context.level + 1)
    style, number, step = _counting(node)
    found: list[Block] = []
    for one in node.children:
        if isinstance(one, Node) and one.tag == "li" and one not in reading.page.furniture:
            own = one.get("value")
            number = int(own) if re.fullmatch(r"-?\d{1,9}", own) else number
            if one not in reading.notes.moved:
                found += _item(one, _numeral(one, number, style), context, reading)
            number += step
        else:
            found += _parts([one], Context(context.marks, context.level - 1, context.language, context.nested), reading)
    return found


def _counting(node: Node) -> tuple[str, int, int]:
    """The style, first number and step of a list."""
    items = sum(isinstance(one, Node) and one.tag == "li" for one in node.children)
    style = _list_style(node) or ("decimal" if node.tag == "ol" else "")
    backwards = "reversed" in node.attributes
    start = node.get("start")
    first = int(start) if re.fullmatch(r"-?\d{1,9}", start) else (items if backwards else 1)
    return style, first, -1 if backwards else 1


def _list_style(node: Node) -> str:
    style = node.style if node.get("style") else {}
    said = style.get("list-style-type") or style.get("list-style", "").split(" ")[0]
    kind = node.get("type")
    return said or LIST_TYPES.get(kind, kind.casefold())


def _numeral(node: Node, number: int, style: str) -> str:
    style = _list_style(node) or style
    return numeral(number, style) if NUMBERED.fullmatch(style) else ""


def _item(node: Node, n: str, context: Context, reading: Reading) -> list[Block]:
    """An item: its first paragraph, further ones, lists in it; anything else it holds stands in it."""
    reading.waiting += anchor(node, reading)
    context = within(node, context, reading)
    label = Text((Run(f"{n}.", node.start, node.start),)) if n else Text()
    inner = blocks_of(node.children, replace(context, nested=True), reading)
    return as_item(inner, Block("item", Text(), context.level, type="start", n=n, label=label))


def _parts(nodes: Nodes, context: Context, reading: Reading) -> list[Block]:
    """What stands in a list but in no item: lists below, or text as an item without number."""
    found = blocks_of(nodes, replace(context, level=context.level + 1, nested=True), reading)
    kept: list[Block] = []
    for one in found:
        kept += [one] if one.kind == "item" else as_item([one], Block("item", level=context.level + 1, type="start"))
    return kept


def _definitions(node: Node, context: Context, reading: Reading) -> list[Block]:
    """A list of terms: the term is the item's label."""
    context = replace(context, level=context.level + 1, nested=True)
    found: list[Block] = []
    label = Text()
    for one in _entries(node):
        if one in reading.notes.moved:
            continue
        if isinstance(one, Node) and one.tag == "dt" and one not in reading.page.furniture:
            found += [_term(label, context)] if label else []
            reading.waiting += anchor(one, reading)
            label = one_block(text_of(one.children, within(one, context, reading), reading))
            continue
        inner = blocks_of(one.children if isinstance(one, Node) and one.tag == "dd" else [one], context, reading)
        if inner:
            found += as_item(inner, replace(_term(label, context), type="start" if label or not found else ""))
            label = Text()
    return found + ([_term(label, context)] if label else [])


def _term(label: Text, context: Context) -> Block:
    return Block("item", Text(), context.level, type="start", label=label)


def _entries(node: Node) -> Iterator[Node | Piece]:
    """Terms and definitions, also those that stand in a div."""
    for one in node.children:
        if isinstance(one, Node) and one.tag == "div":
            yield from _entries(one)
        else:
            yield one


Builder = Callable[[Node, Context, Reading], list[Block]]
BUILDERS: dict[str, Builder] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), _preformatted),
    "blockquote": _quotation,
    "p": _container,
    "hr": _rule,
    "dl": _definitions,
    "table": table_of,
    "figure": figure_of_element,
}
