"""Marks names and dates in a TEI document, and says from them who wrote to whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from editio import codes, tei
from editio.dating.declare import declare_calendars
from editio.deciding.apply import apply_decisions
from editio.deciding.dates import own_context
from editio.deciding.settle import settle
from editio.declare import declare_marking
from editio.diagnostics import Location, Report
from editio.kinds import KINDS
from editio.markable import HEADER_PROSE, NAMELESS, NAMING
from editio.marking import Span, join, wrap_all
from editio.model import Context, Edition, Mention
from editio.registers import pointer
from editio.registry import annotators
from editio.tei import TEI, Unit, element

# Parts of the header that name a person, place or organisation as a whole.
HEADER_NAMES = ("respStmt/persName", "respStmt/orgName", "msIdentifier/repository", "bibl/publisher")


# Where a letter says who sends and who receives it, the best place first; who may do so.
SENDING = ("closer/signed", "head[@type='letterhead']")
RECEIVING = ("opener/address", "opener/salute")
# How the title of a letter names its addressee.
ADDRESSED_TO = re.compile(r"\s(?:to|an|à|au|a|al|к|ko?)\s")
CORRESPONDING = frozenset({"person", "org"})

Locate = Callable[[str], Location]


def annotate(root: etree._Element, edition: Edition, date: str, locate: Locate, report: Report) -> None:
    """Mark names and dates in text and header, complete the header's correspondence, and declare by which rules.

    ``locate`` gives the place in the source of words that a diagnostic is about.
    """
    header = tei.part(root, "teiHeader")
    context = context_of(root, edition, date)
    used: set[str] = set()
    for text in root.iterfind(f"{TEI}text"):
        used |= _mark(tei.units(text), edition, context, locate, report)
    for path in HEADER_PROSE:
        for node in header.iterfind(".//" + _steps(path)):
            used |= _mark(tei.units(node), edition, replace(context, date=""), locate, Report())
    for path in HEADER_NAMES:
        for node in header.iterfind(".//" + _steps(path)):
            _refer(node, edition)
    declare_marking(root, {rule: words for rule, words in meanings().items() if rule in used})
    apply_decisions(root, context.document, edition)
    declare_calendars(root)
    _describe_correspondence(root, edition, date)


def context_of(root: etree._Element, edition: Edition, date: str) -> Context:
    """What annotators may know of a document: its id, date and languages, and who wrote it to whom."""
    context = own_context(root, edition, date)
    return replace(context, correspondents=_correspondents(root, edition, context))


def find_mentions(text: str, edition: Edition, context: Context) -> list[Mention]:
    """All mentions of a text in order, none crossing another: entries of registers first, the longer before the shorter.

    A mention stands in another only where both name entries of the registers, and different ones.
    """
    settings = edition.settings.names
    wanted = {"registered-names": settings.mark, "dates": settings.dates}
    found = [
        mention
        for name, annotator in annotators().items()
        if wanted.get(name, True)
        for mention in annotator.find(text, edition, context)
    ]
    kept = (mention for cluster in _clusters(found) for mention in _agreeing(cluster))
    return sorted(kept, key=lambda one: (one.start, -one.end))


def _clusters(found: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Mentions that overlap, directly or by way of others, together."""
    cluster: list[Mention] = []
    end = 0
    for mention in sorted(found, key=lambda one: one.start):
        if cluster and mention.start >= end:
            yield cluster
            cluster = []
        cluster.append(mention)
        end = max(end, mention.end) if len(cluster) > 1 else mention.end
    if cluster:
        yield cluster


def _agreeing(cluster: list[Mention]) -> list[Mention]:
    """Those of overlapping mentions that may stand together: known entries first, then the longer, then the earlier."""
    kept: list[Mention] = []
    for mention in sorted(cluster, key=lambda one: (not _is_known(one), one.start - one.end, one.start)):
        if all(_may_stand_with(mention, other) for other in kept):
            kept.append(mention)
    return kept


def meanings() -> dict[str, str]:
    """What each rule means by which annotators find something."""
    return {rule: words for annotator in annotators().values() for rule, words in annotator.rules.items()}


def _is_known(mention: Mention) -> bool:
    return bool(mention.entry or mention.candidates)


def _may_stand_with(one: Mention, other: Mention) -> bool:
    if one.end <= other.start or other.end <= one.start:
        return True
    if (one.start, one.end) == (other.start, other.end):
        return False
    nested = (other.start <= one.start and one.end <= other.end) or (one.start <= other.start and other.end <= one.end)
    return nested and bool(one.entry and other.entry) and one.entry != other.entry


def _steps(path: str) -> str:
    return "/".join(f"{TEI}{step}" for step in path.split("/"))


