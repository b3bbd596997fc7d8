"""Running text of a web page: what its elements and styles say of the words, white space as browsers show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from editio import codes
from editio.config import Settings
from editio.dating import iso_date
from editio.diagnostics import Report
from editio.flat import attributes, hi, ref
from editio.model import Attributes, Block, Consumed, Mark, Point, Run, Source, Text
from editio.running import BOUNDARY, UNSAFE, Piece, clean_address, collapsed, words_of
from editio.styles import character_mark
from editio.web.notes import Note, Notes, fragment
from editio.web.page import Page, language_of
from editio.web.tree import BLOCKS, Node

# What a tag says of the words in it.
TAGS = {
    "em": hi("italic"),
    "i": hi("italic"),
    "var": hi("italic"),
    "b": hi("bold"),
    "strong": hi("bold"),
    "u": hi("underline"),
    "s": hi("strikethrough"),
    "strike": hi("strikethrough"),
    "sub": hi("subscript"),
    "sup": hi("superscript"),
    "mark": hi("highlight"),
    "code": hi("code"),
    "kbd": hi("code"),
    "samp": hi("code"),
    "tt": hi("code"),
    "del": Mark("del"),
    "ins": Mark("add"),
    "q": Mark("q"),
    "dfn": Mark("term"),
    "abbr": Mark("abbr"),
    "acronym": Mark("abbr"),
}
# What a class says, as pandoc and others write it.
CLASSES = {
    "smallcaps": hi("small-caps"),
    "small-caps": hi("small-caps"),
    "sc": hi("small-caps"),
    "smcap": hi("small-caps"),
    "underline": hi("underline"),
    "italic": hi("italic"),
    "italics": hi("italic"),
    "bold": hi("bold"),
    "gesperrt": hi("letter-spaced"),
    "letter-spaced": hi("letter-spaced"),
    "mark": hi("highlight"),
    "strikethrough": hi("strikethrough"),
}
# What a style says: property, pattern of its value, rendition.
STYLES = (
    ("font-style", re.compile(r"italic|oblique.*"), "italic"),
    ("font-weight", re.compile(r"bold|bolder|[6-9]00"), "bold"),
    ("font-variant", re.compile(r".*small-caps.*"), "small-caps"),
    ("font-variant-caps", re.compile(r".*small-caps.*"), "small-caps"),
    ("text-decoration", re.compile(r".*underline.*"), "underline"),
    ("text-decoration-line", re.compile(r".*underline.*"), "underline"),
    ("text-decoration", re.compile(r".*line-through.*"), "strikethrough"),
    ("text-decoration-line", re.compile(r".*line-through.*"), "strikethrough"),
    ("vertical-align", re.compile(r"super"), "superscript"),
    ("vertical-align", re.compile(r"sub"), "subscript"),
    ("letter-spacing", re.compile(r"0*\.?\d*[1-9].*"), "letter-spaced"),
)
# What stands between paragraphs of old pages
BLANK_LINE = re.compile(r"\n[\s\n]*\n")
PAGE_TOKENS = frozenset(
    "pagebreak page-break page_break doc-pagebreak pagenum pageno page-number pagenumber pb tei-pb".split()
)
PAGE_ID = re.compile(r"(?:page|pg|p|seite)[-_.]?(\d{1,5}|[ivxlc]{1,8})", re.IGNORECASE)
PAGE_TEXT = re.compile(
    r"[\[({|]?\s*(?:pages?|pg|pp?|s|seite|fol|f)?[.:]?\s*(\d{1,5}[a-z]?|[ivxlc]{1,8})?\s*[\])}|]?", re.IGNORECASE
)
BREAKS = frozenset("always page left right recto verso".split())


@dataclass(frozen=True)
class Context:
    """What is around a node: marks, depth of lists, language, and whether it stands in another block."""

    marks: tuple[Mark, ...] = ()
    level: int = 0
    language: str = ""
    nested: bool = False


@dataclass
class Reading:
    """What the reading of one page shares; ``build`` makes blocks of nodes, for what notes hold."""

    source: Source
    settings: Settings
    report: Report
    page: Page
    notes: Notes
    anchors: dict[Node, str]
    targets: dict[str, str]
    build: Callable[[Sequence[Node | Piece], Context, Reading], list[Block]]
    consumed: list[Consumed] = field(default_factory=list)
    aside: list[Text] = field(default_factory=list)
    waiting: list[Run] = field(default_factory=list)

    def consume(self, node: Node, rule: str) -> None:
        """Use an element's words up as markup."""
        self.consumed += [Consumed(piece.start, piece.end, rule) for piece in node.pieces]

    def put_aside(self, node: Node) -> None:
        """Keep an element's words out of the text; they go to the header."""
        text = words_of(piece for piece in node.pieces)
        if text:
            self.aside.append(text)

    @property
    def file(self) -> str:
        """The file's name, by which links within the page may call it."""
        return self.source.path.name


