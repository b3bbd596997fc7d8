"""Marks names and dates in a TEI document, and says from them who wrote to whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from editio import codes, tei
from editio.dating.declare import declare_calendars
from editio.diagnostics import Location, Report
from editio.model import Context, Edition, Mention
from editio.registers import KINDS, pointer
from editio.registry import annotators
from editio.tei import Span, Unit, element

# What a name may not be marked in again.
NAMING = frozenset(
    f"{tei.TEI}{name}" for name in (*KINDS.values(), "date", "time", "idno", "ref", "rs", "name", "geogName")
)
# TEI elements that hold words but no names, as documents have that came as TEI.
NAMELESS = frozenset(
    f"{tei.TEI}{name}"
    for name in (
        "am att binaryObject c code depth dim eg egXML ex f formula g geo gi height ident interp locus m measureGrp "
        "pc postBox postCode series string tag val w width zone"
    ).split()
)
# Parts of the header that speak of persons, places and organisations in sentences …
HEADER_PROSE = ("titleStmt/funder", "publicationStmt/availability", "abstract")
# … and those that name one as a whole.
HEADER_NAMES = ("respStmt/persName", "respStmt/orgName", "msIdentifier/repository", "bibl/publisher")


Locate = Callable[[str], Location]


def annotate(root: etree._Element, edition: Edition, date: str, locate: Locate, report: Report) -> None:
    """Mark names and dates in text and header, then complete the header's correspondence.

    ``locate`` gives the place in the source of words that a diagnostic is about.
    """
    header = tei.part(root, "teiHeader")
    context = _context(root, edition, date)
    for text in root.iterfind(f"{tei.TEI}text"):
        _mark(tei.units(text), edition, context, locate, report)
    for path in HEADER_PROSE:
        for node in header.iterfind(".//" + "/".join(f"{tei.TEI}{step}" for step in path.split("/"))):
            _mark(tei.units(node), edition, replace(context, date=""), locate, Report())
    for path in HEADER_NAMES:
        for node in header.iterfind(".//" + "/".join(f"{tei.TEI}{step}" for step in path.split("/"))):
            _refer(node, edition)
    declare_calendars(root)
    _describe_correspondence(root, edition, date)


def _context(root: etree._Element, edition: Edition, date: str) -> Context:
    settings = edition.settings.edition
    own = (root.get(tei.XML_LANG, ""), settings.language, settings.original_language)
    id = root.get(tei.XML_ID, "")
    calendar = edition.settings.calendar_of(id)
    return Context(id, date, calendar, tuple(dict.fromkeys(tag for tag in own if tag)))


def find_mentions(text: str, edition: Edition, context: Context) -> list[Mention]:
    """All mentions of a text, none overlapping another: the earlier, then the longer one counts."""
    settings = edition.settings.names
    wanted = {"registered-names": settings.mark, "dates": settings.dates}
    found = [
        mention
        for name, annotator in annotators().items()
        if wanted.get(name, True)
        for mention in annotator.find(text, edition, context)
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _mark(units: Iterable[Unit], edition: Edition, context: Context, locate: Locate, report: Report) -> None:
    units = tuple(units)
    text = tei.whole_text(units)
    starts = [unit.start for unit in units]
    spans: dict[int, list[Span]] = {}
    for mention in find_mentions(text, edition, context):
        number = bisect_right(starts, mention.start) - 1
        unit = units[number]
        start, end = mention.start - unit.start, mention.end - unit.start
        if end > len(unit.text) or any(start < last and first < end for first, last in _named(unit.element)):
            continue
        _report_doubt(mention, text[mention.start : mention.end], locate, report)
        if not mention.candidates:
            reason = {"resp": mention.resp, "cert": mention.cert, "evidence": mention.rule}
            wrapper = element(mention.element, **mention.attributes, **reason)
            spans.setdefault(number, []).append(Span(start, end, wrapper))
    for number, wanted in spans.items():
        tei.wrap_all(units[number].element, wanted)


@lru_cache(maxsize=1)
def _named(unit: etree._Element) -> tuple[tuple[int, int], ...]:
    """Where in a unit's running text names and dates are marked already."""
    return tuple(
        (at, at + len(tei.running_text(node)))
        for node, at in tei.elements_with_offsets(unit)
        if node.tag in NAMING or node.tag in NAMELESS or not str(node.tag).startswith(tei.TEI)
    )


def _report_doubt(mention: Mention, words: str, locate: Locate, report: Report) -> None:
    written = " ".join(words.split())
    if mention.almost:
        message = f"“{written}” is almost “{mention.almost}” (#{mention.entry})"
        report.add(codes.MISPRINT_IN_NAME, locate(words), message)
    if mention.candidates:
        names = " or ".join(f"#{id}" for id in mention.candidates)
        report.add(codes.AMBIGUOUS_NAME, locate(words), f"“{written}” may be {names}")


def _refer(node: etree._Element, edition: Edition) -> None:
    """Point a name of the header to its register entry, when all that is found in it is that one."""
    found = {mention.entry for mention in find_mentions(tei.running_text(node), edition, Context())} - {""}
    if len(found) == 1 and not node.get("ref"):
        node.set("ref", pointer(edition.entries[found.pop()], edition.settings.convert.tei))


def _describe_correspondence(root: etree._Element, edition: Edition, date: str) -> None:
    """Add correspDesc: sent by whoever signed (else the letterhead), received by whoever is addressed."""
    body = root.find(f"{tei.TEI}text/{tei.TEI}body")
    if body is None or root.find(f"{tei.TEI}teiHeader//{tei.TEI}correspDesc") is not None:
        return
    sent = _referred(body, "closer/signed", edition) or _referred(body, "head[@type='letterhead']", edition)
    received = _referred(body, "opener/address", edition) or _referred(body, "opener/salute", edition)
    if not received or not sent:
        return
    actions = [
        element("correspAction", *sent, *([element("date", when=date)] if date else []), type="sent"),
        element("correspAction", *received, type="received"),
    ]
    tei.append(tei.part(root, "teiHeader/profileDesc"), element("correspDesc", *actions))


def _referred(body: etree._Element, path: str, edition: Edition) -> list[etree._Element]:
    """A name for each register entry mentioned in parts of the text, as the register gives it."""
    steps = "/".join(f"{tei.TEI}{step}" for step in path.split("/"))
    names = [
        name for part in body.iterfind(steps) for name in part.iter(*(f"{tei.TEI}{kind}" for kind in KINDS.values()))
    ]
    found = dict.fromkeys(name.get("ref", "").rpartition("#")[2] for name in names)
    people = [edition.entries[id] for id in found if id in edition.entries and edition.entries[id].kind != "place"]
    return [
        element(KINDS[entry.kind], entry.name, ref=pointer(entry, edition.settings.convert.tei)) for entry in people
    ]
