"""Running text of an OpenDocument text: styles of words, notes, comments, changes, pictures, places and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from editio import codes
from editio.config import Settings
from editio.diagnostics import Report
from editio.flat import attributes, hi, ref
from editio.items import figure_of
from editio.model import Block, Consumed, Mark, Point, Run, Source, Text
from editio.odf.styles import Styles
from editio.odf.tree import PARAGRAPHS, Node
from editio.running import UNSAFE, Piece, clean_address, collapsed, words_of

PLACES = frozenset("text:bookmark text:bookmark-start text:reference-mark text:reference-mark-start".split())
# Elements that stand for something by themselves
EMPTY = PLACES | frozenset("text:s text:tab text:line-break text:change text:change-start text:change-end".split())
REFERENCES = frozenset("text:bookmark-ref text:reference-ref text:note-ref text:sequence-ref".split())
SHAPES = frozenset(
    "draw:custom-shape draw:rect draw:ellipse draw:circle draw:line draw:polygon draw:polyline draw:path draw:g "
    "draw:caption draw:connector draw:measure draw:regular-polygon".split()
)
# Who made a comment and when
COMMENTED = ("dc:creator", "dc:date", "meta:creator-initials")
# Spaces that one element may stand for; more are an accident or an attack.
MOST_SPACES = 1000
# Notes, boxes and tables in one another deeper than this are read without their structure.
DEEPEST = 20


@dataclass(frozen=True)
class Context:
    """What is around a node: marks, depth of lists, how deep it stands, and whether it stands in another block."""

    marks: tuple[Mark, ...] = ()
    level: int = 0
    depth: int = 0
    nested: bool = False


@dataclass
class Reading:
    """What the reading of one document shares; ``build`` makes blocks of nodes, for what notes and boxes hold."""

    source: Source
    settings: Settings
    report: Report
    styles: Styles
    anchors: dict[Node, str]
    targets: dict[str, str]
    deleted: dict[str, Node]
    insertions: set[str]
    build: Callable[[Sequence[Node], Context, Reading], list[Block]]
    consumed: list[Consumed] = field(default_factory=list)
    aside: list[tuple[str, Text]] = field(default_factory=list)
    inserted: set[str] = field(default_factory=set)
    behind: list[Block] = field(default_factory=list)
    counts: dict[str, list[int]] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)

    def consume(self, node: Node, rule: str) -> None:
        """Use an element's words up as markup."""
        self.consumed += [Consumed(piece.start, piece.end, rule) for piece in node.texts]

    def put_aside(self, node: Node, name: str) -> None:
        """Keep an element's words out of the text; they go to the header."""
        text = words_of(node.texts)
        if text:
            self.aside.append((name, text))


def text_of(node: Node, context: Context, reading: Reading) -> Text:
    """The running text of a paragraph."""
    return Text(tuple(collapsed(raw_runs(node.children, context, reading)))).strip()


def raw_runs(nodes: Sequence[Node | Piece], context: Context, reading: Reading) -> Iterator[Run]:
    """The runs of nodes with their white space as it is in the file."""
    for one in nodes:
        if isinstance(one, Node):
            yield from ELEMENTS.get(one.tag, _transparent)(one, context, reading)
            if one.tag in EMPTY and one.children:
                yield from raw_runs(one.children, context, reading)
        elif one.text:
            marks = (*context.marks, Mark("add")) if reading.inserted else context.marks
            yield Run(one.text, one.start, one.end, marks)


