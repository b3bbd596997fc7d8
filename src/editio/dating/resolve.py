"""Completes what a moment says by the document's own date, and gives the first and last day it can mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from editio.dating.calendars import REFORM, day, days_in_month, easter_day, julian_day
from editio.dating.moments import Moment

SURE = ("low", "medium", "high")
# First and last day of parts of a month, month of parts of a year, year of parts of a decade and a century: by the
# Guidelines' advice the widest likely range.
DAYS = {"early": (1, 10), "middle": (11, 20), "late": (21, 31), "half1": (1, 15), "half2": (16, 31)}
DAYS |= {"third1": (1, 10), "third2": (11, 20), "third3": (21, 31)}
MONTHS = {"early": (1, 4), "middle": (5, 8), "late": (9, 12), "half1": (1, 6), "half2": (7, 12)}
MONTHS |= {"third1": (1, 4), "third2": (5, 8), "third3": (9, 12)}
MONTHS |= {f"quarter{n}": (3 * n - 2, 3 * n) for n in (1, 2, 3, 4)}
TENS = {"early": (0, 3), "middle": (4, 6), "late": (7, 9), "half1": (0, 4), "half2": (5, 9)}
HUNDREDS = {"early": (0, 32), "middle": (33, 65), "late": (66, 99), "half1": (0, 49), "half2": (50, 99)}
HUNDREDS |= {"third1": (0, 32), "third2": (33, 65), "third3": (66, 99)}
HUNDREDS |= {f"quarter{n}": (25 * n - 25, 25 * n - 1) for n in (1, 2, 3, 4)}
# In two-figure years, how far into the future of its document a date may lie.
AHEAD = 19
NEAR = timedelta(days=60)


@dataclass(frozen=True)
class Frame:
    """What completes a moment: the document's own date and calendar, and the last year and day that the text named."""

    own: date | None = None
    calendar: str = "gregorian"
    year: int = 0
    last: date | None = None


@dataclass(frozen=True)
class Stretch:
    """The first and last day, month or year (ISO) that a moment means; both are the same where it is exact."""

    first: str
    last: str
    cert: str = "high"
    rule: str = "date-exact"
    custom: str = ""
    style: str = ""

    @property
    def exact(self) -> bool:
        """Whether it is one day, one month or one year."""
        return self.first == self.last

    def limits(self) -> tuple[date, date]:
        """The first and last day."""
        return first_day(self.first), last_day(self.last)


def resolve(moment: Moment, frame: Frame) -> Stretch | None:
    """The stretch of time of a moment; nothing where there is no such day, or nothing says which year."""
    if moment.fixed[0]:
        return _fixed(moment)
    if moment.same or moment.days is not None or moment.turn is not None:
        return _from_own(moment, frame)
    if moment.weekday >= 0 and moment.day and not moment.month and moment.months is None:
        return _weekday_and_day(moment, frame.own)
    if moment.first and not moment.season:
        return _years(moment, frame.own)
    completed = _completed(moment, frame)
    if completed and completed.season:
        return _season(completed)
    return _dated(completed, frame) if completed else None


def _weekday_and_day(moment: Moment, own: date | None) -> Stretch | None:
    """“Monday, the 13th”: in the document's month, or else in the one before or behind it, if it is that weekday there."""
    if own is None:
        return None
    for count in (0, -1, 1):
        year, month = (int(part) for part in _month(own, count).split("-"))
        found = day(year, month, moment.day)
        if found and found.weekday() == moment.weekday:
            return Stretch(found.isoformat(), found.isoformat(), "medium", "date-resolved")
    return None


def sharing(one: Moment, other: Moment) -> tuple[Moment, Moment]:
    """Two ends of a range, each completed by what only the other says: “28 Nov.–3 Dec. 1959”, “8–10 May”."""
    if not one.month and one.day and one.months is None:
        one = replace(one, month=other.month, months=other.months)
    if not other.month and other.day and other.months is None:
        other = replace(other, month=one.month, months=one.months)
    if one.open and not other.open and (one.month or one.season):
        earlier = 1 if one.month > other.month > 0 else 0
        years = None if other.years is None else other.years - earlier
        one = replace(
            one,
            year=other.year - earlier if other.year else 0,
            years=years,
            short=other.short,
            style=one.style or other.style,
        )
    elif other.open and not one.open and (other.month or other.season):
        later = 1 if one.month > other.month > 0 else 0
        years = None if one.years is None else one.years + later
        other = replace(
            other,
            year=one.year + later if one.year else 0,
            years=years,
            short=one.short,
            style=other.style or one.style,
        )
    return one, other


