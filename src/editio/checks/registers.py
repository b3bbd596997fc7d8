"""Checks of registers and of the names that point into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, islice

from lxml import etree

from editio import tei
from editio.diagnostics import Location, Severity
from editio.model import Document, Edition, Entry, Period
from editio.registers.faults import fault_of_coordinates, is_alike, mixed_scripts
from editio.registers.mentions import gather, targets, texts_of
from editio.registers.reading import ELEMENTS, NAMING, canonical, comparable, entries_of
from editio.registers.table import geo_of
from editio.registry import Finding, check, edition_check

# An element, and what is wrong with its date.
Contradiction = tuple[etree._Element, str]
LIFE = ("birth", "death")
DATE = f"{tei.TEI}date"
DATED = tuple(
    f"{tei.TEI}{name}" for name in (*LIFE, *"persName placeName orgName state occupation affiliation residence".split())
)
NAMES = {f"{tei.TEI}{name}": tuple(f"{tei.TEI}{naming}" for naming in NAMING[kind]) for name, kind in ELEMENTS.items()}
# Places that have no single point, by @type.
AREAS = frozenset("country region continent state empire kingdom province sea ocean river mountains area".split())
SHOWN = 5


@check(
    Severity.WARNING,
    "correct one of the dates",
    '<birth when="1817-07-12"/> <death when="1762-05-06"/>',
)
def contradictory_dates(document: Document, edition: Edition) -> Iterable[Finding]:
    """The dates of a register entry contradict each other: death before birth, an end before its beginning, two births."""
    entries = frozenset(entries_of(document))
    if entries:
        found = chain(_contradictory_lives(document, entries), _reversed_periods(document, entries))
        yield from (Finding(document.location(node), message, about=("",)) for node, message in found)


@check(
    Severity.WARNING,
    "write latitude, a space and longitude in degrees; south and west are negative",
    "<geo>55° 45′ N 37° 37′ E</geo>  →  <geo>55.75 37.62</geo>",
)
def malformed_coordinates(document: Document, edition: Edition) -> Iterable[Finding]:
    """The coordinates of a place are not two numbers in degrees, or lie nowhere on earth."""
    if not document.lookup.elements("geo"):
        return
    for entry in entries_of(document):
        for geo in entry.iterfind(f"{tei.TEI}location/{tei.TEI}geo"):
            # what elements of another vocabulary say is another matter
            fault = "" if geo.get("decls") or len(geo) else fault_of_coordinates(tei.text_of(geo))
            if fault:
                yield Finding(document.location(geo), fault)


@check(Severity.WARNING, "type the word anew in one script", "Мoscow, with a Cyrillic М")
def mixed_scripts_in_name(document: Document, edition: Edition) -> Iterable[Finding]:
    """A word of a register's name mixes letters of two scripts that are drawn alike, so that it is found nowhere."""
    if not any(map(is_alike, document.lookup.characters)):
        return  # there are no letters of a second script
    for node in (name for entry in entries_of(document) for name in _names_of(entry)):
        fault = mixed_scripts(tei.text_of(node))
        if fault:
            yield Finding(document.location(node), fault)


@check(
    Severity.INFO,
    'give the name that registers and index are to show type="main"',
    '<persName type="short">Ike</persName> <persName type="variant">General Eisenhower</persName>',
)
def missing_main_name(document: Document, edition: Edition) -> Iterable[Finding]:
    """All names of a register entry are variants or short forms, so the first of them stands for it."""
    for entry in entries_of(document):
        names = _names_of(entry)
        if names and all(node.get("type", "main") in ("variant", "short", "nickname", "sort") for node in names):
            yield Finding(document.location(entry), f"the entry “{entry.get(tei.XML_ID, '')}” has no main name")


