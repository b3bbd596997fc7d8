"""Dates in figures: ISO, “8.12.1959”, “12/8/59”, “8.XII.1959”; which figure is the day, by language, region and document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from editio.dating.moments import Moment
from editio.dating.reigns import roman_numeral
from editio.dating.tokens import Tokens
from editio.dating.words import Word

SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2((?:1\d|20)?\d\d)(?![\w/-]|\.\d)")
# Regions that write the month first, and those that write English with the day first.
MONTH_FIRST = frozenset({"US", "PH"})
GERMAN = frozenset({"de"})
# What stands before day and month in figures.
LED = frozenset("am vom den dem bis seit zum ab und".split())
DAY_FIRST = frozenset({"GB", "IE", "AU", "NZ", "IN", "ZA"})


@dataclass(frozen=True)
class Order:
    """Which of the first two figures is the day: ``day``, ``month``, or empty where it is open."""

    first: str = ""


def order_of(text: str, languages: tuple[str, ...]) -> Order:
    """The order that a document keeps to: settled by a figure above twelve, else by its language and region."""
    day = month = 0
    for match in SLASHED.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isalnum() or before in tuple("/-."):
            continue
        first, second = int(match[1]), int(match[3])
        day += first > 12 >= second
        month += second > 12 >= first
    if bool(day) != bool(month):
        return Order("day" if day else "month")
    if day and month:
        return Order()
    main = languages[0] if languages else "en"
    region = main.upper().rpartition("-")[2]
    if region in MONTH_FIRST:
        return Order("month")
    return Order("day" if region in DAY_FIRST or not main.lower().startswith("en") else "")


def numeric(tokens: Tokens, index: int, order: Order) -> tuple[Moment, int] | None:
    """A date in figures at a token, and the index behind it."""
    first, sign, second = tokens[index], tokens[index + 1], tokens[index + 2]
    if first.number < 0 or sign.text not in (".", "/", "-") or second.number < 0:
        return None
    if not tokens.tight(index + 1) or _glued(tokens, index):
        return None
    if len(first.text) == 4:
        return _iso(tokens, index)
    return _figures(tokens, index, order) or _without_year(tokens, index)


def roman_month(tokens: Tokens, index: int) -> tuple[Word, int] | None:
    """A month as a Roman numeral between full stops, slashes or spaces: the XII of “8.XII.1959”."""
    text = tokens[index].text
    if not text or set(text) - set("IVX"):
        return None
    number = roman_numeral(text)
    sign = tokens[index + 1].text
    behind = index + 2 if sign in (".", "/", "-") and tokens.tight(index + 1) else index + 1
    if not 1 <= number <= 12 or tokens[index - 1].text not in (".", "/", "-"):
        return None
    if len(tokens[behind].text) not in (2, 4) or tokens[behind].number < 0:
        return None
    return Word(number, frozenset()), behind


def _glued(tokens: Tokens, index: int) -> bool:
    """Whether the figures go on to the left: part of a longer number, of a word, of a shelfmark."""
    return (
        index > 0
        and tokens.tight(index)
        and tokens[index - 1].text not in ("(", "[", "“", "„", "«", '"', "'", "‘", ":", "—", "–")
    )


def _ends(tokens: Tokens, index: int) -> bool:
    """Whether no further figure, letter or shelfmark follows without space."""
    token = tokens[index]
    if not token.text or not tokens.tight(index):
        return True
    if token.text in ("-", "/", "_") or token.text[0].isalnum():
        return token.low in ("г", "r", "t") or (token.text == "-" and not tokens.tight(index + 1))
    return not (token.text in (".", ",", ":") and tokens[index + 1].text.isdigit() and tokens.tight(index + 1))


def _iso(tokens: Tokens, index: int) -> tuple[Moment, int] | None:
    year, sign, month = tokens[index], tokens[index + 1], tokens[index + 2]
    day = tokens[index + 4]
    whole = sign.text == "-" and tokens[index + 3].text == "-" and all(tokens.tight(index + n) for n in (2, 3, 4))
    if not whole or (len(month.text), len(day.text)) != (2, 2) or not 1000 <= year.number <= 2099:
        return None
    if not (1 <= month.number <= 12 and 1 <= day.number <= 31) or not _ends(tokens, index + 5):
        return None
    return Moment(year.number, month.number, day.number), index + 5


def _figures(tokens: Tokens, index: int, order: Order) -> tuple[Moment, int] | None:
    first, second, year = tokens[index], tokens[index + 2], tokens[index + 4]
    if not _are_three(tokens, index) or not (0 < first.number <= 31 and 0 < second.number <= 31):
        return None
    dotted = tokens[index + 1].text == "."
    short = len(year.text) == 2
    if dotted:
        if second.number > 12:
            return None
        found = Moment(year.number, second.number, first.number, short=short, rule="date-numeric")
        return found, _behind_year(tokens, index + 5)
    return _ordered(
        first.number, second.number, Moment(year.number, short=short, rule="date-numeric"), order, index + 5
    )


def _without_year(tokens: Tokens, index: int) -> tuple[Moment, int] | None:
    """“8.12.”, as German has it, behind a word of dates, or at the end of a line behind the place."""
    first, second, end = tokens[index], tokens[index + 2], tokens[index + 3]
    signs = tokens[index + 1].text == end.text == "." and tokens.tight(index + 3) and tokens.joined(index + 2)
    if not signs or not (0 < first.number <= 31 and 0 < second.number <= 12) or not _ends(tokens, index + 4):
        return None
    before, behind = tokens[index - 1], tokens[index + 4]
    abbreviated = before.text == "." and tokens[index - 2].low == "d"
    in_line = before.text == "," and tokens.joined(index) and (not behind.text or "\n" in behind.gap)
    if not (before.low in LED or abbreviated or in_line) or behind.number >= 0:
        return None
    return Moment(month=second.number, day=first.number, languages=GERMAN, rule="date-numeric"), index + 4


def _are_three(tokens: Tokens, index: int) -> bool:
    """Whether three numbers stand here, the same sign between them, and no more."""
    sign, year = tokens[index + 1].text, tokens[index + 4]
    spaced = not (tokens.tight(index + 2) and tokens.tight(index + 4))
    joined = tokens.joined(index + 2) and tokens.joined(index + 4)
    lengths = max(len(tokens[index].text), len(tokens[index + 2].text)) <= 2 and len(year.text) in (2, 4)
    whole = lengths and tokens[index + 3].text == sign and tokens.tight(index + 3) and _ends(tokens, index + 5)
    possible = year.number >= 0 if len(year.text) == 2 else 1000 <= year.number <= 2099
    return whole and possible and (not spaced or (sign == "." and joined))


def _behind_year(tokens: Tokens, index: int) -> int:
    """The index behind the “г.” of a Russian year."""
    if tokens[index].low != "г":
        return index
    return index + 2 if tokens[index + 1].text == "." else index + 1


def _ordered(one: int, two: int, found: Moment, order: Order, end: int) -> tuple[Moment, int] | None:
    """Day and month of “12/8/1959”; where both orders are possible and nothing says which, it is left open."""
    if one > 12 and two > 12:
        return None
    day_first = one > 12 or (two <= 12 and order.first == "day")
    ambiguous = one <= 12 and two <= 12 and one != two and not order.first
    day, month = (one, two) if day_first else (two, one)
    return replace(found, month=month, day=day, ambiguous=ambiguous), end
