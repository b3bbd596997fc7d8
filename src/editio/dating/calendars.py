"""Calendars as arithmetic: Julian, French Republican, Roman; how each is declared in a document.

A day is a Python ``date``, which is Gregorian, also before 1582 (as in W3C's dates, and so in @when).
The sources of the algorithms: Richards, “Calendars”, in the Explanatory Supplement to the Astronomical Almanac
(2013); the Republican years begin as the decrees of 1793–1805 had it. Easter is computed by the rule of Oudin (1940), ibid.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

# The first day after the reform in the countries that made it at once; what is dated earlier is taken as Julian.
REFORM = date(1582, 10, 15)
# Since when England and her colonies are Gregorian, and since when the year begins there on 1 January.
ENGLISH_REFORM = date(1752, 9, 14)
_JULIAN_DAY_0 = 1721424  # the Julian day number before date.min

DECLARATIONS = {
    "julian": "Julian calendar (Old Style); the year is taken to begin on 1 January.",
    "republican": "French Republican calendar (1793–1805).",
    "roman": "Roman reckoning of days by Kalends, Nones and Ides, in the Julian calendar.",
    "regnal": "Years of the reign of the kings and queens of England, from the day of accession.",
}
REPUBLICAN_YEARS = {
    1: date(1792, 9, 22),
    2: date(1793, 9, 22),
    3: date(1794, 9, 22),
    4: date(1795, 9, 23),
    5: date(1796, 9, 22),
    6: date(1797, 9, 22),
    7: date(1798, 9, 22),
    8: date(1799, 9, 23),
    9: date(1800, 9, 23),
    10: date(1801, 9, 23),
    11: date(1802, 9, 23),
    12: date(1803, 9, 24),
    13: date(1804, 9, 23),
    14: date(1805, 9, 23),
    79: date(1870, 9, 23),  # the Commune of Paris took the calendar up again
}
REPUBLICAN_LEAP = (3, 7, 11)


def days_in_month(year: int, month: int, julian: bool = False) -> int:
    """How many days a month has."""
    if month == 2:
        leap = year % 4 == 0 if julian else calendar.isleap(year)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day(year: int, month: int, number: int) -> date | None:
    """A Gregorian day, if there is such a day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= days_in_month(year, month)):
        return None
    return date(year, month, number)


def julian_day(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a Julian one, if there is such a day."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= number <= days_in_month(year, month, julian=True)):
        return None
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    ordinal = number + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083 - _JULIAN_DAY_0 - 1
    return date.fromordinal(ordinal) if ordinal > 0 else None


def republican_day(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a Republican one; month 13 are the complementary days."""
    begin = REPUBLICAN_YEARS.get(year)
    last = 30 if month < 13 else 6 if year in REPUBLICAN_LEAP else 5
    if begin is None or not (1 <= month <= 13 and 1 <= number <= last):
        return None
    return begin + timedelta(days=30 * (month - 1) + number - 1)


def roman_day(year: int, month: int, mark: str, before: int) -> tuple[int, int, int] | None:
    """Year, month and day of a Roman date: ``before`` days (counted with both ends) before Kalends, Nones or Ides."""
    long = month in (3, 5, 7, 10)
    base = {"kalends": 1, "nones": 7 if long else 5, "ides": 15 if long else 13}[mark]
    number = base - (before - 1)
    if not 1 <= before <= 19:
        return None
    if number >= 1:
        return year, month, number
    earlier = (year - 1, 12) if month == 1 else (year, month - 1)
    number += days_in_month(*earlier, julian=True)
    return (*earlier, number) if mark == "kalends" and earlier[0] else None


def easter_day(year: int, days: int, julian: bool) -> date | None:
    """The Gregorian day that lies so many days behind Easter, which is computed for one of the calendars."""
    golden = year % 19
    if julian:
        moon = (19 * golden + 15) % 30
        sunday = moon - (year + year // 4 + moon) % 7
    else:
        century = year // 100
        moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
        moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
        sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    found = (julian_day if julian else day)(year, month, sunday + 28 - 31 * (month // 4))
    return found + timedelta(days=days) if found else None
