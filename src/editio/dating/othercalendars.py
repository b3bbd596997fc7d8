"""Dates of other calendars as they are written: French Republican, Roman, years of reigns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from editio.dating.calendars import julian_day, republican_day, roman_day
from editio.dating.moments import Moment, Read
from editio.dating.phrases import DAY_WORDS, KALENDS, OF, ORDINALS
from editio.dating.reigns import ALONE, MONARCHS, regnal_day, regnal_year, roman_numeral
from editio.dating.tokens import Tokens
from editio.dating.words import MONTH_WORDS, REPUBLICAN_MONTHS

COMPLEMENTARY = frozenset({"complémentaire", "complementaire"})


def republican(tokens: Tokens, index: int) -> Read:
    """“18 brumaire an VIII”, “le 9 thermidor de l’an 2”, “vendémiaire an XIV”."""
    number = tokens[index].number
    at = index
    if 1 <= number <= 30:
        at = index + 2 if tokens[index + 1].low in ORDINALS and tokens.tight(index + 1) else index + 1
    elif tokens[index].low == "premier":
        number, at = 1, index + 1
    else:
        number = 0
    if tokens[at].low == "jour":
        at += 1
    month = 13 if tokens[at].low in COMPLEMENTARY and number else REPUBLICAN_MONTHS.get(tokens[at].low, 0)
    if not month:
        return None
    year, behind = _republican_year(tokens, at + 1)
    begin = republican_day(year, month, number or 1)
    end = republican_day(year, month, number or 30) if month < 13 else begin
    if begin is None or end is None:
        return None
    custom = f"{year:04}-{month:02}" + (f"-{number:02}" if number else "")
    return _fixed(begin, end, custom, "republican"), behind


def _republican_year(tokens: Tokens, index: int) -> tuple[int, int]:
    at = index
    while tokens[at].low in ("de", "l", "'", "’", ",") and at < index + 4:
        at += 1
    if tokens[at].low not in ("an", "year", "anno", "jahr", "jahre", "года", "год"):
        return 0, index
    token = tokens[at + 1]
    number = token.number if token.number > 0 else roman_numeral(token.text)
    behind = at + 2
    return number, behind + 1 if tokens[behind].low in ("e", "ème") and tokens.tight(behind) else behind


def roman(tokens: Tokens, index: int) -> Read:
    """“a.d. III Kal. Ian. 1523”, “pridie Idus Martias 1492”, “Nonis Februarii MDX”."""
    before, at = _days_before(tokens, index)
    mark = KALENDS.at(tokens, at)
    if mark is None:
        return None
    month = MONTH_WORDS.get(tokens[mark[1]].text)
    if month is None:
        return None
    behind = mark[1] + 1
    if tokens[behind].text == "." and tokens.tight(behind):
        behind += 1
    while tokens[behind].low in ("anno", "a", "domini", "dni", "d", ",") or (
        tokens[behind].text == "." and tokens[behind - 1].low in ("a", "d")
    ):
        behind += 1
    token = tokens[behind]
    year = token.number if len(token.text) == 4 else roman_numeral(token.text) if len(token.text) > 1 else 0
    found = roman_day(year, month.number, mark[0], before) if 1000 <= year <= 2099 else None
    when = julian_day(*found) if found else None
    if found is None or when is None:
        return None
    custom = "{:04}-{:02}-{:02}".format(*found)
    return _fixed(when, when, custom, "roman"), behind + 1


def _days_before(tokens: Tokens, index: int) -> tuple[int, int]:
    """How many days before the mark, both ends counted (1 for the day itself), and where the mark is to stand."""
    at = index
    if tokens[at].low in ("pridie", "prid"):
        at += 1
        return 2, at + 1 if tokens[at].text == "." else at
    if tokens[at].low == "a" and tokens[at + 2].low == "d":
        at += 4 if tokens[at + 3].text == "." else 3
    elif tokens[at].low == "ante" and tokens[at + 1].low == "diem":
        at += 2
    token = tokens[at]
    number = (
        token.number if token.number > 0 else roman_numeral(token.text) if set(token.text) <= set("IVXJivxj") else 0
    )
    if number > 0:
        at += 1
        while tokens[at].text in (".", "º", "°", "ª") or (tokens[at].low in ORDINALS and tokens.tight(at)):
            at += 1
        return number, at
    return 1, index


def regnal(tokens: Tokens, index: int) -> Read:
    """“33 Geo. III”, “5 May 33 Hen. VIII”, “the third year of the reign of King George III”."""
    before = _day_before(tokens, index)
    at = before[2] if before else index
    if before:
        for word in ("in", "the"):
            at += tokens[at].low == word
        at += tokens[at].text == ","
    read = _count(tokens, at)
    if read is None:
        return None
    count, at = read
    monarch = _monarch(tokens, at)
    if monarch is None:
        return None
    name, number, behind = monarch
    limits = regnal_year(name, number, count)
    if limits is None or _is_statute(tokens, behind):
        return None
    custom = f"{count:04}"
    if before:
        found = regnal_day(name, number, count, before[1], before[0])
        if found is None:
            return None
        return _fixed(found[1], found[1], f"{count:04}-{before[1]:02}-{before[0]:02}", "regnal"), behind
    return replace(_fixed(*limits, custom, "regnal"), custom=""), behind


def _day_before(tokens: Tokens, index: int) -> tuple[int, int, int] | None:
    counted = _ordinal(tokens, index, 31)
    if counted is None:
        return None
    number, at = counted
    if tokens[at].low == "day":
        at += 1
    linked = OF.at(tokens, at)
    month = MONTH_WORDS.get(tokens[at].text)
    if month is None and linked:
        at = linked[1]
        month = MONTH_WORDS.get(tokens[at].text)
    if month is None:
        return None
    at += 1
    return number, month.number, at + 1 if tokens[at].text in (".", ",") else at


def _count(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Which year of a reign: “33”, “33rd year of the reign of King”, “in the third year of”."""
    counted = _ordinal(tokens, index, 70)
    if counted is None:
        return None
    number, at = counted
    if tokens[at].low == "year":
        at += 1
        while tokens[at].low in _BETWEEN and at < index + 16:
            at += 1
    return number, at


