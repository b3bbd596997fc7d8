"""Dates before Christ: “44 B.C.”, “15 March 44 BC”, “5th century BC”, “356–323 v. Chr.”.

The year before 1 is 0, as in ISO 8601 and XML Schema 1.1: 44 B.C. is -0043. XML Schema 1.0 has no such year, so that
1 B.C. is not marked. Days are those of the Julian calendar.
"""

from __future__ import annotations

from editio.dating import parts
from editio.dating.moments import Expression, Moment, Read
from editio.dating.tokens import Tokens

LEAST = 2
DASHES = frozenset("-–—")


def before_christ(tokens: Tokens, index: int) -> Read:
    """A year before Christ, alone or behind a day or month."""
    for number, month, at in _beginnings(tokens, index):
        read = _year(tokens, at)
        if read and (when := _written(read[0], month, number)):
            custom = f"-{read[0] - 1:04}-{month:02}-{number:02}" if number else ""
            style = "julian" if month else ""
            rule = "date-calendar" if number else "date-exact"
            return Moment(fixed=(when, when), custom=custom, style=style, rule=rule), read[1]
    return None


def years(tokens: Tokens, index: int) -> Expression | None:
    """“356–323 B.C.”: two years, of which the later has the smaller number."""
    first = tokens[index].number
    if first < LEAST or tokens[index + 1].text not in DASHES or not tokens.tight(index + 1):
        return None
    read = _year(tokens, index + 2)
    if read is None or read[0] >= first or not tokens.tight(index + 2):
        return None
    one, other = (Moment(fixed=(f"-{year - 1:04}",) * 2, rule="date-range") for year in (first, read[0]))
    return Expression(index, read[1], "span", one, other)


def century_before_christ(number: int, tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The first year of a century that words at a token place before Christ, and the index behind them."""
    era = parts.BEFORE_CHRIST.at(tokens, index)
    return (1 - 100 * number, _behind(tokens, era[1])) if era and tokens.joined(index) else None


def _beginnings(tokens: Tokens, index: int) -> list[tuple[int, int, int]]:
    """Day, month, and the index of the year."""
    found = [(0, 0, index)]
    named = parts.month(tokens, index)
    if named:
        number = parts.day(tokens, named[1])
        found.append((0, named[0].number, named[1]))
        found += [(number[0], named[0].number, number[1] + (tokens[number[1]].text == ","))] if number else []
    number = parts.day(tokens, index)
    linked = number[1] + (tokens[number[1]].low == "of") if number else index
    named = parts.month(tokens, linked) if number else None
    return [*found, (number[0], named[0].number, named[1])] if number and named else found


def _year(tokens: Tokens, index: int) -> tuple[int, int] | None:
    number = tokens[index].number
    era = parts.BEFORE_CHRIST.at(tokens, index + 1) if number >= LEAST else None
    return (number, _behind(tokens, era[1])) if era and tokens.joined(index + 1) else None


def _behind(tokens: Tokens, index: int) -> int:
    """The index behind the stop of “B.C.”; that of a sentence, too, as it is with “r.” and “n. Chr.”."""
    return index + 1 if tokens[index].text == "." and tokens.tight(index) and tokens[index - 1].low == "c" else index


def _written(year: int, month: int, number: int) -> str:
    """Year, month or Gregorian day (ISO)."""
    if not month:
        return f"-{year - 1:04}"
    if not number:
        return f"-{year - 1:04}-{month:02}"
    return _gregorian(1 - year, month, number)


def _gregorian(year: int, month: int, number: int) -> str:
    """The Gregorian day (ISO) of a Julian one, by the number of days between them; Python has none before the year 1."""
    shift = (14 - month) // 12
    years = year + 4800 - shift
    days = number + (153 * (month + 12 * shift - 3) + 2) // 5 + 365 * years + years // 4 - 32083
    centuries = (4 * (days + 32044) + 3) // 146097
    rest = days + 32044 - 146097 * centuries // 4
    years = (4 * rest + 3) // 1461
    rest -= 1461 * years // 4
    months = (5 * rest + 2) // 153
    found = 100 * centuries + years - 4800 + months // 10
    return f"-{-found:04}-{months + 3 - 12 * (months // 10):02}-{rest - (153 * months + 2) // 5 + 1:02}"
