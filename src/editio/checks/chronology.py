"""Checks of dates against one another: words and values, dateline and header, the order of documents and changes."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lxml import etree

from editio.checks.dating import (
    ISO_VALUES,
    NO_DATES,
    VALUES,
    dates_of_creation,
    dates_of_sending,
    is_possible,
    own_date,
)
from editio.dating.values import fault_of_date
from editio.dating.words import MONTH_WORDS
from editio.diagnostics import Location, Severity
from editio.model import Document, Edition
from editio.pointing import is_tei
from editio.registry import Finding, check, edition_check
from editio.tei import TEI, XML_LANG, string_of

# XML Schema 1.1, part 2: date, gYear, gYearMonth, gMonth, gDay, gMonthDay, time, dateTime, as teidata.temporal.w3c has them
ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
TIME = r"\d\d:\d\d:\d\d(?:\.\d+)?"
W3C = re.compile(
    rf"(?:-?(?:[1-9]\d{{3,}}|0\d{{3}})(?:-\d\d(?:-\d\d(?:T{TIME})?)?)?|--\d\d(?:-\d\d)?|---\d\d|{TIME}){ZONE}"
)
# ISO 8601 besides: basic forms, weeks, days of the year, hours and minutes, durations and intervals
ISO = re.compile(r"[-+\dTWZPYMDHS:.,/%~?X]+")
LATEST = 2100
# The first TEI document was made in the year in which the TEI began.
EARLIEST_CHANGE = 1987
DAY = re.compile(r"\d{4}-\d\d-\d\d")
W3C_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
SAYS_YEAR = re.compile(r"\d{4}")
APART = frozenset(
    f"{TEI}{name}" for name in "note quote q cit floatingText group bibl biblStruct back standOff teiHeader".split()
)
NUMBER = re.compile(r"^(.*?)(\d+)\D*$")
FEWEST, SHARE = 5, 0.8


@check(
    Severity.ERROR,
    "write year, month and day in four, two and two figures, with hyphens; what you know less of, leave out",
    '<date when="20.5.1860"> or <date when="1860-5-20">  →  <date when="1860-05-20">',
)
def malformed_date(document: Document, edition: Edition) -> Iterable[Finding]:
    """The value of a date does not have the form of a date, so that no program can read it."""
    for element, name, value in document.lookup.attributes(*VALUES, *ISO_VALUES):
        form = ISO if name in ISO_VALUES else W3C
        if not form.fullmatch(value.strip()) and element.tag not in NO_DATES and is_tei(element):
            reason, hint = fault_of_date(name, value, _languages(element))
            message = f"@{name} “{value}” is not a date{': ' if reason else ''}{reason}"
            yield Finding(document.location(element), message, hint, (f"@{name}",))


@check(Severity.WARNING, "correct the year", '<date when="2959-12-08">December 8, 1959</date>')
def implausible_date(document: Document, edition: Edition) -> Iterable[Finding]:
    """A date lies in the far future, or a change to the document is older than the TEI."""
    for element, name, value in document.lookup.attributes(*VALUES):
        year = _year(value)
        if year <= EARLIEST_CHANGE or EARLIEST_CHANGE < year <= LATEST:
            early = 0 < year < EARLIEST_CHANGE and element.tag == f"{TEI}change" and _is_revision(element)
            if early:
                message = f"@{name} “{value}” is earlier than any TEI document"
                yield Finding(document.location(element), message, about=(f"@{name}",))
        elif element.tag not in NO_DATES:
            message = f"@{name} “{value}” is in the far future"
            yield Finding(document.location(element), message, about=(f"@{name}",))


@check(
    Severity.WARNING,
    "correct @when, or the words; for a date of another calendar add @calendar or @when-custom",
    '<date when="1860-05-21">20 May 1860</date>',
)
def date_text_mismatch(document: Document, edition: Edition) -> Iterable[Finding]:
    """The words of a date name another day than its @when does.

    Only words that name day, month and year in full are compared, and not those of another calendar.
    """
    for element in document.lookup.elements("date"):
        when = element.get("when", "")
        if DAY.fullmatch(when) and is_possible(when):
            words = " ".join(string_of(element).split())
            agree = _agree(words, when) or not SAYS_YEAR.search(words) or _has_calendar(element)
            said = "" if agree else _said(words, element)
            if said and not _is_other_style(said, when):
                message = f"@when is “{when}”, but “{words[:60]}” is {said}"
                yield Finding(document.location(element), message, about=("@when",))


@check(
    Severity.WARNING,
    "correct the date of the header, or that of the dateline",
    'correspAction: <date when="1860-05-20"/>, dateline: <date when="1861-05-20">Concord, May 20, 1861</date>',
)
def dateline_mismatch(document: Document, edition: Edition) -> Iterable[Finding]:
    """The dateline of a document gives another date than its header does (creation, or the correspAction of sending)."""
    given = _header_date(document) if document.lookup.elements("dateline") else None
    lines = list(_datelines(document)) if given is not None else []
    if given is None or not lines or any(_overlap(line, given) for line in lines):
        return
    when, other = _limits(lines[0]), _limits(given)
    if not _is_other_style(when[0], other[0]):
        message = f"the dateline is of {_shown(when)}, but the header ({document.line_of(given)}) says {_shown(other)}"
        yield Finding(document.location(lines[0]), message)


@check(
    Severity.INFO,
    "put the changes in order, or correct the date",
    '<change when="2024-05-01"/> <change when="2023-01-01"/> <change when="2025-02-01"/>',
)
def change_out_of_order(document: Document, edition: Edition) -> Iterable[Finding]:
    """The changes of revisionDesc are in order of date, the latest first or last, but for one that is not."""
    for revision in document.lookup.elements("revisionDesc"):
        changes = [one for one in revision.iter(f"{TEI}change") if DAY.match(one.get("when", ""))]
        down, up = (_out_of_order([one.get("when", "")[:10] for one in some]) for some in (changes[::-1], changes))
        ordered = [changes[::-1][index] for index in down] if len(down) < len(up) else [changes[index] for index in up]
        if len(changes) >= 3:
            for change in ordered:
                message = f"the change of {change.get('when')} stands out of order"
                yield Finding(document.location(change), message)


@edition_check(
    Severity.WARNING,
    "correct the date, or the order; if the edition is not ordered by date here, put the code into [[ignore]]",
    "letter-041.xml of 3 May 1860, letter-042.xml of 1 May 1860, letter-043.xml of 9 May 1860",
)
def document_out_of_order(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """The documents are numbered in order of date, or linked as previous and next letter, but one is dated otherwise."""
    dated = [one for document in documents if (one := _dated(document))]
    by_name = {posixpath.basename(one.name): one.own for one in dated}
    yield from _numbered(dated)
    for one in dated:
        for kind, target, place in one.neighbours:
            other = by_name.get(target)
            if other and ((kind == "prev" and other > one.own) or (kind == "next" and other < one.own)):
                words = "previous letter is later" if kind == "prev" else "next letter is earlier"
                message = f"the {words}, of {other.isoformat()}, than this one, of {one.own.isoformat()}"
                yield Finding(place, message)


@dataclass(frozen=True)
class _Dated:
    """What of a document its order is about: its date, and the letters before and after it (type, file, place)."""

    id: str
    name: str
    own: date
    neighbours: tuple[tuple[str, str, Location], ...]


def _dated(document: Document) -> _Dated | None:
    own = own_date(document.root)
    if own is None:
        return None
    references = document.root.iterfind(f".//{TEI}correspContext/{TEI}ref")
    neighbours = (
        (one.get("type", ""), one.get("target", "").partition("#")[0].rpartition("/")[2], document.location(one))
        for one in references
    )
    return _Dated(document.id, document.name, own, tuple(neighbours))


def _numbered(dated: Sequence[_Dated]) -> Iterator[Finding]:
    """Documents whose number is not where their date is, where nearly all others are."""
    series: dict[str, list[tuple[int, _Dated]]] = {}
    for one in dated:
        found = NUMBER.match(one.id)
        if found and not re.search(r"\d{4}-\d\d", one.id):
            series.setdefault(found[1], []).append((int(found[2]), one))
    for some in series.values():
        ordered = [one for _, one in sorted(some, key=lambda one: one[0])]
        wrong = _out_of_order([one.own.isoformat() for one in ordered])
        if len(ordered) >= FEWEST and len(wrong) <= (1 - SHARE) * len(ordered):
            for one in (ordered[index] for index in wrong):
                message = f"its number puts it elsewhere than its date, {one.own.isoformat()}"
                yield Finding(Location(one.name), message)


def _out_of_order(values: Sequence[str]) -> list[int]:
    """The indexes of the fewest values without which the others are in rising order."""
    tails: list[str] = []
    chain: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_right(tails, value)
        before.append(chain[at - 1] if at else -1)
        tails[at:] = [value, *tails[at + 1 :]]
        chain[at:] = [index, *chain[at + 1 :]]
    kept: set[int] = set()
    last = chain[-1] if chain else -1
    while last >= 0:
        kept.add(last)
        last = before[last]
    return [index for index in range(len(values)) if index not in kept]


@lru_cache(maxsize=4096)
def _year(value: str) -> int:
    """The year of a date in our era; 0 for any other value."""
    return int(value[:4]) if re.match(r"\d{4}(?!\d)", value) else 0


def _is_revision(change: etree._Element) -> bool:
    return next(change.iterancestors(f"{TEI}revisionDesc"), None) is not None


def _has_calendar(element: etree._Element) -> bool:
    return any(element.get(name) for name in ("calendar", "datingMethod", "when-custom", "dur", "when-iso"))


@lru_cache(maxsize=4096)
def _agree(words: str, when: str) -> bool:
    """Whether words have the figures of a day, and no other month in words: the quick way to see that all is well."""
    year, month, day = when.split("-")
    figures = {int(one) for one in re.findall(r"\d+", words[:200])}
    months = {MONTH_WORDS[word].number for word in re.findall(r"[^\W\d_]+", words) if word in MONTH_WORDS}
    return int(day) in figures and int(year) in figures and (int(month) in months or not months)


def _said(words: str, element: etree._Element) -> str:
    """The day that words say in full (ISO), by themselves; empty if they say less, or more."""
    from editio.dating.scan import find_dates  # noqa: PLC0415 - a grammar that most documents do without, for all agrees

    found = list(find_dates(words, "", _languages(element)[:1])) if len(words) < 120 else []
    if len(found) != 1 or found[0].rule != "date-exact" or found[0].cert != "high" or found[0].calendar:
        return ""
    return found[0].when if DAY.fullmatch(found[0].when) else ""


def _languages(element: etree._Element) -> tuple[str, ...]:
    """The languages in which the words of a date may be, that of the place first."""
    tag = next((one for node in (element, *element.iterancestors()) if (one := node.get(XML_LANG))), "en")
    return tuple(dict.fromkeys((tag, "en", "de", "fr")))


def _is_other_style(one: str, other: str) -> bool:
    """Whether two days are one in the Julian and the Gregorian calendar, or in a year that began in March."""
    if not (DAY.fullmatch(one) and DAY.fullmatch(other) and is_possible(one) and is_possible(other)):
        return False
    first, second = date.fromisoformat(one), date.fromisoformat(other)
    years = (-1, 0, 1) if min(first.month, second.month) <= 3 and first.year < 1753 else (0,)
    days = {0, *_days_between_styles(first.year)}
    return any(_apart(first, second, by) in days for by in years)


def _apart(first: date, second: date, years: int) -> int:
    """How many days lie between two dates, the first put off by years; 29 February becomes 1 March."""
    year, leap = first.year + years, first.month == 2 and first.day == 29
    moved = date(max(1, year), 3, 1) if leap else first.replace(year=max(1, year))
    return abs((moved - second).days)


def _days_between_styles(year: int) -> range:
    """How many days the Julian calendar is behind the Gregorian one in a year; at the turn of a century there are two."""
    before, behind = ((one // 100) - (one // 400) - 2 for one in (year - 1, year))
    return range(max(1, min(before, behind)), max(before, behind) + 1)


def _header_date(document: Document) -> etree._Element | None:
    """The date of the document in its header, of sending rather than of creation."""
    for found in (dates_of_sending(document.root), dates_of_creation(document.root)):
        if len(found) == 1 and all(_limits(found[0])):
            return found[0]
    return None


def _datelines(document: Document) -> Iterator[etree._Element]:
    """The dates in the datelines of the document itself, not of what it quotes or encloses."""
    dates = [one for line in document.lookup.elements("dateline") for one in line.iter(f"{TEI}date")]
    letters = {next(one.iterancestors(f"{TEI}div"), None) for one in dates}
    for one in dates if len(letters) == 1 else ():
        if all(_limits(one)) and not _has_calendar(one) and not any(node.tag in APART for node in one.iterancestors()):
            yield one


def _limits(element: etree._Element) -> tuple[str, str]:
    """First and last day of a date as far as they are given; empty where they are not, or are no dates."""
    first = next((one for name in ("when", "notBefore", "from") if (one := element.get(name))), "")
    last = next((one for name in ("when", "notAfter", "to") if (one := element.get(name))), "")
    first, last = first[:10], last[:10]
    known = all(W3C_DAY.fullmatch(one) and is_possible(one) for one in (first, last))
    return (first, last) if known else ("", "")


def _overlap(one: etree._Element, other: etree._Element) -> bool:
    """Whether two dates can be of one day, each as exact as it is."""
    (first, last), (begin, end) = _limits(one), _limits(other)
    return first[: len(end)] <= end[: len(first)] and begin[: len(last)] <= last[: len(begin)]


def _shown(limits: tuple[str, str]) -> str:
    return limits[0] if limits[0] == limits[1] else f"{limits[0]} to {limits[1]}"