def _ordinal(tokens: Tokens, index: int, most: int) -> tuple[int, int] | None:
    """A number in figures up to ``most`` or in words, “3”, “3rd”, “third”, and the index behind it."""
    number = tokens[index].number
    if not 1 <= number <= most:
        return DAY_WORDS.at(tokens, index)
    behind = index + 1
    return number, behind + 1 if tokens[behind].low in ORDINALS and tokens.tight(behind) else behind


_BETWEEN = frozenset(
    "of the reign our his her lord sovereign lady king queen said majesty s ’ ' late most gracious and now by grace".split()
)


def _monarch(tokens: Tokens, index: int) -> tuple[str, int, int] | None:
    token = tokens[index]
    name = MONARCHS.get(token.low) if token.text[:1].isupper() else None
    if name is None:
        return None
    at = index + 1
    short = tokens[at].text == "." and tokens.tight(at)
    at += short
    if tokens[at].low == "the":
        at += 1
    ordinal = DAY_WORDS.at(tokens, at) if tokens[at].text[:1].isalpha() else None
    if ordinal:
        return name, ordinal[0], ordinal[1]
    if name == "william" and tokens[at].low in ("&", "and") and tokens[at + 1].low in ("mary", "mar", "m"):
        return "william and mary", 1, at + 3 if tokens[at + 2].text == "." else at + 2
    numeral = tokens[at]
    number = roman_numeral(numeral.text) if numeral.text.isupper() else numeral.number
    if 1 <= number <= 8:
        behind = at + 1
        return name, number, behind
    return (name, 1, at) if name in ALONE and (short or len(token.text) > 3) else None


def _is_statute(tokens: Tokens, index: int) -> bool:
    """Whether a chapter follows: “33 Geo. III, c. 52” cites a statute."""
    at = index
    while (
        tokens[at].text in (",", ".")
        or (tokens[at].low in ("st", "stat") and at < index + 4)
        or (tokens[at].number > 0 and at > index)
    ):
        at += 1
    return tokens[at].low in ("c", "ch", "cap", "chap", "chapter")


def _fixed(begin: date, end: date, custom: str, style: str) -> Moment:
    return Moment(custom=custom, style=style, fixed=(begin.isoformat(), end.isoformat()), rule="date-calendar")
