"""The reigns of England and the United Kingdom since 1066, and the days of their regnal years.

Dates of accession after Cheney and Jones, *A Handbook of Dates* (2000). Days before September 1752 are Julian; the
reign of Charles II is counted from his father's death, those of John from Ascension Day to Ascension Day (moveable: the
civil days from 27 May are taken as limits of all).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from editio.dating.calendars import ENGLISH_REFORM, day, julian_day

# Name and number, accession (year, month, day), end
REIGNS: dict[tuple[str, int], tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    ("william", 1): ((1066, 12, 25), (1087, 9, 9)),
    ("william", 2): ((1087, 9, 26), (1100, 8, 2)),
    ("henry", 1): ((1100, 8, 5), (1135, 12, 1)),
    ("stephen", 1): ((1135, 12, 22), (1154, 10, 25)),
    ("henry", 2): ((1154, 12, 19), (1189, 7, 6)),
    ("richard", 1): ((1189, 9, 3), (1199, 4, 6)),
    ("john", 1): ((1199, 5, 27), (1216, 10, 19)),
    ("henry", 3): ((1216, 10, 28), (1272, 11, 16)),
    ("edward", 1): ((1272, 11, 20), (1307, 7, 7)),
    ("edward", 2): ((1307, 7, 8), (1327, 1, 20)),
    ("edward", 3): ((1327, 1, 25), (1377, 6, 21)),
    ("richard", 2): ((1377, 6, 22), (1399, 9, 29)),
    ("henry", 4): ((1399, 9, 30), (1413, 3, 20)),
    ("henry", 5): ((1413, 3, 21), (1422, 8, 31)),
    ("henry", 6): ((1422, 9, 1), (1461, 3, 4)),
    ("edward", 4): ((1461, 3, 4), (1483, 4, 9)),
    ("edward", 5): ((1483, 4, 9), (1483, 6, 25)),
    ("richard", 3): ((1483, 6, 26), (1485, 8, 22)),
    ("henry", 7): ((1485, 8, 22), (1509, 4, 21)),
    ("henry", 8): ((1509, 4, 22), (1547, 1, 28)),
    ("edward", 6): ((1547, 1, 28), (1553, 7, 6)),
    ("mary", 1): ((1553, 7, 6), (1558, 11, 17)),
    ("elizabeth", 1): ((1558, 11, 17), (1603, 3, 24)),
    ("james", 1): ((1603, 3, 24), (1625, 3, 27)),
    ("charles", 1): ((1625, 3, 27), (1649, 1, 30)),
    ("charles", 2): ((1649, 1, 30), (1685, 2, 6)),
    ("james", 2): ((1685, 2, 6), (1688, 12, 11)),
    ("william and mary", 1): ((1689, 2, 13), (1694, 12, 27)),
    ("william", 3): ((1694, 12, 28), (1702, 3, 8)),
    ("anne", 1): ((1702, 3, 8), (1714, 8, 1)),
    ("george", 1): ((1714, 8, 1), (1727, 6, 11)),
    ("george", 2): ((1727, 6, 11), (1760, 10, 25)),
    ("george", 3): ((1760, 10, 25), (1820, 1, 29)),
    ("george", 4): ((1820, 1, 29), (1830, 6, 26)),
    ("william", 4): ((1830, 6, 26), (1837, 6, 20)),
    ("victoria", 1): ((1837, 6, 20), (1901, 1, 22)),
    ("edward", 7): ((1901, 1, 22), (1910, 5, 6)),
    ("george", 5): ((1910, 5, 6), (1936, 1, 20)),
    ("edward", 8): ((1936, 1, 20), (1936, 12, 11)),
    ("george", 6): ((1936, 12, 11), (1952, 2, 6)),
    ("elizabeth", 2): ((1952, 2, 6), (2022, 9, 8)),
}
FORMS = {
    "william": "william will wm gul gulielmi guil w",
    "henry": "henry hen henrici h",
    "stephen": "stephen steph",
    "richard": "richard ric rich ricardi",
    "john": "john joh johannis",
    "edward": "edward edw edwardi e",
    "mary": "mary mar",
    "elizabeth": "elizabeth eliz elizabethae",
    "james": "james jac jacobi",
    "charles": "charles car chas caroli",
    "anne": "anne ann annae",
    "george": "george geo georgii g",
    "victoria": "victoria vict vic",
}
MONARCHS = {form: name for name, forms in FORMS.items() for form in forms.split()}
# Names that one monarch bears: no number is needed.
ALONE = frozenset({"stephen", "john", "mary", "anne", "victoria"})


def english_day(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a date as England wrote it: Julian until September 1752."""
    found = day(year, month, number)
    return found if found and found >= ENGLISH_REFORM else julian_day(year, month, number)


def regnal_year(name: str, number: int, count: int) -> tuple[date, date] | None:
    """First and last day of the ``count``-th year of a reign, in the Gregorian calendar."""
    reign = REIGNS.get((name, number))
    if reign is None or not 1 <= count <= 70:
        return None
    (year, month, first), end = reign
    # George II kept his eleven days: from 1753 his years began on 22 June
    anniversary = julian_day if year < ENGLISH_REFORM.year else day
    begin, after = anniversary(year + count - 1, month, first), anniversary(year + count, month, first)
    last = english_day(*end)
    if begin is None or last is None or after is None or begin > last:
        return None
    return begin, min(after - timedelta(days=1), last)


def regnal_day(name: str, number: int, count: int, month: int, of_month: int) -> tuple[int, date] | None:
    """Year and Gregorian day of a day and month in a year of a reign."""
    limits = regnal_year(name, number, count)
    if limits is None:
        return None
    for year in range(limits[0].year - 1, limits[1].year + 1):
        found = english_day(year, month, of_month)
        if found and limits[0] <= found <= limits[1]:
            return year, found
    return None


def roman_numeral(text: str) -> int:
    """The value of a Roman numeral up to 3999, also with a last j; 0 if it is none."""
    numeral = text.upper().replace("J", "I")
    if not re.fullmatch(r"M{0,3}(CM|CD|D?C{0,4})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})", numeral) or not numeral:
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
