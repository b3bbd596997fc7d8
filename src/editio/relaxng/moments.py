"""Moments and durations of XML Schema: their lexical forms, and how they compare (part 2, 3.2.6 to 3.2.14)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH, _DAY = r"(?P<month>\d\d)", r"(?P<day>\d\d)"
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?)"
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_FORMS = {
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
}
_DURATION = re.compile(
    r"(-?)P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HOURS_OF_DOUBT = 14 * 3600  # how far a moment without time zone may lie from where it seems to
_MOST_DIGITS = 1000


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds on a time line, of a moment that does or does not know its time zone."""

    seconds: Decimal
    has_zone: bool

    def before(self, other: Moment) -> bool:
        """Whether this is certainly before another moment."""
        doubt = 0 if self.has_zone == other.has_zone else _HOURS_OF_DOUBT
        return self.seconds + doubt < other.seconds


@dataclass(frozen=True, slots=True)
class Duration:
    """Months and seconds; they cannot be added to each other."""

    months: int
    seconds: Decimal

    def before(self, other: Duration) -> bool:
        """Whether this is shorter than another, whatever day both are counted from."""
        return all(self._from(*start) < other._from(*start) for start in _STARTS)

    def _from(self, year: int, month: int) -> Decimal:
        months = year * 12 + month - 1 + self.months
        return Decimal(_days(months // 12, months % 12 + 1, 1)) * 86400 + self.seconds


_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))  # the months that the specification names


def parsers() -> dict[str, Callable[[str], Moment | None]]:
    """The reading function of each datatype of moments."""
    return {name: partial(_moment, re.compile(form, re.ASCII)) for name, form in _FORMS.items()}


def _moment(form: re.Pattern[str], text: str) -> Moment | None:
    found = form.fullmatch(text)
    if found is None or len(text) > _MOST_DIGITS:
        return None
    part = found.groupdict()
    year = int(part.get("year") or 2000)  # a leap year, in which 29 February is a day
    month, day = int(part.get("month") or 1), int(part.get("day") or 1)
    if year == 0 or not 1 <= month <= 12 or not 1 <= day <= _length(_astronomical(year), month):
        return None
    seconds = _seconds(part.get("hour"), part.get("minute"), part.get("second"))
    zone = _zone(part.get("zone"))
    if seconds is None or zone is None:
        return None
    days = _days(_astronomical(year), month, day)
    return Moment(Decimal(days) * 86400 + seconds - zone, bool(part.get("zone")))


def _astronomical(year: int) -> int:
    """Years so that there is a year 0, the one before year 1."""
    return year + 1 if year < 0 else year


def _seconds(hour: str | None, minute: str | None, second: str | None) -> Decimal | None:
    if hour is None or minute is None or second is None:
        return Decimal(0)
    hours, minutes, seconds = int(hour), int(minute), Decimal(second)
    if minutes > 59 or seconds >= 60 or hours > 24 or (hours == 24 and (minutes or seconds)):
        return None
    return hours * 3600 + minutes * 60 + seconds


def _zone(zone: str | None) -> int | None:
    """Seconds east of Greenwich."""
    if not zone or zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def _days(year: int, month: int, day: int) -> int:
    """Days since the first of January of year 0."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    months = sum(_LENGTHS[: month - 1]) + (month > 2 and _length(year, 2) == 29)
    return year * 365 + leaps + months + day


def duration(text: str) -> Duration | None:
    """The duration that a text writes down."""
    found = _DURATION.fullmatch(text)
    if found is None or len(text) > _MOST_DIGITS:
        return None
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
    seconds = Decimal(found[7] or 0) + minutes * 60 + hours * 3600 + days * 86400
    return Duration(sign * (years * 12 + months), sign * seconds)