def _transparent(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """An element of which only the content counts: a field, a form, what is not known."""
    yield from raw_runs(node.children, context, reading)


def _span(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    name = node.get("text:style-name")
    if reading.styles.is_hidden("text", name):
        reading.put_aside(node, "hidden-text")
        return
    own = [mark for mark in reading.styles.marks(name, reading.settings) if mark not in context.marks]
    yield from raw_runs(node.children, replace(context, marks=(*context.marks, *own)), reading)


def _spaces(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    count = node.get("text:c")
    many = min(int(count), MOST_SPACES) if count.isdigit() and len(count) < 6 else 1
    yield Run(" " * many, node.start, node.start, context.marks)


def _tab(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    yield Run("\t", node.start, node.start, context.marks)


def _line_break(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    yield Run("\n", node.start, node.start)


def _link(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A link with the style of its words; one within the document leads to its place there."""
    address = clean_address(node.get("xlink:href"))
    mark: tuple[Mark, ...] = ()
    if address.startswith("#"):
        id = reading.targets.get(unquote(node.get("xlink:href"))[1:].partition("|")[0], "")
        mark = (ref(f"#{id}"),) if id else ()
    elif UNSAFE.match(address):
        place = reading.source.location(node.start)
        reading.report.add(codes.UNSAFE_LINK, place, f"the link to “{address[:60]}” was left out, its text kept")
    elif address:
        mark = (ref(address),)
    own = reading.styles.marks(node.get("text:style-name"), reading.settings) if node.get("text:style-name") else []
    looks = [one for one in own if one.attributes != (("rend", "underline"),)]
    yield from raw_runs(node.children, replace(context, marks=(*context.marks, *mark, *looks)), reading)


def _place(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A place that something in the document refers to."""
    id = reading.anchors.get(node, "")
    if id:
        yield Run("", node.start, node.start, (), Point("anchor", (("xml:id", id),)))


def _reference(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    id = reading.targets.get(node.get("text:ref-name"), "")
    mark = (ref(f"#{id}"),) if id else ()
    yield from raw_runs(node.children, replace(context, marks=(*context.marks, *mark)), reading)


def _hidden(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """Text that shows only under a condition."""
    if node.get("text:is-hidden") == "true":
        reading.put_aside(node, "hidden-text")
    else:
        yield from raw_runs(node.children, context, reading)


def _ruby(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """Characters with their pronunciation in brackets behind them."""
    for part in node.elements:
        if part.tag != "text:ruby-text":
            yield from raw_runs(part.children, context, reading)
            continue
        yield Run("(", part.start, part.start, context.marks)
        yield from raw_runs(part.children, replace(context, marks=(*context.marks, Mark("gloss"))), reading)
        yield Run(")", part.start, part.start, context.marks)


# --- notes, comments, changes -------------------------------------------------------------------


def _note(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A footnote or endnote at its mark, numbered as the document shows it."""
    citation = next((one for one in node.elements if one.tag == "text:note-citation"), None)
    body = next((one for one in node.elements if one.tag == "text:note-body"), None)
    if context.depth >= DEEPEST:
        yield from _transparent(node, context, reading)
        return
    if citation:
        reading.consume(citation, "odt-note-mark")
    n = citation.plain or citation.get("text:label") if citation else ""
    place = "end" if node.get("text:note-class") == "endnote" else "foot"
    blocks = held(body, context, reading) if body else []
    for one in node.elements:
        if one is not citation and one is not body:
            reading.put_aside(one, "note")
    marks = tuple(mark for mark in context.marks if mark != hi("superscript"))
    yield Run("", node.start, node.start, marks, Point("note", attributes(n=n, place=place), tuple(blocks)))


def held(node: Node, context: Context, reading: Reading) -> list[Block]:
    """The blocks of what a note or box holds."""
    inner = Context(depth=context.depth + 1, nested=True)
    return reading.build(list(node.elements), inner, reading)


def _comment(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A comment: a note that begins with who made it and when, or words of the header."""
    if reading.settings.convert.comments == "header" or context.depth >= DEEPEST:
        reading.put_aside(node, "comment")
        return
    label = (Mark("label"),)
    said: list[Run] = []
    for one in node.elements:
        if one.tag in COMMENTED:
            pieces = [Run(piece.text, piece.start, piece.end, label) for piece in one.texts]
            said += [*([Run(", ", one.start, one.start, label)] if said and pieces else []), *pieces]
    who = Text((*said, Run(" ", node.start, node.start))) if said else Text()
    words = [one for one in node.elements if one.tag in PARAGRAPHS or one.tag == "text:list"]
    blocks = reading.build(words, Context(depth=context.depth + 1, nested=True), reading)
    for one in node.elements:
        if one not in words and one.tag not in COMMENTED:
            reading.put_aside(one, "comment")
    first = blocks[0] if blocks and blocks[0].is_plain else None
    made = [replace(first or Block("paragraph"), text=who + (first.text if first else Text()))]
    made += blocks[1:] if first else blocks
    yield Run("", node.start, node.start, context.marks, Point("note", (("type", "comment"),), tuple(made)))


def _change(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """The place where words were deleted: they stand there again where changes are kept."""
    region = reading.deleted.pop(node.get("text:change-id"), None)
    if region is None:
        return
    if reading.settings.convert.changes == "accept":
        reading.consume(region, "odt-deleted")
        return
    inner = replace(context, marks=(*context.marks, Mark("del")))
    for number, one in enumerate(one for one in region.nodes if one.tag in PARAGRAPHS):
        if number:
            yield Run(" ", one.start, one.start, inner.marks)
        yield from raw_runs(one.children, inner, reading)


def change_edge(node: Node, reading: Reading) -> None:
    """Inserted words begin or end."""
    if reading.settings.convert.changes == "keep" and node.get("text:change-id") in reading.insertions:
        edit = reading.inserted.add if node.tag == "text:change-start" else reading.inserted.discard
        edit(node.get("text:change-id"))


def _change_edge(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    change_edge(node, reading)
    return iter(())


# --- pictures and boxes ---------------------------------------------------------------------------


def _frame(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A frame: a picture stands in the text, what a box holds behind the paragraph."""
    boxes = [one for one in node.elements if one.tag == "draw:text-box"]
    for box in boxes:
        yield from _box(box, context, reading)
    described = [one for one in node.elements if one.tag in ("svg:title", "svg:desc")]
    image = next((one for one in node.elements if one.tag == "draw:image"), None)
    if boxes or image is None:
        rest = [
            one for one in node.elements if one not in boxes and one.tag not in ("draw:image", "svg:title", "svg:desc")
        ]
        yield from raw_runs(rest, context, reading)
        for one in (*described, *([image] if image else [])):
            reading.put_aside(one, "description")
        return
    point = _picture(node, image, reading)
    runs = [Run("", node.start, node.start, (), point)] if point else []
    runs += collapsed(_description(described))
    for one in node.elements:
        if one is not image and one not in described:
            reading.put_aside(one, "description")
    figure = Point("figure", (), (Block("paragraph", Text(tuple(runs))),))
    yield Run("", node.start, node.start, context.marks, figure)
    reading.put_aside(image, "description")


def _description(described: Sequence[Node]) -> Iterator[Run]:
    for number, one in enumerate(described):
        if number:
            yield Run(" ", one.start, one.start, (Mark("figDesc"),))
        yield from (Run(piece.text, piece.start, piece.end, (Mark("figDesc"),)) for piece in one.texts)


def _picture(frame: Node, image: Node, reading: Reading) -> Point | None:
    """The file of a picture; one inside the container lies beside the document, in a folder of its name."""
    address = clean_address(image.get("xlink:href"))
    size = {key: frame.get(f"svg:{key}") for key in ("width", "height")}
    size = {key: value for key, value in size.items() if value.rstrip("cmpintx%").replace(".", "", 1).isdigit()}
    if not address or UNSAFE.match(address):
        place = reading.source.location(frame.start)
        reading.report.add(codes.PICTURE_LEFT_OUT, place, "a picture that the file holds itself was left out")
        return None
    if ":" not in address.partition("/")[0]:
        address = f"{reading.source.id}/{address.removeprefix('./').removeprefix('../')}"
        reading.pictures.append(address)
    return Point("graphic", attributes(url=address, **size))


def _box(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    if context.depth >= DEEPEST:
        yield from raw_runs(node.children, context, reading)
        return
    reading.behind += _captioned(held(node, context, reading))


def _captioned(blocks: list[Block]) -> list[Block]:
    """A picture and the words under it, which stand in a box together, as a figure."""
    text = blocks[0].text if len(blocks) == 1 and blocks[0].kind == "paragraph" else Text()
    figures = [run.point for run in text.runs if run.point and run.point.name == "figure"]
    if len(figures) != 1:
        return blocks
    caption = Text(tuple(run for run in text.runs if run.point is not figures[0])).strip()
    figure = figure_of(figures)
    return [replace(figure, text=figure.text + caption)]


def _shape(node: Node, context: Context, reading: Reading) -> Iterator[Run]:
    """A drawn shape, of which the words count."""
    for one in node.elements:
        if one.tag in ("svg:title", "svg:desc"):
            reading.put_aside(one, "description")
    words = [one for one in node.elements if one.tag not in ("svg:title", "svg:desc")]
    if context.depth >= DEEPEST:
        yield from raw_runs(words, context, reading)
    else:
        reading.behind += reading.build(words, Context(depth=context.depth + 1, nested=True), reading)


Element = Callable[[Node, Context, Reading], Iterator[Run]]
ELEMENTS: dict[str, Element] = {
    **dict.fromkeys(PLACES, _place),
    **dict.fromkeys(REFERENCES, _reference),
    **dict.fromkeys(SHAPES, _shape),
    "text:span": _span,
    "text:s": _spaces,
    "text:tab": _tab,
    "text:line-break": _line_break,
    "text:a": _link,
    "text:ruby": _ruby,
    "text:note": _note,
    "office:annotation": _comment,
    "text:change": _change,
    "text:change-start": _change_edge,
    "text:change-end": _change_edge,
    "text:hidden-text": _hidden,
    "text:hidden-paragraph": _hidden,
    "draw:frame": _frame,
    "draw:text-box": _box,
}
