"""Checks of the values of dates: contradictions, days that there are not, dates their document cannot know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import cast

from lxml import etree

from editio.dating.calendars import days_in_month
from editio.dating.values import fault_of_day
from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import NS, TEI

VALUES = ("when", "notBefore", "notAfter", "from", "to")
ISO_VALUES = tuple(f"{name}-iso" for name in VALUES)
# In these @from and @to are pages, lines or pointers (att.datable has them on all others).
NO_DATES = frozenset(f"{TEI}{name}" for name in "app biblScope citedRange locus arc lem rdg span".split())
# Pairs that att.datable.w3c, .iso and .custom forbid on one element.
EXCLUSIVE = (
    ("when", "notBefore"),
    ("when", "notAfter"),
    ("when", "from"),
    ("when", "to"),
    ("from", "notBefore"),
    ("to", "notAfter"),
)
PERIODS = (("from", "to"), ("notBefore", "notAfter"), ("from", "notAfter"), ("notBefore", "to"))
DAY = re.compile(r"(-?\d{4,})-(\d\d)(?:-(\d\d))?(?=$|T|Z|[+-]\d\d:)|--(\d\d)-(\d\d)$")
YEAR = re.compile(r"\d{4}")
# In these a date is not the author's, or stands outside the text.
APART = frozenset(f"{TEI}{name}" for name in ("teiHeader", "note", "standOff", "bibl", "biblStruct", "back"))
_PROFILE = "t:teiHeader/t:profileDesc"
_CREATED = etree.XPath(f"{_PROFILE}/t:creation/t:date", namespaces={"t": NS})
_SENT = etree.XPath(f"{_PROFILE}/t:correspDesc/t:correspAction[@type='sent']/t:date", namespaces={"t": NS})
# How far after its own date a document may speak of a day and of a year: agreements, plans and terms reach ahead.
DAYS_AHEAD = timedelta(days=2 * 366)
YEARS_AHEAD = 12


@check(
    Severity.ERROR,
    "keep what you know: @when for one date, @from and @to for a duration, @notBefore and @notAfter for limits",
    '<date when="1860-05-20" notBefore="1860-05">…</date>',
)
def contradictory_date(document: Document, edition: Edition) -> Iterable[Finding]:
    """An element says in two ways when something was: @when beside limits, or the same limit twice."""
    for suffix in ("", "-iso", "-custom"):
        found: set[etree._Element] = set()
        for one, other in EXCLUSIVE:
            if other + suffix not in document.lookup.attribute_names:
                continue
            for element, _, _ in document.lookup.attributes(one + suffix):
                if element.get(other + suffix) is not None and element not in found and element.tag not in NO_DATES:
                    found.add(element)
                    message = f"@{one}{suffix} and @{other}{suffix} stand side by side"
                    yield Finding(document.location(element), message)


@check(Severity.ERROR, "exchange the two dates, or correct one of them", '<date from="1918" to="1914">…</date>')
def reversed_dates(document: Document, edition: Edition) -> Iterable[Finding]:
    """A stretch of time ends before it begins."""
    for suffix in ("", "-iso"):
        for begin, end in ((one + suffix, other + suffix) for one, other in PERIODS):
            if end not in document.lookup.attribute_names:
                continue
            for element, _, first in document.lookup.attributes(begin):
                last = element.get(end, "")
                if last and element.tag not in NO_DATES and _is_after(first, last):
                    message = f"@{begin} “{first}” is later than @{end} “{last}”"
                    about = (f"@{begin}", f"@{end}", "")
                    yield Finding(document.location(element), message, about=about)


@check(Severity.ERROR, "correct the date", '<date when="1959-02-30">…</date>')
def impossible_day(document: Document, edition: Edition) -> Iterable[Finding]:
    """A date names a month or day that does not exist, such as 30 February."""
    for element, name, value in document.lookup.attributes(*VALUES, *ISO_VALUES):
        if not is_possible(value) and element.tag not in NO_DATES:
            reason = fault_of_day(value)
            message = f"@{name} “{value}” is not a day of the calendar{': ' if reason else ''}{reason}"
            yield Finding(document.location(element), message, about=(f"@{name}",))


@check(
    Severity.INFO,
    "correct the date of the text or of the document; if both are right, put the code into [[ignore]] for this file",
    '<date when="1895-12-08">…</date> in a letter of 1859',
)
def date_after_document(document: Document, edition: Edition) -> Iterable[Finding]:
    """A text names a day more than two years, or a year more than twelve years, after it was written.

    Notes, the header and bibliographic references are left out.
    """
    own = own_date(document.root)
    if own is None:
        return
    for element in document.lookup.elements("date"):
        value = element.get("when") or element.get("from") or element.get("notBefore") or ""
        if _is_far_ahead(value, own) and not any(ancestor.tag in APART for ancestor in element.iterancestors()):
            message = f"“{value}” is long after the document’s own date, {own.isoformat()}"
            yield Finding(document.location(element), message)


def _is_after(first: str, last: str) -> bool:
    """Whether a date begins after the other has ended; times and zones count as written, unequal kinds never."""
    length = min(len(first.partition("T")[0]), len(last.partition("T")[0]))
    one, other = first[:length], last[:length]
    if one.startswith("-") or other.startswith("-"):
        return False
    if one == other and "T" in first and "T" in last:
        return first.rstrip("Z") > last.rstrip("Z") and first.endswith("Z") == last.endswith("Z")
    return one > other


@lru_cache(maxsize=4096)
def is_possible(value: str) -> bool:
    found = DAY.match(value)
    if found is None:
        return True
    if found[4]:
        return _exists(2000, int(found[4]), int(found[5]))
    return _exists(int(found[1]), int(found[2]), int(found[3] or 1))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def own_date(root: etree._Element) -> date | None:
    """The last day on which the document can have been written."""
    for element in (*dates_of_creation(root)[:1], *dates_of_sending(root)[:1]):
        value = element.get("when") or element.get("to") or element.get("notAfter") or ""
        if YEAR.match(value) and is_possible(value):
            year, month, day = (value[:10] + "-12-31"[len(value[:10]) - 4 :]).split("-")
            return date(int(year), int(month), min(int(day), days_in_month(int(year), int(month))))
    return None


def dates_of_creation(root: etree._Element) -> Sequence[etree._Element]:
    """When a document was made, as its header says."""
    return cast(Sequence[etree._Element], _CREATED(root))


def dates_of_sending(root: etree._Element) -> Sequence[etree._Element]:
    """When a letter was sent, as its header says."""
    return cast(Sequence[etree._Element], _SENT(root))


def _is_far_ahead(value: str, own: date) -> bool:
    if not YEAR.match(value) or int(value[:4]) - own.year <= 1 or not is_possible(value):
        return False
    if len(value) >= 10:
        return date(int(value[:4]), int(value[5:7]), int(value[8:10])) - own > DAYS_AHEAD
    return int(value[:4]) - own.year > YEARS_AHEAD
