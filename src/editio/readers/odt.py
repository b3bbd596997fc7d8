"""OpenDocument texts (ODT, and FODT, which is the same in one XML file)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from lxml import etree

from editio import codes, tei
from editio.arrange import arranged
from editio.config import Settings
from editio.container import Container, damaged, encrypted, mistaken, open_container
from editio.diagnostics import Location, Report
from editio.flat import Flat
from editio.model import Block, Draft, Field, Source, Text
from editio.odf.blocks import blocks_of
from editio.odf.styles import read_styles
from editio.odf.text import PLACES, REFERENCES, Context, Reading
from editio.odf.tree import Node, paragraphs_in, read_nodes
from editio.read import HEADER_IDS
from editio.registry import reader
from editio.running import words_of
from editio.xmlsource import parse_source

TITLES = {"odt-title": "title", "odt-subtitle": "subtitle"}
# What a document says of itself in meta.xml
SAID = frozenset("dc:title dc:creator dc:description dc:subject dc:date meta:initial-creator meta:keyword".split())
NO_TITLE = re.compile(r"(?i)(untitled|unbenannt|sans titre|document|dokument|[\w-]+\.(odt|docx?|ott|rtf))[\s\d._-]*")
RUNNING_HEADS = {
    "style:header": "page-header",
    "style:header-left": "page-header",
    "style:header-first": "page-header",
    "style:footer": "page-footer",
    "style:footer-left": "page-footer",
    "style:footer-first": "page-footer",
}


@reader(".odt", ".fodt", ".ott", binary=True)
def read_odt(source: Source, settings: Settings, report: Report) -> Draft:
    """The draft of an OpenDocument text: every text is collected first, then the structure read."""
    flat = Flat()
    roots = _roots(source)
    content = read_nodes(roots[0], flat)
    others = [read_nodes(root, flat, paragraphs_in(content)) for root in roots[1:]]
    body = next((node for node in content.nodes if node.tag == "office:text"), None)
    if body is None:
        raise mistaken(source, "no OpenDocument text (a spreadsheet, presentation or drawing)")
    parts = [content, *others]
    reading = _reading(flat.source(source), settings, report, parts, body)
    blocks = _without_first_break(blocks_of(list(body.elements), Context(), reading))
    for region in reading.deleted.values():
        if settings.convert.changes == "accept":
            reading.consume(region, "odt-deleted")
        else:
            reading.put_aside(region, "deleted")
    _running_heads(parts, reading)
    _report(reading)
    captions = {at for at, block in enumerate(blocks) if block.rule == "odt-caption"}
    titles = {at: TITLES[block.rule] for at, block in enumerate(blocks) if block.rule in TITLES}
    arranged_blocks, fields = arranged(blocks, captions, titles)
    fields += [Field(f"furniture:{name}", text, "odt-furniture") for name, text in reading.aside]
    fields += _said(parts, arranged_blocks, bool(fields))
    return Draft(reading.source, arranged_blocks, tuple(fields), tuple(reading.consumed))


def _roots(source: Source) -> list[etree._Element]:
    """The XML of the document's text, styles and properties."""
    if source.path.suffix.lower() == ".fodt":
        return [_flat(source)]
    container = open_container(source)
    if b"encryption-data" in (container.read("META-INF/manifest.xml") or b""):
        raise encrypted(source)
    content = container.tree("content.xml")
    if content is None and "word/document.xml" in container.names:
        raise mistaken(source, "a Word document (DOCX)")
    if content is None:
        raise damaged(source, "“content.xml” is missing in it")
    return [content, *_more(container)]


def _more(container: Container) -> Iterator[etree._Element]:
    for name in ("styles.xml", "meta.xml"):
        root = container.tree(name)
        if root is not None:
            yield root


def _flat(source: Source) -> etree._Element:
    """The document in one XML file."""
    root = parse_source(source)
    if root.getroottree().docinfo.doctype:
        raise damaged(source, "it has a DTD, which no word processor writes")
    return root


