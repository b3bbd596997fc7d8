"""HTML and XHTML: pages of a web site, exports of word processors and of pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editio import codes, tei
from editio.config import Settings
from editio.diagnostics import Location, Report, refuse
from editio.flat import Flat
from editio.model import Block, Draft, Field, Source, Text
from editio.read import HEADER_IDS
from editio.registry import reader
from editio.running import Piece, words_of
from editio.web.blocks import blocks_of
from editio.web.inline import Context, Reading, text_of
from editio.web.notes import Notes, find_notes, fragment, ids_of
from editio.web.page import Page, take_apart
from editio.web.tree import Node, read_tree

# Titles that programs give
NO_TITLE = re.compile(r"(?:untitled|unbenannt|sans titre|new page|document|index|home)[\W\d]*", re.IGNORECASE)
TITLE_BLOCK = "title-block-header"
# What the parts of pandoc's title block are
TITLE_PARTS = {"title": "title", "author": "author", "date": "date", "abstract": "abstract", "subtitle": "subtitle"}


@reader(".html", ".htm", ".xhtml", binary=True)
def read_html(source: Source, settings: Settings, report: Report) -> Draft:
    """The document on a page as blocks, its notes at their marks; what surrounds it goes to the header."""
    flat = Flat()
    top = read_tree(source, settings, report, flat)
    source = flat.source(source)
    page = take_apart(top)
    reading = _reading(source, settings, report, page, find_notes(top, page, source.path.name), top)
    context = Context(language=page.language)
    fields = list(_title_block(page, context, reading))
    blocks = _with_waiting(blocks_of(page.roots, context, reading), reading)
    if not any(block.whole or block.blocks or block.text.points for block in blocks):
        raise _empty(source, top)
    fields = _once(fields, blocks)
    fields += _surroundings(page, blocks, reading, fields)
    fields += _said(page, blocks, fields)
    return Draft(source, tuple(blocks), tuple(fields), tuple(reading.consumed), language=page.language)


def _reading(source: Source, settings: Settings, report: Report, page: Page, notes: Notes, top: Node) -> Reading:
    """The state of the reading, with the places that links of the page lead to."""
    ids = ids_of(top)
    anchors: dict[Node, str] = {}
    targets: dict[str, str] = {}
    marks = {inner for mark in (*notes.by_mark, *notes.again, *notes.back) for inner in mark.nodes}
    noted = {note.target for note in notes.by_mark.values()}
    hidden = {inner for node in page.furniture for inner in node.nodes}
    kept = {node for root in page.roots for node in root.nodes} - hidden
    used = {*HEADER_IDS, source.id, *(note.id for note in notes.by_mark.values())}
    for node in kept:
        name = fragment(node, source.path.name) if node.tag == "a" and node not in marks else ""
        target = ids.get(name) if name else None
        if target in kept and target is not None and target not in noted and target not in marks:
            if target not in anchors:
                anchors[target] = _unused(tei.xml_name(name) or "place", used)
            targets[name] = anchors[target]
    return Reading(source, settings, report, page, notes, anchors, targets, blocks_of)


def _unused(name: str, used: set[str]) -> str:
    while name in used:
        name += "_"
    used.add(name)
    return name


def _empty(source: Source, top: Node) -> Exception:
    frames = any(node.tag == "frame" for node in top.nodes)
    hint = "convert the pages that it shows in its frames" if frames else ""
    return refuse(codes.EMPTY_SOURCE, Location(source.name), "the page holds no text", hint)


def _with_waiting(blocks: list[Block], reading: Reading) -> list[Block]:
    """The blocks; points that waited for text behind them, in vain, stand at the end of the last."""
    if not reading.waiting or not blocks:
        return blocks
    return [*blocks[:-1], replace(blocks[-1], text=blocks[-1].text + Text(tuple(reading.waiting)))]


# --- the header -----------------------------------------------------------------------------------


def _title_block(page: Page, context: Context, reading: Reading) -> Iterator[Field]:
    """What stands in the block that pandoc writes over a document; it is taken out of the text."""
    blocks = (node for root in page.roots for node in root.nodes if node.tag == "header")
    header = next((node for node in blocks if node.get("id") == TITLE_BLOCK), None)
    if header is None:
        return
    for one in header.children:
        name = (
            next((TITLE_PARTS[token] for token in one.tokens if token in TITLE_PARTS), "")
            if isinstance(one, Node)
            else ""
        )
        text = text_of([one], context, reading)
        if text:
            plain = Text(tuple(run for run in text.runs if run.point is None))
            yield Field(name or "furniture:properties", plain, "html-properties")
    reading.notes.moved.add(header)


def _once(fields: Sequence[Field], blocks: Sequence[Block]) -> list[Field]:
    """The fields of a title block; a title that the text repeats as its heading stands there."""
    heading = next((_normal(block.text.plain) for block in blocks if block.kind == "heading"), "")
    return [
        replace(field, name="furniture:properties")
        if field.name == "title" and _normal(field.text.plain) == heading
        else field
        for field in fields
    ]


def _surroundings(page: Page, blocks: Sequence[Block], reading: Reading, before: Sequence[Field]) -> list[Field]:
    """What surrounds the text on the page: its title, where it stands outside the text, and furniture."""
    fields: list[Field] = []
    titled = any(block.kind == "heading" and block.level == 1 for block in blocks) or _has(before, "title")
    title = None if titled else _title_outside(page)
    if title:
        fields.append(Field("title", words_of(title.pieces), "html-heading"))
    texts = [words_of(_pieces(one, reading, title)) for one in page.outside]
    furniture = sorted((text for text in (*texts, *reading.aside) if text), key=lambda text: text.start)
    if furniture:
        words = ", ".join(f"“{_shortened(text.plain)}”" for text in furniture[:3])
        place = reading.source.location(furniture[0].start)
        message = f"what surrounds the text on the web page was kept out of it: {words}{' …' if furniture[3:] else ''}"
        reading.report.add(codes.PAGE_FURNITURE, place, message)
    return fields + [Field("furniture:web-page", text, "html-furniture") for text in furniture]


def _has(fields: Sequence[Field], name: str) -> bool:
    return any(field.name == name for field in fields)


def _title_outside(page: Page) -> Node | None:
    """The only first heading outside the text, if the page has it in its title."""
    found = [node for one in page.outside if isinstance(one, Node) for node in one.nodes if node.tag == "h1"]
    title = _normal(" ".join(piece.text for name, piece in page.said if name == "title"))
    return found[0] if len(found) == 1 and found[0].plain and _normal(found[0].plain) in title else None


def _pieces(one: Node | Piece, reading: Reading, title: Node | None) -> Iterator[Piece]:
    """The text nodes of an element, without those of the title and of notes that stand at their marks."""
    waiting: list[Node | Piece] = [one]
    while waiting:
        at = waiting.pop()
        if at in reading.notes.moved or at is title:
            continue
        if isinstance(at, Piece):
            yield at
        else:
            yield from at.said.values()
            waiting += reversed(at.children)


def _said(page: Page, blocks: Sequence[Block], before: Sequence[Field]) -> Iterator[Field]:
    """What title and meta say: fields of the header, unless the text says it too."""
    whole = _normal(" ".join(text.plain for block in blocks for text in block.texts))
    titled = any(block.kind == "heading" for block in blocks) or _has(before, "title")
    for name, piece in page.said:
        text = words_of([piece])
        if not text:
            continue
        known = _normal(text.plain) in whole or (name == "title" and (titled or NO_TITLE.fullmatch(text.plain.strip())))
        titled = titled or name == "title"
        field = "furniture:properties" if known or name == "furniture" else name
        yield Field(field, text, "html-properties")


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _shortened(plain: str) -> str:
    plain = " ".join(plain.split())
    return plain if len(plain) <= 40 else plain[:39].rsplit(" ", 1)[0] + " …"
