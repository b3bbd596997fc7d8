"""Dates as documents write them: recognised in running text, resolved to what TEI's dating attributes can say.

English month names, exact and vague: “December 8, 1959”, “8 December 1959”, “18 December this year”,
“end of January or in February”, “February”, “March 1960”. See the TEI Guidelines, 13.4.4 (att.datable.w3c).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
FULL = "|".join(form for name in calendar.month_name if name for form in (name, name.upper()))
SHORT = "|".join(sorted({name.capitalize() for name in MONTHS} - set(calendar.month_name), key=len, reverse=True))
MONTH = rf"(?:(?:{FULL})\b|(?:{SHORT})\b\.?)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[0-9]|20)\d\d"
PART = r"(?:(?P<part{0}>beginning|start|middle|mid|end|early|late)(?: of |[- ]))?(?P<month{0}>" + MONTH + ")"
# A month in the name of an event is no date: the October Revolution, the February Manifesto.
# Months that are also names, alone before a surname, are names: August Bebel, June Smith.
NAME = r"(?!(?:(?<=August)|(?<=April)|(?<=June)|(?<=May)) [A-Z][a-z])"
EVENT = r"(?!\s+(?:\d+\s+)?(?:[Rr]evolution|[Uu]prising|[Mm]anifesto|[Pp]lenum|[Dd]ays\b))"
# A date begins with a digit, a month or a part of one; asked first, this leaves most words without a closer look.
BEGINNING = r"\b(?=[0-9JFMASOND]|beg|start|mid|end|early|late)"
ANY_DATE = re.compile(
    rf"{BEGINNING}(?<![\w][-–/])(?:(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b(?!-)"
    rf"|(?P<day1>{DAY}) (?:of )?(?P<month1>{MONTH}),? (?P<year1>{YEAR}|this year|last year|next year)\b"
    rf"|(?P<month2>{MONTH}) (?P<day2>{DAY}),? (?P<year2>{YEAR})\b"
    rf"|(?P<month3>{MONTH}) (?P<year3>{YEAR})\b{EVENT}"
    rf"|(?P<day4>{DAY}) (?:of )?(?P<month4>{MONTH})(?!\w)"
    rf"|{PART.format(5)} or (?:in )?{PART.format(6)}(?! \d)"
    rf"|{PART.format(7)}(?! \d){NAME}{EVENT})"
)
YEARS = {"this year": 0, "last year": -1, "next year": 1}
# Which days of a month its parts are, by the Guidelines' advice to give the widest likely range.
PARTS = {
    "beginning": (1, 10),
    "start": (1, 10),
    "early": (1, 10),
    "middle": (11, 20),
    "mid": (11, 20),
    "end": (21, 31),
    "late": (21, 31),
}


@dataclass(frozen=True)
class FoundDate:
    """A date at offsets of a text; the values are those of @when, or @notBefore and @notAfter."""

    start: int
    end: int
    when: str = ""
    not_before: str = ""
    not_after: str = ""
    cert: str = "high"
    rule: str = "date-exact"

    @property
    def attributes(self) -> dict[str, str]:
        """The dating attributes, empty ones left out."""
        given = {"when": self.when, "notBefore": self.not_before, "notAfter": self.not_after}
        return {name: value for name, value in given.items() if value}


def iso_date(words: str) -> str:
    """A year, month or day as @when has it (``1959``, ``1959-12``, ``1959-12-08``), also of a day in words; else nothing."""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", words) and _iso((words + "-01-01")[:10]):
        return words
    found = only_date(words)
    return found.when if found else ""


def only_date(text: str) -> FoundDate | None:
    """The date, when a line is nothing but one exact date."""
    found = next(find_dates(text.strip(" .\n"), ""), None)
    whole = found is not None and (found.start, found.end) == (0, len(text.strip(" .\n")))
    return found if found and whole and len(found.when) == 10 else None


def find_dates(text: str, written: str) -> Iterator[FoundDate]:
    """All dates of a text; those without a year resolve against ``written``, the document's own date (ISO, or empty)."""
    own = _iso(written)
    for match in ANY_DATE.finditer(text):
        found = _read(match, own)
        if found:
            yield found


def _read(match: re.Match[str], own: date | None) -> FoundDate | None:
    span = match.span()
    groups = match.groupdict()
    if groups["iso"]:
        return FoundDate(*span, when=groups["iso"]) if _iso(groups["iso"]) else None
    year = groups["year1"] or groups["year2"] or groups["year3"]
    day = _number(groups["day1"] or groups["day2"] or groups["day4"])
    named = next((groups[f"month{n}"] for n in (1, 2, 3, 4) if groups[f"month{n}"]), None)
    if named is None:
        return _vague(match, own)
    month = _month(named)
    if year in YEARS:
        if own is None:
            return None
        return _exact(span, own.year + YEARS[year], month, day, "high", "date-resolved")
    if year:
        return _exact(span, int(year), month, day, "high", "date-exact")
    return _exact(span, _nearest_year(own, month), month, day, "medium", "date-resolved") if own else None


def _vague(match: re.Match[str], own: date | None) -> FoundDate | None:
    """A month without day and year, or two with “or” between them."""
    groups = match.groupdict()
    if own is None:
        return None
    pairs = [(groups[f"part{n}"], groups[f"month{n}"]) for n in (5, 6, 7) if groups[f"month{n}"]]
    if pairs[0][1].rstrip(".").lower() in ("may", "march", "mar") and len(pairs) == 1 and not pairs[0][0]:
        # “May” and “March” alone are more often words or names
        return None
    year = _nearest_year(own, _month(pairs[0][1]))
    ranges = [_range(year, _month(name), part) for part, name in pairs]
    if len(ranges) == 2 and ranges[1][0] < ranges[0][0]:
        ranges[1] = _range(year + 1, _month(pairs[1][1]), pairs[1][0])
    if len(ranges) == 1 and not pairs[0][0]:
        when = f"{year:04}-{_month(pairs[0][1]):02}"
        return FoundDate(*match.span(), when=when, cert="medium", rule="date-resolved")
    return FoundDate(
        *match.span(), not_before=ranges[0][0], not_after=ranges[-1][1], cert="medium", rule="date-resolved"
    )


def _exact(span: tuple[int, int], year: int, month: int, day: int, cert: str, rule: str) -> FoundDate | None:
    if day > calendar.monthrange(year, month)[1]:
        return None
    when = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    return FoundDate(*span, when=when, cert=cert, rule=rule)


def _range(year: int, month: int, part: str | None) -> tuple[str, str]:
    first, last = PARTS.get(part or "", (1, 31))
    last = min(last, calendar.monthrange(year, month)[1])
    return f"{year:04}-{month:02}-{first:02}", f"{year:04}-{month:02}-{last:02}"


def _nearest_year(own: date, month: int) -> int:
    """The year whose month of that number lies nearest to the document's own month."""
    return min((own.year - 1, own.year, own.year + 1), key=lambda year: abs((year - own.year) * 12 + month - own.month))


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def _number(text: str | None) -> int:
    return int(re.sub(r"\D", "", text)) if text else 0


def _iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