def text_of(nodes: Sequence[Node | Piece], context: Context, reading: Reading) -> Text:
    """Running text; whatever points waited for text stand at its beginning."""
    text = Text(tuple(collapsed(raw_runs(nodes, context, reading)))).strip()
    if text and reading.waiting:
        waited, reading.waiting = reading.waiting, []
        text = Text(tuple(waited)) + text
    return text


def one_block(text: Text) -> Text:
    """A heading is one, whatever blank lines stand in it."""
    for gap in reversed(list(BLANK_LINE.finditer(text.plain))):
        points = tuple(run for run in text.slice(gap.start() + 1, gap.end()).runs if run.point)
        text = text.slice(0, gap.start() + 1) + Text(points) + text.slice(gap.end())
    return text


def language_attribute(context: Context, reading: Reading) -> Attributes:
    language = context.language
    return (("xml:lang", language),) if language and language != reading.page.language else ()


# --- elements -----------------------------------------------------------------------------------


def raw_runs(nodes: Sequence[Node | Piece], context: Context, reading: Reading) -> Iterator[Run]:
    """The runs of nodes with their white space as it is in the source."""
    for one in nodes:
        if isinstance(one, Piece):
            if one.text:
                yield Run(one.text, one.start, one.end, context.marks)
        elif one in reading.notes.moved:
            continue
        elif one in reading.page.furniture:
            reading.put_aside(one)
        else:
            yield from _runs_of(one, context, reading)