def _reading(source: Source, settings: Settings, report: Report, parts: Sequence[Node], body: Node) -> Reading:
    """The state of the reading, with the places that something refers to and the changes that were tracked."""
    named = {node.get("text:name"): node for node in body.nodes if node.tag in PLACES}
    wanted = [node.get("text:ref-name") for node in body.nodes if node.tag in REFERENCES]
    wanted += [unquote(node.get("xlink:href")[1:]) for node in body.nodes if node.get("xlink:href").startswith("#")]
    used = {source.id, *HEADER_IDS}
    targets = {name: _unused(name, used) for name in dict.fromkeys(wanted) if name in named}
    anchors = {named[name]: id for name, id in targets.items()}
    deleted: dict[str, Node] = {}
    insertions: set[str] = set()
    stores = (node for node in body.elements if node.tag == "text:tracked-changes")
    for region in (node for store in stores for node in store.elements if node.tag == "text:changed-region"):
        id = region.get("text:id") or region.get("xml:id")
        for change in region.elements:
            if change.tag == "text:deletion":
                deleted.setdefault(id, change)
            elif change.tag == "text:insertion":
                insertions.add(id)
    styles = read_styles(parts, settings)
    return Reading(source, settings, report, styles, anchors, targets, deleted, insertions, blocks_of)


def _unused(name: str, used: set[str]) -> str:
    id = tei.xml_name(name) or "place"
    while id in used:
        id += "_"
    used.add(id)
    return id


def _without_first_break(blocks: list[Block]) -> list[Block]:
    """The blocks without a page break before all text, and without one right behind another."""
    kept: list[Block] = []
    for block in blocks:
        breaks = block.role == "pb" and not block.n
        if not (breaks and (not kept or kept[-1].role == "pb")):
            kept.append(block)
    return kept[:-1] if kept and kept[-1].role == "pb" else kept


def _running_heads(parts: Sequence[Node], reading: Reading) -> None:
    """Keep the headers and footers of pages for the header, each text once."""
    seen: set[str] = set()
    for node in (node for part in parts for node in part.nodes if node.tag in RUNNING_HEADS):
        if node.plain in seen:
            reading.consume(node, "odt-repeated-page-header")
        else:
            seen.add(node.plain)
            reading.put_aside(node, RUNNING_HEADS[node.tag])


def _report(reading: Reading) -> None:
    """Report once for the document what an editor should know of it."""
    place = Location(reading.source.name)
    names = {name for name, _ in reading.aside}
    if names & {"page-header", "page-footer"}:
        reading.report.add(codes.RUNNING_HEAD, place, "the document has page headers or footers")
    if names & {"contents", "index"}:
        message = "the document has a table of contents or index made by the word processor"
        reading.report.add(codes.GENERATED_LIST, place, message)
    if reading.pictures:
        several = len(set(reading.pictures)) > 1
        message = f"{len(set(reading.pictures))} picture{'s' if several else ''} of the document: put "
        message += f"{'them' if several else 'it'} where the TEI looks for {'them' if several else 'it'}, “{reading.pictures[0]}”"
        hint = f"unpack the ODT as a ZIP and copy its folder Pictures to {reading.source.id}/Pictures beside the TEI"
        reading.report.add(codes.PICTURE_NOT_COPIED, place, message, hint)


def _said(parts: Sequence[Node], blocks: Sequence[Block], titled: bool) -> Iterator[Field]:
    """What the document says of itself: a title, where its text has none; anything else is kept, not asserted."""
    titled = titled or any(block.kind == "heading" for block in blocks)
    for part in parts:
        for node in (node for meta in part.nodes if meta.tag == "office:meta" for node in meta.elements):
            text = words_of(node.texts)
            if node.tag not in SAID or not text:
                continue
            is_title = node.tag == "dc:title" and not titled and not NO_TITLE.fullmatch(text.plain)
            is_title = is_title and not _stands_in(text, blocks)
            titled = titled or is_title
            yield Field("title" if is_title else "furniture:properties", text, "odt-properties")


def _stands_in(words: Text, blocks: Sequence[Block]) -> bool:
    """Whether a line of the text consists of the same words."""
    return any(_letters(text.plain) == _letters(words.plain) for block in blocks for text in block.texts)


def _letters(plain: str) -> str:
    return "".join(filter(str.isalnum, plain.casefold()))
