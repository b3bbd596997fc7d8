"""Says of the value of a dating attribute that is not a date what is wrong with it, and how the date is written in TEI."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from editio.dating.calendars import days_in_month

# The right form, where nothing better can be said.
FORMS = "write 1860-05-20, 1860-05 or 1860"
FIGURES = "words belong in the element, figures here"
SEPARATED = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
ORDERED = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
RANGE = re.compile(r"(\d{4}(?:-\d\d){0,2})\s*(?:/|–|—|-|\.\.+)\s*(\d{4}(?:-\d\d){0,2})")
SHORT_YEAR = re.compile(r"(-?)(\d{1,3})((?:-\d\d){0,2})")
SHORT_MONTH = re.compile(r"(\d{4})[./-](\d{1,2})")
MINUTES = re.compile(r"(\d{4}-\d\d-\d\d[T ])?([01]?\d|2[0-4]):([0-5]\d)(:[0-5]\d)?")
DOUBTED = re.compile(r"[\[(]?\s*(\d{4}(?:-\d\d){0,2})\s*(?:[?\])]\s*){1,3}")
UNKNOWN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(?:00|xx|XX|\?\?|uu)){1,2}")
SUGGESTED = re.compile(r'="(-?\d{4,}-\d\d(?:-\d\d)?)')
LONGEST_WORDS = 80


def fault_of_date(name: str, value: str, languages: tuple[str, ...] = ("en", "de", "fr")) -> tuple[str, str]:
    """What is wrong with the value of the attribute of this name, in a few words (none if nobody knows), and what to write.

    Dates in words are read in these languages.
    """
    words = " ".join(value.split())
    if not words:
        return "it is empty", f"{FORMS}, or delete the attribute"
    reason, cure = next(_faults(name, words, languages), ("", FORMS))
    impossible = next(filter(None, map(fault_of_day, SUGGESTED.findall(cure))), "")
    return (impossible, FORMS) if impossible else (reason, cure)


def fault_of_day(value: str) -> str:
    """Why there is no such day or month; empty if there is, or nobody knows."""
    found = re.match(r"(-?\d{4,}|-)-(\d\d)(?:-(\d\d))?", value)
    if found is None:
        return ""
    month, day = int(found[2]), int(found[3] or 1)
    if not 1 <= month <= 12:
        return f"there is no month {found[2]}"
    year = int(found[1]) if found[1] != "-" else 2000
    if day == 0:
        return "there is no day 00; leave the day out if it is not known"
    if day <= days_in_month(year, month):
        return ""
    of_year = f" {year}" if month == 2 and found[1] != "-" else ""
    return f"{month_name[month]}{of_year} has {days_in_month(year, month)} days"


def _faults(name: str, words: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if found := UNKNOWN.fullmatch(words):
        known = found[1] + (f"-{found[2]}" if found[2] and found[2] != "00" else "")
        yield "what is not known is left out", f'write {name}="{known}"'
    if found := ORDERED.fullmatch(words):
        yield fault_of_day(words), "correct the date"
    if found := SEPARATED.fullmatch(words):
        yield from _in_another_order(name, found[1], found[3], found[4])
    if found := COMPACT.fullmatch(words):
        yield "year, month and day are parted by hyphens", f'write {name}="{found[1]}-{found[2]}-{found[3]}"'
    if found := RANGE.fullmatch(words):
        yield "these are two dates", f'write from="{found[1]}" to="{found[2]}"'
    if found := SHORT_MONTH.fullmatch(words):
        yield "a month has two figures, after a hyphen", f'write {name}="{found[1]}-{found[2]:0>2}"'
    if found := SHORT_YEAR.fullmatch(words):
        yield "a year has four figures", f'write {name}="{found[1]}{found[2]:0>4}{found[3]}", if that year is meant'
    if found := MINUTES.fullmatch(words):
        day = (found[1] or "").replace(" ", "T")
        yield (
            "a time has hours, minutes and seconds",
            f'write {name}="{day}{found[2]:0>2}:{found[3]}{found[4] or ":00"}"',
        )
    if found := DOUBTED.fullmatch(words):
        yield "doubt has an attribute of its own", f'write {name}="{found[1]}" cert="low"'
    yield from _in_words(words, languages)
    if re.search(r"[^\W\d_]{2}", words):
        yield FIGURES, FORMS


def _in_another_order(name: str, first: str, second: str, third: str) -> Iterator[tuple[str, str]]:
    """Of three numbers one is the year; which of the others is the month may be open."""
    if len(first) == 4:
        yield "year, month and day have four, two and two figures", f'write {name}="{first}-{second:0>2}-{third:0>2}"'
    elif len(third) == 4:
        readings = ((second, first), (first, second))
        possible = [f"{third}-{month:0>2}-{day:0>2}" for month, day in readings if 1 <= int(month) <= 12]
        cure = " or ".join(f'{name}="{one}"' for one in dict.fromkeys(possible))
        yield "the order is year, month, day", f"write {cure}" if cure else FORMS


def _in_words(words: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from editio.dating.scan import find_dates  # noqa: PLC0415 - the words of eleven languages, for faults only

    if len(words) > LONGEST_WORDS or not re.search(r"\d{3}", words):
        return
    for found in find_dates(words, "", languages):
        attributes = {key: value for key, value in found.attributes.items() if key not in ("calendar", "datingMethod")}
        written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
        yield FIGURES, f"write {written}"