@edition_check(
    Severity.ERROR,
    "let sameAs of all but one of them point to the one that holds what is known",
    '<person xml:id="ike" sameAs="#eisenhower"/> <person xml:id="eisenhower" sameAs="#ike"/>',
)
def circular_same_as(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Entries of the registers are the same as each other in a circle, so none of them says who it is."""
    for entry in edition.entries.values():
        seen: dict[str, None] = {}
        other = entry.same_as
        while other in edition.entries and other not in seen:
            seen[other] = None
            other = edition.entries[other].same_as
        if entry.id in seen:
            yield Finding(edition.location(entry, entry.element), f"sameAs of “{entry.id}” leads back to itself")


@edition_check(
    Severity.WARNING,
    "make one entry of them; or tell the two apart, in their main names or by a short description in brackets",
    "two entries called “John Adams”",
)
def same_name(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Two entries of one kind have the same full name, so no reader of a register can tell them apart."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in edition.entries.values():
        other = first.setdefault((entry.kind, comparable(entry.name)), entry)
        if canonical(other.id, edition.entries) != canonical(entry.id, edition.entries):
            message = f"“{entry.id}” has the same name as “{other.id}”: {entry.name}"
            yield Finding(edition.location(entry, entry.element), message)


@edition_check(Severity.INFO, "“editio names report” lists them all; delete them, or keep them for documents to come")
def unmentioned_entry(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Entries of the registers are mentioned in no document, though others are."""
    found = gather(documents, edition)
    own = [entry for entry in edition.entries.values() if not entry.same_as]
    silent = [entry for entry in own if not found.of[entry.id].count]
    if 0 < len(silent) < len(own):
        verb = "is" if len(silent) == 1 else "are"
        message = (
            f"{len(silent)} of {len(own)} entries {verb} mentioned nowhere: {_some([entry.id for entry in silent])}"
        )
        yield Finding(Location(silent[0].file), message)


@edition_check(
    Severity.INFO,
    "“editio names report” lists them all; add an entry to the register and give the names a ref",
    "<persName>Blake</persName>",
)
def unlinked_name(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Names are tagged, but point to no entry of a register; persons marked automatically by cues are left out."""
    unlinked = [one for one in gather(documents, edition).unlinked if one.by_hand.total()]
    if edition.entries and unlinked:
        files = sum((one.by_hand for one in unlinked), Counter[str]())
        names = "1 name points" if files.total() == 1 else f"{files.total()} names point"
        where = "1 document" if len(files) == 1 else f"{len(files)} documents"
        words = _some([f"“{one.words}”" for one in unlinked])
        yield Finding(Location(min(files)), f"{names} to no entry, in {where}: {words}")


@edition_check(
    Severity.INFO,
    "look whether all of them mean whom they point to; if so, nothing is wrong",
    '<persName ref="registers/persons.xml#john-adams">Adams</persName> … ref="registers/persons.xml#samuel-adams"',
)
def one_name_two_entries(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """The same words point to one entry of the registers here, to another there."""
    for words, ids in gather(documents, edition).shared.items():
        whole = dict.fromkeys(canonical(id, edition.entries) for id in ids)
        if len(whole) > 1:
            entry = edition.entries[ids[0]]
            message = f"“{words}” names {' and '.join(f'#{id}' for id in whole)}"
            yield Finding(edition.location(entry, entry.element), message)


@edition_check(
    Severity.WARNING,
    "correct the date of the document, those of the person, or who wrote it",
    "a letter of 1863 sent by a person who died in 1862",
)
def outside_lifetime(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """A person is said to have written or sent a document before birth or after death."""
    for document in texts_of(documents, edition):
        for node, when in _writers(document):
            for entry in (edition.entries[id] for id in targets(node) if id in edition.entries):
                message = _out_of_time(entry, when)
                if message:
                    yield Finding(document.location(node), message)


@edition_check(
    Severity.INFO,
    "look them up and add <location><geo>latitude longitude</geo></location>; or give an area a type such as region",
)
def place_without_coordinates(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Places of a register have no coordinates, though others have; areas, such as countries, need none."""
    for register in edition.registers:
        places = [one for one in edition.entries.values() if one.file == register.name and needs_coordinates(one)]
        without = [one.id for one in places if geo_of(one.element) is None]
        if 0 < len(without) < len(places):
            yield Finding(
                Location(register.name), f"{len(without)} of {len(places)} places have no coordinates: {_some(without)}"
            )


def needs_coordinates(entry: Entry) -> bool:
    """Whether an entry is a place with a point of its own: no area, and not merely the same as another."""
    return entry.kind == "place" and not entry.same_as and entry.element.get("type", "") not in AREAS


# --- dates --------------------------------------------------------------------------------------------


def _contradictory_lives(document: Document, entries: Container[etree._Element]) -> Iterator[Contradiction]:
    lives: dict[etree._Element, dict[str, list[etree._Element]]] = {}
    for name in LIFE:
        for event in document.lookup.elements(name):
            entry = event.getparent()
            if entry is not None and entry in entries:
                found = lives.setdefault(entry, {name: [] for name in LIFE})[name]
                found += (node for node in (event, *event.iterchildren(DATE)) if _span(node) != Period())
    for life in lives.values():
        yield from _contradictions(life["birth"], life["death"])


def _contradictions(births: Sequence[etree._Element], deaths: Sequence[etree._Element]) -> Iterator[Contradiction]:
    for name, found in (("birth", births), ("death", deaths)):
        for node in found[1:]:
            if _before(_span(node), _span(found[0])) or _before(_span(found[0]), _span(node)):
                yield node, f"the entry has two dates of {name} that cannot both be right"
    for death in deaths[:1]:
        if births and _before(_span(death), _span(births[0])):
            yield death, f"death ({_words(_span(death))}) lies before birth ({_words(_span(births[0]))})"


def _reversed_periods(document: Document, entries: Container[etree._Element]) -> Iterator[Contradiction]:
    for since, until in (("from", "to"), ("notBefore", "notAfter")):
        for node, _, end in document.lookup.attributes(until):
            start = node.get(since)
            if start and end and _before(Period(end, end), Period(start, start)) and _is_dated_part(node, entries):
                yield node, f"{until} ({end}) lies before {since} ({start})"


def _is_dated_part(node: etree._Element, entries: Container[etree._Element]) -> bool:
    """Whether an element is an entry, something of an entry that has a time, or the date of birth or death within."""
    within, around = islice(chain(node.iterancestors(), (None, None)), 2)
    if node in entries or (within in entries and node.tag in DATED):
        return True
    return node.tag == DATE and within is not None and within.tag in DATED[:2] and around in entries


def _span(node: etree._Element) -> Period:
    """The earliest and the latest day that a date allows."""
    when = node.get("when", "")
    return Period(
        when or node.get("notBefore", "") or node.get("from", ""),
        when or node.get("notAfter", "") or node.get("to", ""),
    )


def _before(one: Period, other: Period) -> bool:
    """Whether a time is over before another begins, as far as both are known: 1862 is not before 1862-05-06."""
    if not one.end or not other.start or one.end.startswith("--") or other.start.startswith("--"):
        return False
    size = min(len(one.end.lstrip("-").split("T")[0]), len(other.start.lstrip("-").split("T")[0]))
    return _ordered(one.end, size) < _ordered(other.start, size)


def _ordered(date: str, size: int) -> tuple[int, ...]:
    """A date as numbers that can be compared, as exact as ``size`` characters are; years before Christ are negative."""
    sign = -1 if date.startswith("-") else 1
    year, *rest = date.lstrip("-").split("T")[0][:size].split("-")
    return (sign * int(year or 0), *(int(part) for part in rest if part.isdigit())) if year.isdigit() else ()


def _words(period: Period) -> str:
    return period.start if period.start == period.end else f"{period.start}–{period.end}"


def _writers(document: Document) -> Iterator[tuple[etree._Element, Period]]:
    """Who sent or wrote a document, each with the date of that."""
    header = document.root.find(f"{tei.TEI}teiHeader")
    if header is None:
        return
    for action in header.iter(f"{tei.TEI}correspAction"):
        date = action.find(f"{tei.TEI}date")
        if action.get("type") == "sent" and date is not None:
            yield from ((node, _span(date)) for node in action.iterchildren(f"{tei.TEI}persName"))
    created = header.find(f".//{tei.TEI}creation/{tei.TEI}date")
    if created is not None:
        for author in header.iterfind(f".//{tei.TEI}titleStmt/{tei.TEI}author"):
            yield from ((node, _span(created)) for node in author.iter(etree.Element) if node.get("ref"))


def _out_of_time(entry: Entry, when: Period) -> str:
    if entry.kind != "person":
        return ""
    died, born = Period(entry.period.end, entry.period.end), Period(entry.period.start, entry.period.start)
    if _before(died, when):
        return f"“{entry.name}” writes in {_words(when)}, but died in {entry.period.end}"
    if _before(when, born):
        return f"“{entry.name}” writes in {_words(when)}, but was born in {entry.period.start}"
    return ""


# --- places and words -----------------------------------------------------------------------------------


def _names_of(entry: etree._Element) -> list[etree._Element]:
    return list(entry.iterchildren(*NAMES[str(entry.tag)]))


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:SHOWN]) + (", …" if len(words) > SHOWN else "")