def _runs_of(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    notes = reading.notes
    if node in notes.by_mark:
        reading.consume(node, "html-note-mark")
        yield Run("", node.start, node.start, context.marks, _note(notes.by_mark[node], context, reading))
        return
    if node in notes.back:
        reading.consume(node, "html-note-backlink")
        return
    number = page_number(node)
    if number is not None:
        reading.consume(node, "html-page-break")
        yield Run("", node.start, node.start, context.marks, Point("pb", attributes(n=number)))
        return
    yield from anchor(node, reading)
    yield from SPECIAL.get(node.tag, _element)(node, context, reading)


def anchor(node: Node, reading: Reading) -> Iterator[Run]:
    """The place that a link of the page leads to."""
    id = reading.anchors.get(node, "")
    if id:
        yield Run("", node.start, node.start, (), Point("anchor", (("xml:id", id),)))


def _element(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """An element of running text; one that is none begins and ends a line."""
    edge = Run(BOUNDARY, node.start, node.start) if node.tag in BLOCKS else None
    if edge:
        yield edge
    yield from raw_runs(node.children, within(node, context, reading), reading)
    if edge:
        yield edge


def _line_break(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    yield Run("\n", node.start, node.start)
    yield from raw_runs(node.children, context, reading)


def _abbreviation(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """An abbreviation and what its title says it stands for."""
    title = node.said.get("title")
    if title is None:
        yield from _element(node, context, reading)
        return
    marks = (*context.marks, Mark("choice"))
    apart = Run("", node.start, node.start, context.marks)
    yield apart
    short = list(raw_runs(node.children, replace(context, marks=(*marks, Mark("abbr"))), reading))
    yield from (run for run in short if run.text.strip() or run.point)
    yield Run(title.text, title.start, title.end, (*marks, Mark("expan")))
    yield replace(apart, start=title.end, end=title.end)


def _ruby(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """Characters with their pronunciation behind them; brackets that the page gives for it are kept, else made."""
    given = any(inner.tag == "rp" for inner in node.nodes)
    for one in node.children:
        if isinstance(one, Piece) or one.tag != "rt" or given:
            yield from raw_runs([one], context, reading)
            continue
        yield Run("(", one.start, one.start, context.marks)
        yield from raw_runs([one], context, reading)
        yield Run(")", one.start, one.start, context.marks)


def picture(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A picture as a figure in running text, with its description; one that shows nothing is left out.

    A picture of a single letter, an initial, stands for that letter.
    """
    said = node.said.get("alt")
    point = graphic(node, reading)
    if point is None and said is None:
        return
    inner = [Run("", node.start, node.start, (), point)] if point else []
    initial = said is not None and len(said.text.strip()) == 1
    if said and not initial:
        inner += Text((Run(said.text, said.start, said.end, (Mark("figDesc"),)),)).strip().runs
    if inner:
        figure = Point("figure", (), (Block("paragraph", Text(tuple(inner))),))
        yield Run("", node.start, node.start, context.marks, figure)
    if said and initial:
        yield Run(said.text, said.start, said.end, context.marks)


def graphic(node: Node, reading: Reading) -> Point | None:
    """The file of a picture; none for the dots by which readers are counted."""
    address = clean_address(node.get("src") or node.get("data-src"))
    if node.get("width") in ("0", "1") or node.get("height") in ("0", "1") or not address:
        return None
    if address.casefold().startswith("data:"):
        place = reading.source.location(node.start)
        reading.report.add(codes.PICTURE_LEFT_OUT, place, "a picture that the page holds itself was left out")
        return None
    size = {key: _length(node.get(key)) for key in ("width", "height")}
    return Point("graphic", attributes(url=address, **size))


def _length(value: str) -> str:
    value = value.strip()
    return f"{value}px" if value.isdigit() and value.isascii() else ""


def _date(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A time with the date it stands for."""
    found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T ])", node.get("datetime").strip())
    when = found[0] if found and (len(found[0]) < 10 or iso_date(found[0])) else ""
    if re.fullmatch(r"\d{4}-(?:00|1[3-9]|[2-9]\d)", when):
        when = ""
    mark = (Mark("date", (("when", when),)),) if when else ()
    inner = within(node, context, reading)
    yield from raw_runs(node.children, replace(inner, marks=(*inner.marks, *mark)), reading)


SPECIAL: dict[str, Callable[[Node, Context, Reading], Iterator[Run]]] = {
    "br": _line_break,
    "abbr": _abbreviation,
    "acronym": _abbreviation,
    "ruby": _ruby,
    "img": picture,
    "time": _date,
}


# --- marks --------------------------------------------------------------------------------------


def within(node: Node, context: Context, reading: Reading) -> Context:
    """The context of what an element holds: its marks and its language added."""
    own = [mark for mark in marks_of(node, reading) if mark not in context.marks]
    language = language_of(node)
    if language and language != context.language and node.tag not in BLOCKS:
        own.append(Mark("foreign", (("xml:lang", language),)))
    if not own and not language:
        return context
    return replace(context, marks=(*context.marks, *own), language=language or context.language)


def marks_of(node: Node, reading: Reading) -> Iterator[Mark]:
    """What tag, class and style say of the words in an element."""
    if node.tag == "a":
        yield from _link(node, reading)
    if node in reading.notes.again:
        yield ref(f"#{reading.notes.again[node].id}")
    if node.tag in TAGS:
        yield TAGS[node.tag]
    elif node.tag == "cite" and "citation" not in node.tokens and not _in_quotation(node):
        yield Mark("title")
    elif node.tag == "rt":
        yield Mark("gloss")
    if node.tag not in BLOCKS:
        yield from _of_classes(node, reading)
    if node.get("style"):
        style = node.style
        yield from dict.fromkeys(hi(rend) for name, value, rend in STYLES if value.fullmatch(style.get(name, "")))


def _of_classes(node: Node, reading: Reading) -> Iterator[Mark]:
    for name in dict.fromkeys((*node.get("class").split(), f"tei-{node.get('data-tei')}")):
        mark = character_mark(name, reading.settings) or CLASSES.get(name.casefold())
        if mark:
            yield mark


def _in_quotation(node: Node) -> bool:
    return any(one.tag in ("blockquote", "footer", "figcaption") for one in node.ancestors)


def _link(node: Node, reading: Reading) -> Iterator[Mark]:
    """Where a link leads, if that is a place that can be pointed to."""
    name = fragment(node, reading.file)
    if name:
        if name in reading.targets:
            yield ref(f"#{reading.targets[name]}")
        return
    address = clean_address(node.get("href"))
    if UNSAFE.match(address):
        place = reading.source.location(node.start)
        reading.report.add(codes.UNSAFE_LINK, place, f"the link to “{address[:60]}” was left out, its text kept")
    elif address and not address.startswith("#"):
        yield ref(address)


# --- notes and pages ----------------------------------------------------------------------------


def _note(note: Note, context: Context, reading: Reading) -> Point:
    """A note with its blocks, without the number that stands before it there."""
    inner: list[Node | Piece] = []
    for one in note.nodes:
        opened = isinstance(one, Node) and one.tag in ("li", "tr", "td", "dd", "dt", "aside", "div", "section")
        inner += one.children if opened and isinstance(one, Node) else [one]
    waiting, reading.waiting = reading.waiting, []
    reading.notes.moved.difference_update(note.nodes)
    before = len(reading.consumed)
    blocks = reading.build(inner, Context(language=context.language, nested=True), reading)
    reading.notes.moved.update(note.nodes)
    reading.waiting = waiting
    if blocks and not note.numbered:
        used = "".join(reading.source.text[one.start : one.end] for one in reading.consumed[before:])
        blocks[0] = _without_number(blocks[0], "" if note.n in used else note.n, reading)
    blocks = [block for block in blocks if block.text or block.blocks or block.label or block.text.points]
    return Point("note", attributes(n=note.n, place=note.place, **{"xml:id": note.id}), tuple(blocks))


def _without_number(block: Block, n: str, reading: Reading) -> Block:
    """A note's first block without its number, or without the brackets that are left of it where it was a link."""
    found = re.match(rf"\s*[\[(]?\s?{re.escape(n)}\s?[\])]?[.:]?(?:\s+|$)", block.text.plain)
    if not found:
        return block
    number = block.text.slice(0, found.end())
    reading.consumed += [Consumed(run.start, run.end, "html-note-number") for run in number.runs if run.text]
    points = tuple(run for run in number.runs if run.point)
    return replace(block, text=Text(points) + block.text.slice(found.end()))


def page_number(node: Node) -> str | None:
    """The number of the page that begins at an element of running text; empty if it has none, None if none begins."""
    if not node.attributes:
        return None
    named = node.tokens & PAGE_TOKENS or (node.tag == "span" and "page" in node.tokens)
    in_id = PAGE_ID.fullmatch(node.get("id") or (node.get("name") if node.tag == "a" else ""))
    breaks = node.tag == "br" and node.get("style") and page_break_before(node)
    if node.holds_blocks or not (named or in_id or breaks):
        return None
    plain = node.plain
    if len(plain) > 20:
        return None
    said = PAGE_TEXT.fullmatch(plain)
    if named and (said or not plain):
        given = node.get("title") or node.get("aria-label") or node.get("data-page") or node.get("value")
        number = re.search(r"(\d+|\b[ivxlc]+)\W*$", given, re.IGNORECASE)
        return (said and said[1]) or (number[1] if number else "") or (in_id[1] if in_id else "")
    if in_id and node.tag in ("a", "span") and not plain and not node.get("href"):
        return in_id[1]
    return "" if breaks else None


def page_break_before(node: Node) -> bool:
    """Whether a style begins a new page before an element."""
    style = node.style if node.get("style") else {}
    return bool({style.get("page-break-before", ""), style.get("break-before", "")} & BREAKS)
