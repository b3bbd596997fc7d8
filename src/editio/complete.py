"""Completes a document that came as TEI: its id, and what its header lacks. Nothing that is there is changed or moved.

What is added comes from the header that the document would get if it had none (``header.build_header``).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
from lxml import etree

from editio import __version__, codes, tei
from editio.config import LANGUAGE, Settings
from editio.diagnostics import Location
from editio.header import build_header
from editio.inline import Encoding
from editio.model import Draft, Field, Run, Text
from editio.tei import TEI, element, local_name

# The order in which TEI wants the parts of the header.
HEADER = ("fileDesc", "encodingDesc", "profileDesc", "revisionDesc")
FILE = ("titleStmt", "editionStmt", "extent", "publicationStmt", "seriesStmt", "notesStmt", "sourceDesc")
TITLE = ("title", "author", "funder", "respStmt")
PROFILE = ("abstract", "creation", "langUsage")
# Attributes that hold words, in which “#” is no pointer.
WORDS = frozenset({"n", "rend", "key", "style", "xml:id"})


def complete(tree: etree._Element, draft: Draft, encoding: Encoding) -> etree._Element:
    """A copy of the document with its id and header complete; its text is entered in the ledger."""
    root = copy.deepcopy(tree.getroottree()).getroot()
    _enter(root, encoding)
    former = _identify(root, draft, encoding)
    ours = build_header(_described(draft, root), replace(encoding, settings=_in_language(root, encoding.settings)))
    tei.set_contents(tei.part(ours, "encodingDesc"), [])  # the rules it declares were not applied
    header = root.find(f"{TEI}teiHeader")
    if header is None:
        header = element("teiHeader")
        tei.insert(root, 0, header)
    for path, order in (("", HEADER), ("fileDesc", FILE), ("fileDesc/titleStmt", TITLE), ("profileDesc", PROFILE)):
        _fill(_at(header, path), _at(ours, path), order)
    _sign(tei.part(header, "encodingDesc"), former)
    return root


def _enter(root: etree._Element, encoding: Encoding) -> None:
    """Enter every text in the ledger: that of the header, and that of all else."""
    header = root.find(f"{TEI}teiHeader")
    at = 0
    for child, text in _texts(root):
        entries = encoding.ledger.header if child is header is not None else encoding.ledger.text
        entries.append(Run(text, at, at + len(text)))
        at += len(text)


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The texts of the document, each with the child of the root that it stands in (the root itself between them)."""
    for piece in tei.contents(root):
        if isinstance(piece, str):
            yield root, piece
        else:
            yield piece, tei.text_of(piece) if isinstance(piece.tag, str) else ""


def _identify(root: etree._Element, draft: Draft, encoding: Encoding) -> str:
    """Give the root the document's id; the id it had before, if that was another. Pointers to it are changed."""
    former, own = root.get(tei.XML_ID, ""), draft.source.id
    root.set(tei.XML_ID, own)
    if former in ("", own):
        return ""
    place = Location(draft.source.name, root.sourceline or 0)
    encoding.report.add(codes.OTHER_ID, place, f"the xml:id “{former}” is “{own}” now, after the name of the file")
    for node in root.iter(etree.Element):
        for name, value in node.items():
            if f"#{former}" in value.split() and name not in WORDS:
                node.set(name, " ".join(f"#{own}" if one == f"#{former}" else one for one in value.split()))
    return former


def _described(draft: Draft, root: etree._Element) -> Draft:
    """The draft with the title and language that the document has, so that none is looked for."""
    title = root.find(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}title")
    words = " ".join(tei.text_of(title).split()) if title is not None else ""
    fields = (Field("title", Text((Run(words, 0, 0),)), "tei-header"),) if title is not None else ()
    return replace(draft, fields=fields)


def _in_language(root: etree._Element, settings: Settings) -> Settings:
    """The settings with the language that the document says it is in."""
    said = (node.get(tei.XML_LANG, "") for node in (*root.iterchildren(f"{TEI}text"), root))
    language = next(filter(None, said), "")
    if not LANGUAGE.fullmatch(language):
        return settings
    return msgspec.structs.replace(settings, edition=msgspec.structs.replace(settings.edition, language=language))


def _at(header: etree._Element, path: str) -> etree._Element:
    return tei.part(header, path) if path else header


def _fill(parent: etree._Element, ours: etree._Element, order: Sequence[str]) -> None:
    """Put in what an element lacks, each part in its place; what it has already stays as it is."""
    there = {local_name(child) for child in parent}
    for part in ours:
        name = local_name(part)
        if name in order and name not in there:
            tei.insert(parent, _place(parent, name, order), copy.deepcopy(part))


def _place(parent: etree._Element, name: str, order: Sequence[str]) -> int:
    """The index for a part: behind all that come before it in the order, and what stands between them."""
    before = order[: order.index(name) + 1]
    return max((index + 1 for index, child in enumerate(parent) if local_name(child) in before), default=0)


def _sign(encoding_description: etree._Element, former: str) -> None:
    """Enter Editio among the programs that wrote in the file, with what its marks mean and the document's former id."""
    information = encoding_description.find(f"{TEI}appInfo")
    if information is None:
        information = element("appInfo")
        tei.insert(encoding_description, len(encoding_description), information)
    if any((node.get("ident") or "").casefold() == "editio" for node in information):
        return
    said = [element("desc", "The document’s former id: ", element("idno", former, type="xml-id"))] if former else []
    version = ".".join(__version__.split(".")[:2])
    signed = element("application", element("label", "Editio"), *said, xml_id="editio", ident="editio", version=version)
    tei.insert(information, len(information), signed)
