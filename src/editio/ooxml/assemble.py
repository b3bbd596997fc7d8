"""Makes the draft of a Word document: has its parts collected and read, and finds a place for what is left."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from editio import codes
from editio.arrange import arranged
from editio.config import Settings
from editio.diagnostics import Location, Report
from editio.flat import Flat
from editio.model import Draft, Field, Run, Source, Text
from editio.ooxml.context import Context, anchors_of
from editio.ooxml.fields import paired
from editio.ooxml.notes import KINDS, Notes, read_notes, sections_of
from editio.ooxml.numbers import read_numbering
from editio.ooxml.parts import Package, W, value
from editio.ooxml.properties import Property, collect_properties, property_fields
from editio.ooxml.story import Story
from editio.ooxml.styles import Styles, read_styles
from editio.ooxml.symbols import is_private
from editio.ooxml.texts import collect, letters_by_language
from editio.read import HEADER_IDS

RUNNING_HEADS = ("header", "footer")


def draft_of(package: Package, source: Source, settings: Settings, report: Report) -> Draft:
    """The draft of a document: every text is collected first, then the structure read."""
    heads = [(f"page-{kind}", root) for kind in RUNNING_HEADS for _, root in package.related(kind)]
    context, properties = _context(package, source, settings, report, [root for _, root in heads])
    spoken = _language(package.document, settings)
    context.language = spoken or _primary(settings.edition.language)
    story = Story(context, package.main, paired(package.document), top=True)
    body = package.document.find(f"{W}body")
    for node in package.document if body is None else body:
        story.read(node)
    story.close()
    _set_rest_aside(context, heads, [] if body is None else [one for one in package.document if one is not body])
    blocks, fields = arranged(story.blocks, story.captions, story.titles)
    fields += [*property_fields(properties, blocks, context), *_furniture(context)]
    _report(context)
    return Draft(context.source, blocks, tuple(fields), tuple(context.consumed), language=spoken)


def _context(
    package: Package, source: Source, settings: Settings, report: Report, heads: list[etree._Element]
) -> tuple[Context, tuple[Property, ...]]:
    sections = sections_of(package.document)
    notes = {kind: read_notes(kind, package, sections) for kind in (*KINDS, "comment")}
    parts = [package.document, *(one for kind in notes.values() for one in kind.roots)]
    flat, paragraphs = Flat(), 0
    for root in (*parts, *heads):
        paragraphs = collect(root, flat, paragraphs)
    properties = collect_properties(package.container, flat)
    styles = read_styles(package.part("styles"), settings)
    numbering = read_numbering(package.part("numbering"), _lists_of_styles(styles))
    taken = {source.id, settings.convert.brackets, *HEADER_IDS}
    anchors = anchors_of(parts, styles, taken)
    context = Context(flat.source(source), settings, report, package, styles, numbering, notes, flat, anchors=anchors)
    return context, properties


def _lists_of_styles(styles: Styles) -> dict[str, str]:
    return {id: value(node, "pPr/numPr/numId") for id, node in styles.nodes.items()}


def _language(document: etree._Element, settings: Settings) -> str:
    """The language most of the text says it is in, where that is not the edition's; empty if none does."""
    letters = letters_by_language(document)
    whole = letters.pop("")
    most = max(letters, key=lambda language: letters[language], default="")
    if not most or letters[most] * 2 <= whole or most == _primary(settings.edition.language):
        return ""
    return most


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _set_rest_aside(context: Context, heads: list[tuple[str, etree._Element]], beside: list[etree._Element]) -> None:
    """Keep for the header what the text does not show where it stands: running heads, notes nobody refers to."""
    for node in beside:
        context.set_all_aside("background", node)
    for kind, notes in context.notes.items():
        for id, node in notes.nodes.items():
            if id not in notes.seen:
                context.set_all_aside("comment" if kind == "comment" else "unreferenced-note", node)
        for node in notes.separators:
            context.set_all_aside("note-separator", node)
        _set_strays_aside(context, notes)
    seen: set[str] = set()
    for name, root in heads:
        words = "".join(root.itertext(f"{W}t"))
        if words in seen:
            context.consume_all(root, "docx-repeated-page-header")
        else:
            context.set_all_aside(name, root)
            seen.add(words)


def _set_strays_aside(context: Context, notes: Notes) -> None:
    """Text that stands among the notes but in none."""
    known = {*notes.nodes.values(), *notes.separators}
    for root in notes.roots:
        for node in root:
            if isinstance(node.tag, str) and node not in known:
                context.set_all_aside("unreferenced-note", node)


def _furniture(context: Context) -> Iterator[Field]:
    """What was kept for the header, a field for each stretch of text."""
    for name, runs in context.furniture.items():
        text: list[Run] = []
        whole = "".join(run.text for run in runs)
        joined = name in ("contents", "index", "hidden-text")
        for run in runs:
            if run.text == "\n" and not joined:
                yield from _field(name, text)
                text = []
            else:
                text.append(run)
        if whole.strip():
            yield from _field(name, text)


def _field(name: str, runs: list[Run]) -> Iterator[Field]:
    text = Text(tuple(runs)).strip()
    if text:
        yield Field(f"furniture:{name}", text, "docx")


def _report(context: Context) -> None:
    """Report once for the document what an editor should know of it."""
    place = Location(context.source.name)
    names = set(context.furniture)
    if names & {"page-header", "page-footer"}:
        context.report.add(codes.RUNNING_HEAD, place, "the document has page headers or footers")
    if names & {"contents", "index"}:
        context.report.add(codes.GENERATED_LIST, place, "the document has a table of contents or index made by Word")
    if context.pictures:
        count = len(set(context.pictures))
        folder = context.source.id
        context.report.add(
            codes.PICTURE_NOT_COPIED,
            place,
            f"{count} picture{'s' if count > 1 else ''} of the document: put {'them' if count > 1 else 'it'} "
            f"where the TEI looks for {'them' if count > 1 else 'it'}, “{context.pictures[0]}”",
            f"unpack the DOCX as a ZIP and copy its folder word/media to {folder}/media beside the TEI",
        )
    if is_private(context.source.text):
        context.report.add(codes.UNKNOWN_SIGN, place, "a sign of a symbol font has no character in Unicode known here")