def _mark(units: Iterable[Unit], edition: Edition, context: Context, locate: Locate, report: Report) -> set[str]:
    """Mark what is found in units of text; the names of the rules that found something."""
    units = tuple(units)
    text = tei.whole_text(units)
    starts = [unit.start for unit in units]
    spans: dict[int, list[Span]] = {}
    used: set[str] = set()
    settled = settle(text, context.document, "text", edition.decisions)
    for mention in find_mentions(text, edition, context):
        number = bisect_right(starts, mention.start) - 1
        unit = units[number]
        start, end = mention.start - unit.start, mention.end - unit.start
        if end > len(unit.text) or any(start < last and first < end for first, last in _named(unit.element)):
            continue
        if not settled.over(mention.start, mention.end):
            _report_doubt(mention, text[mention.start : mention.end], locate, report)
        if not mention.candidates:
            used.add(mention.rule)
            reason = {"resp": mention.resp, "cert": mention.cert, "evidence": mention.rule}
            if mention.element == "rs":
                del reason["evidence"]  # a reference has no such attribute in TEI
            wrapper = element(mention.element, **mention.attributes, **reason)
            spans.setdefault(number, []).append(Span(start, end, wrapper))
    for number, wanted in spans.items():
        for parts in wrap_all(units[number].element, wanted):
            join(parts)
    return used


@lru_cache(maxsize=1)
def _named(unit: etree._Element) -> tuple[tuple[int, int], ...]:
    """Where in a unit's running text names and dates are marked already."""
    return tuple(
        (at, at + len(tei.running_text(node)))
        for node, at in tei.elements_with_offsets(unit)
        if node.tag in NAMING or node.tag in NAMELESS or not str(node.tag).startswith(TEI)
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
    text = tei.running_text(node)
    found = {one.entry: one for one in find_mentions(text, edition, Context()) if one.entry}
    whole = [one for one in found.values() if len(found) == 1 or text[one.start : one.end] == text.strip()]
    if whole and not node.get("ref"):
        node.set("ref", pointer(edition.entries[whole[0].entry], edition.settings.convert.tei))


def _describe_correspondence(root: etree._Element, edition: Edition, date: str) -> None:
    """Add correspDesc: sent by whoever signed (else the letterhead), received by whoever is addressed."""
    body = root.find(f"{TEI}text/{TEI}body")
    if body is None or root.find(f"{TEI}teiHeader//{TEI}correspDesc") is not None:
        return
    sent, received = (_first_referred(body, paths, edition) for paths in (SENDING, RECEIVING))
    if not received or not sent:
        return
    actions = [
        element("correspAction", *sent, *([element("date", when=date)] if date else []), type="sent"),
        element("correspAction", *received, type="received"),
    ]
    tei.append(tei.part(root, "teiHeader/profileDesc"), element("correspDesc", *actions))


def _first_referred(body: etree._Element, paths: Iterable[str], edition: Edition) -> list[etree._Element]:
    return next((found for path in paths if (found := _referred(body, path, edition))), [])


def _referred(body: etree._Element, path: str, edition: Edition) -> list[etree._Element]:
    """A name for each register entry mentioned in parts of the text, as the register gives it."""
    names = (
        name for part in body.iterfind(_steps(path)) for name in part.iter(*(f"{TEI}{kind}" for kind in KINDS.values()))
    )
    found = dict.fromkeys(name.get("ref", "").rpartition("#")[2] for name in names)
    people = [
        edition.entries[id] for id in found if id in edition.entries and edition.entries[id].kind in CORRESPONDING
    ]
    return [
        element(KINDS[entry.kind], entry.name, ref=pointer(entry, edition.settings.convert.tei)) for entry in people
    ]


def _correspondents(root: etree._Element, edition: Edition, context: Context) -> tuple[str, ...]:
    """The ids of those who send and receive a document: by its correspDesc, its title, or signature and address."""
    described = root.iterfind(f"{TEI}teiHeader//{TEI}correspDesc//*[@ref]")
    given = [name.get("ref", "").rpartition("#")[2] for name in described]
    body = root.find(f"{TEI}text/{TEI}body")
    given = given or _named_in_title(root, edition, context)
    if not given and body is not None:
        given = [id for paths in (SENDING, RECEIVING) for id in _first_named(body, paths, edition, context)]
    known = (edition.entries.get(id) for id in dict.fromkeys(given))
    return tuple(entry.id for entry in known if entry and entry.kind in CORRESPONDING)


def _named_in_title(root: etree._Element, edition: Edition, context: Context) -> list[str]:
    """Who sends and who receives a document called “Charles Darwin to J. D. Hooker”; nobody unless both are named."""
    title = root.find(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}title")
    text = tei.running_text_of_unit(title) if title is not None else ""
    found = [one for one in find_mentions(text, edition, context) if one.entry] if ADDRESSED_TO.search(text) else []
    for to in ADDRESSED_TO.finditer(text):
        if found and found[0].end <= to.start() and any(one.start >= to.end() for one in found):
            return [one.entry for one in found]
    return []


def _first_named(body: etree._Element, paths: Iterable[str], edition: Edition, context: Context) -> list[str]:
    return next((found for path in paths if (found := _named_in(body, path, edition, context))), [])


def _named_in(body: etree._Element, path: str, edition: Edition, context: Context) -> list[str]:
    texts = (tei.whole_text(tei.units(part)) for part in body.iterfind(_steps(path)))
    return [one.entry for text in texts for one in find_mentions(text, edition, context) if one.entry]