def least(*certainties: str) -> str:
    """The lowest of several certainties."""
    return min(certainties, key=SURE.index)


def first_day(written: str) -> date:
    """The first day of an ISO year, month or day."""
    return date.fromisoformat((written[:10] + "-01-01")[:10])


def last_day(written: str) -> date:
    """The last day of an ISO year, month or day."""
    parts = [int(part) for part in written[:10].split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else days_in_month(parts[0], month))


def _fixed(moment: Moment) -> Stretch:
    first, last = moment.fixed
    return Stretch(first, last, moment.cert, moment.rule or "date-calendar", moment.custom, moment.style)


def _from_own(moment: Moment, frame: Frame) -> Stretch | None:
    """Days, weeks, months and weekdays counted from the document's own day; “the same day” is the one named last."""
    own = (frame.last or frame.own) if moment.same else frame.own
    if own is None or not 2 < own.year < 9990:
        return None
    if moment.unit:
        return _unit(moment, own)
    if moment.days is not None or moment.same:
        found = (own + timedelta(days=moment.days or 0)).isoformat()
        return Stretch(found, found, moment.cert, "date-resolved")
    before = own - timedelta(days=(own.weekday() - moment.weekday) % 7 or 7)
    after = own + timedelta(days=(moment.weekday - own.weekday()) % 7 or 7)
    if moment.turn:
        found = (before if moment.turn < 0 else after).isoformat()
        return Stretch(found, found, "medium", "date-resolved")
    return Stretch(before.isoformat(), after.isoformat(), "low", "date-resolved")


def _unit(moment: Moment, own: date) -> Stretch:
    count = moment.days or 0
    if moment.unit == "year":
        return Stretch(f"{own.year + count:04}", f"{own.year + count:04}", "medium", "date-resolved")
    if moment.unit == "month":
        month = _month(own, count)
        return Stretch(month, month, "medium", "date-resolved")
    monday = own - timedelta(days=own.weekday()) + timedelta(weeks=count)
    return Stretch(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "medium", "date-resolved")


def _month(own: date, count: int) -> str:
    months = own.year * 12 + own.month - 1 + count
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _years(moment: Moment, own: date | None) -> Stretch | None:
    """A decade or century, or a part of it."""
    first, cert, rule = moment.first, moment.cert, "date-uncertain"
    last = moment.last
    if moment.short:
        if own is None:
            return None
        base = own.year - own.year % 100 + first
        first, last = (base, base + 9) if base <= own.year else (base - 100, base - 91)
        cert, rule = "medium", "date-resolved"
    elif not moment.century and first % 100 == 0:  # “the 1800s” may be the decade or the century
        last, cert = first + 99, "low"
    size = HUNDREDS if last - first > 10 else TENS
    if moment.part:
        low, high = size.get(moment.part, (0, last - first))
        first, last = first + low, first + high
    return Stretch(f"{first:04}", f"{last:04}", cert, rule)


def _completed(moment: Moment, frame: Frame) -> Moment | None:
    """The moment with its year and month."""
    own = frame.own
    if moment.short:
        return _in_full(moment, own)
    if moment.year or moment.first:
        return moment
    if own is None:
        nearby = frame.year and moment.month
        return replace(moment, year=frame.year, cert="low", rule="date-resolved") if nearby else None
    return _counted(moment, own) or (_nearest(moment, own, frame) if moment.month else None)


def _counted(moment: Moment, own: date) -> Moment | None:
    """A moment whose month or year is counted from the document's own."""
    if moment.months is not None:
        year, month = (int(part) for part in _month(own, moment.months).split("-"))
        return replace(moment, year=year, month=month, rule="date-resolved")
    if moment.years is not None:
        return replace(moment, year=own.year + moment.years, rule="date-resolved")
    return None


def _nearest(moment: Moment, own: date, frame: Frame) -> Moment:
    """A month in the year in which it is nearest to the document's own date; in that of a year named before, if another."""
    if moment.side:
        return replace(moment, year=_year_on_side(moment, own), cert="medium", rule="date-resolved")
    year = _nearest_year(own, moment)
    if frame.year and frame.year != year and abs(frame.year - own.year) > 1:
        return replace(moment, year=frame.year, cert="low", rule="date-resolved")
    return replace(moment, year=year, cert="medium", rule="date-resolved")


def _in_full(moment: Moment, own: date | None) -> Moment | None:
    """A year in two figures: the last one before, or soon after, the document's own."""
    if own is None:
        return None
    year = own.year - own.year % 100 + moment.year
    if year > own.year + AHEAD:
        year -= 100
    elif year + 100 <= own.year + AHEAD:
        year += 100
    cert = moment.cert if abs(year - own.year) <= 2 else "medium"
    return replace(moment, year=year, short=False, cert=cert, rule=moment.rule or "date-resolved")


def _year_on_side(moment: Moment, own: date) -> int:
    """The year of the last such month or day before the document's own, or of the next one."""
    passed = (moment.month, moment.day or own.day) < (own.month, own.day)
    same = (moment.month, moment.day or own.day) == (own.month, own.day)
    if moment.side < 0:
        return own.year if passed else own.year - 1
    return own.year + 1 if passed or same else own.year


def _nearest_year(own: date, moment: Moment) -> int:
    """The year in which the month lies nearest to the document's own month; a weekday may say that it is another."""
    years = sorted(
        range(own.year - 1, own.year + 2), key=lambda year: abs((year - own.year) * 12 + moment.month - own.month)
    )
    if moment.weekday >= 0 and moment.day:
        for year in years:
            found = day(year, moment.month, moment.day)
            if found and found.weekday() == moment.weekday:
                return year
    return years[0]


def _season(moment: Moment) -> Stretch:
    """Months of a season; of “winter 1941” it is open in which of two it lies."""
    cert, rule = moment.cert, "date-resolved" if moment.rule == "date-resolved" else "date-uncertain"
    if moment.season < 4:
        year, month = moment.year or moment.first, 3 * moment.season
        return Stretch(f"{year:04}-{month:02}", f"{year:04}-{month + 2:02}", cert, rule)
    if moment.first:
        return Stretch(f"{moment.first:04}-12", f"{moment.last:04}-02", cert, rule)
    return Stretch(f"{moment.year - 1:04}-12", f"{moment.year + 1:04}-02", "low", rule)


def _dated(moment: Moment, frame: Frame) -> Stretch | None:
    rule = moment.rule or "date-exact"
    if moment.ambiguous:
        return _ambiguous(moment, frame)
    if moment.easter is not None:
        return _by_easter(moment, moment.easter, frame, rule)
    if moment.day:
        return _day(moment, frame, rule)
    whole = f"{moment.year:04}-{moment.month:02}" if moment.month else f"{moment.year:04}"
    if not moment.part:
        return Stretch(whole, whole, moment.cert, rule, style=_style(moment, frame) if moment.month else "")
    first, last = DAYS.get(moment.part, (1, 31)) if moment.month else MONTHS.get(moment.part, (1, 12))
    if moment.month:
        last = min(last, days_in_month(moment.year, moment.month))
    named = rule if rule == "date-resolved" else "date-uncertain"
    return Stretch(f"{whole}-{first:02}", f"{whole}-{last:02}", moment.cert, named)


def _style(moment: Moment, frame: Frame) -> str:
    """The calendar of a month without day, where it is not the Gregorian one; its value stays that of the words."""
    return "julian" if moment.style == "julian" or (frame.calendar == "julian" and moment.style != "gregorian") else ""


def _day(moment: Moment, frame: Frame, rule: str) -> Stretch | None:
    as_written = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    julian = _is_julian(moment, frame)
    found = (julian_day if julian else day)(moment.year, moment.month, moment.day)
    if found is None:
        return None
    cert = "low" if moment.weekday not in (-1, found.weekday()) else moment.cert
    when = found.isoformat()
    if julian:
        return Stretch(when, when, cert, "date-calendar" if rule == "date-exact" else rule, as_written, "julian")
    return Stretch(when, when, cert, rule)


def _by_easter(moment: Moment, days: int, frame: Frame, rule: str) -> Stretch | None:
    julian = _is_julian(moment, frame)
    found = easter_day(moment.year, days, julian)
    return Stretch(found.isoformat(), found.isoformat(), moment.cert, rule) if found else None


def _is_julian(moment: Moment, frame: Frame) -> bool:
    if moment.style in ("julian", "gregorian"):
        return moment.style == "julian"
    return frame.calendar == "julian" or (moment.year, moment.month, moment.day) < (
        REFORM.year,
        REFORM.month,
        REFORM.day,
    )


def _ambiguous(moment: Moment, frame: Frame) -> Stretch | None:
    """Figures of which either may be the day: the reading that is near the document's own date, else both."""
    readings = [day(moment.year, moment.month, moment.day), day(moment.year, moment.day, moment.month)]
    possible = sorted(one for one in readings if one)
    near = [one for one in possible if frame.own and abs(one - frame.own) <= NEAR]
    if len(near) == 1:
        return Stretch(near[0].isoformat(), near[0].isoformat(), "medium", "date-numeric")
    if not possible:
        return None
    return Stretch(possible[0].isoformat(), possible[-1].isoformat(), "low", "date-numeric")
