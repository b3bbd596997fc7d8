"""Moments that belong together: ranges, “between … and”, before and after, circa, double dates of two calendars."""

from __future__ import annotations

from dataclasses import replace

from editio.dating import antiquity, grammar, parts, phrases
from editio.dating.calendars import julian_day
from editio.dating.clock import AT, clock
from editio.dating.moments import Expression, Moment
from editio.dating.numeric import Order
from editio.dating.resolve import sharing
from editio.dating.tokens import Tokens

Pair = tuple[Moment, Moment, str, int]
DASHES = frozenset("-–—")


def expression(tokens: Tokens, index: int, order: Order) -> Expression | None:
    """The longest expression that begins at a token; its offsets are indices of tokens."""
    found = [_headed(tokens, index, order), _paired(tokens, index, order), _qualified(tokens, index, order)]
    found.append(antiquity.years(tokens, index))
    single = grammar.moment(tokens, index, order)
    if single:
        found.append(Expression(index, single[1], "one", single[0]))
    best = max((one for one in found if one), key=lambda one: one.end, default=None)
    return _with_clock(tokens, best) if best else None


def _headed(tokens: Tokens, index: int, order: Order) -> Expression | None:
    """“from X to Y”, “between X and Y”."""
    head = phrases.BETWEEN.at(tokens, index)
    if head is None or not tokens.joined(head[1]):
        return None
    pair = _pair(tokens, head[1], order)
    if pair is None:
        return None
    one, other, joint, end = pair
    if joint == "or" or (head[0] == "span" and joint == "and" and not one.bare):
        return None
    if head[0] == "span" and joint == "and":
        return None
    return Expression(index, end, head[0], *sharing(one, other))


def _paired(tokens: Tokens, index: int, order: Order) -> Expression | None:
    """“8–10 December 1959”, “28 Nov.–3 Dec. 1959”, “1914–1918”, “12/24 January 1861”, “in January or February”."""
    pair = _pair(tokens, index, order)
    if pair is None:
        return None
    one, other, joint, end = pair
    one, other = sharing(one, other)
    if joint == "slash":
        return _slashed(index, end, one, other)
    if joint == "or":
        return None if one.bare or other.bare else Expression(index, end, "or", one, other)
    if joint == "and":
        number = parts.day(tokens, index) if one.day else None
        last = replace(one, day=_days_listed(tokens, number)[0]) if number else one
        return Expression(index, end, "span", one, other) if _follows(last, other) else None
    if one.bare and other.bare and not 0 < other.year - one.year <= 150:
        return None
    return Expression(index, end, "span", one, other)


def _pair(tokens: Tokens, index: int, order: Order) -> Pair | None:
    """Two moments and what joins them; of one of them only the day may be written."""
    for first, at in _beginnings(tokens, index, order):
        joint = phrases.JOINTS.at(tokens, at)
        bracketed = tokens[at].text in ("(", "[") and first.day > 0
        if bracketed:
            joint = ("slash", at + 1)
        if joint is None or not tokens.joined(at):
            continue
        kind, begin = joint
        while tokens[begin].low in ("the", "den", "dem", "le", "in", "im") and kind != "slash":
            begin += 1
        second = grammar.moment(tokens, begin, order) if tokens.joined(begin) else None
        if second is None or (not second[0].month and first.day):
            second = _last_day(tokens, begin, first, tokens[at].text) or second
        if bracketed:
            second = _bracketed(tokens, begin)
        if second is None and first.bare:
            second = _last_year(tokens, at, begin, first)
        if second and _fit(first, second[0]):
            return first, second[0], kind, second[1]
    return None


def _beginnings(tokens: Tokens, index: int, order: Order) -> list[tuple[Moment, int]]:
    whole = grammar.moment(tokens, index, order)
    found = [whole] if whole else []
    number = parts.day(tokens, index)
    if number and tokens[index].low not in phrases.OF.firsts():
        found.append((Moment(day=number[0]), _days_listed(tokens, number)[1]))
    return found


def _days_listed(tokens: Tokens, number: tuple[int, int]) -> tuple[int, int]:
    """The last of days listed one after another, “8th, 9th” of “8th, 9th and 10th of May”; and the index behind it."""
    last, at = number
    while tokens[at].text == "," and (after := parts.day(tokens, at + 1)) and after[0] == last + 1:
        last, at = after
    return last, at


def _bracketed(tokens: Tokens, index: int) -> tuple[Moment, int] | None:
    """The second of two days of which one stands in brackets: “12 (24) January 1861”."""
    number = parts.day(tokens, index)
    if number is None:
        return None
    inside = parts.month(tokens, number[1])
    closing = inside[1] if inside else number[1]
    named = inside or parts.month(tokens, closing + 1)
    if tokens[closing].text not in (")", "]") or named is None:
        return None
    found = Moment(month=named[0].number, day=number[0], languages=named[0].languages)
    return parts.with_year(tokens, found, closing + 1 if inside else named[1])


def _last_day(tokens: Tokens, index: int, first: Moment, joint: str) -> tuple[Moment, int] | None:
    """The second day of “December 8–10, 1959” and “8 December to the 10th”."""
    if not first.month or first.year or first.fixed[0]:
        return None
    number = parts.day(tokens, index)
    if number is None or number[0] <= 0 or (joint != "/" and number[0] <= first.day):
        return None
    found = Moment(month=first.month, day=number[0], languages=first.languages)
    read = parts.with_year(tokens, found, number[1])
    if read[0].year or read[0].years is not None:
        return read
    following = tokens[number[1]]
    word = following.text[:1].isalpha() and following.low not in ("and", "at", "in", "the", "to", "und", "et")
    return None if word or following.number >= 0 else read


def _last_year(tokens: Tokens, at: int, index: int, first: Moment) -> tuple[Moment, int] | None:
    """The 18 of “1914–18”."""
    token = tokens[index]
    if tokens[at].text not in DASHES | {"/"} or token.number < 0 or not tokens.tight(index) or not tokens.tight(at):
        return None
    if len(token.text) == 1 and phrases.YEAR_CUES.before(tokens, at - 1):  # “the war of 1861–5”
        year = first.year - first.year % 10 + token.number
        return (Moment(year=year, bare=True), index + 1) if year > first.year else None
    if len(token.text) != 2:
        return None
    if (
        tokens[index + 1].text in ("-", "/", ".", ",")
        and tokens.tight(index + 1)
        and tokens[index + 2].number >= 0
        and tokens.tight(index + 2)
    ):
        return None
    year = first.year - first.year % 100 + token.number
    return (Moment(year=year, bare=True), index + 1) if year > first.year else None


def _fit(one: Moment, other: Moment) -> bool:
    """Whether two moments can be the ends of one range."""
    if one.day and not one.month and one.months is None:
        return bool(other.day and (other.month or other.months is not None))
    if one.bare != other.bare:
        return bool(one.month or one.season or one.part) and not one.open
    if one.month and one.open and not other.month and not other.bare:
        return False
    return not (one.first and not other.first and not one.season)


def _follows(one: Moment, other: Moment) -> bool:
    """Whether two days or months follow each other, so that “and” makes them one stretch."""
    if one.day and other.day:
        return one.month == other.month and one.year == other.year and other.day - one.day == 1
    return bool(one.month and other.month and not one.day and not other.day) and other.month - one.month == 1


def _slashed(start: int, end: int, one: Moment, other: Moment) -> Expression | None:
    """A day in both calendars (“12/24 January 1861”), or two days that follow each other."""
    if not (one.day and other.day and one.month and other.month):
        return None
    if other.year or one.year:
        year = one.year or other.year
        gregorian = julian_day(year, one.month, one.day)
        if gregorian and (gregorian.month, gregorian.day) == (other.month, other.day):
            custom = f"{year:04}-{one.month:02}-{one.day:02}"
            when = gregorian.isoformat()
            return Expression(start, end, "one", replace(other, custom=custom, style="julian", fixed=(when, when)))
        if one.month == other.month == 12 and gregorian is None:
            return None
    elif other.day - one.day in (10, 11, 12, 13) or other.month - one.month in (1, -11):
        return Expression(start, end, "one", replace(other, style="gregorian"))
    return Expression(start, end, "span", one, other) if _follows(one, other) else None


def _qualified(tokens: Tokens, index: int, order: Order) -> Expression | None:
    """“before 8 May”, “since 1917”, “circa 1850”."""
    head = phrases.BEFORE.at(tokens, index)
    about = phrases.ABOUT.at(tokens, index)
    kind, at = head or (("about", about[1]) if about else ("", index))
    if not kind or not tokens.joined(at):
        return None
    if tokens[at].low in ("the", "den", "dem", "le") and parts.day(tokens, at + 1):
        at += 1
    found = grammar.moment(tokens, at, order)
    if found is None or found[0].days is not None or found[0].turn is not None or found[0].same:
        return None
    if found[0].bare and parts.is_count(tokens, found[1]):
        return None
    return Expression(index, found[1], kind, found[0])


def _with_clock(tokens: Tokens, found: Expression) -> Expression:
    """The expression with the time of day that follows a day: “January 31, 1954, 1928Z”."""
    one = found.one
    if found.kind != "one" or not ((one.day and one.month) or one.fixed[0]):
        return found
    at = found.end
    if tokens[at].text in (",", "—", "–", "-", ";", "(", "."):
        at += 1
    said = AT.at(tokens, at)
    at = said[1] if said else at
    read = clock(tokens, at)
    if read is None or not read[0].sure or any(tokens[n].gap.count("\n") for n in range(found.end, read[1])):
        return found
    end = read[1]
    if tokens[found.end].text == "(":
        if tokens[end].text != ")":
            return found
        end += 1
    return found.moved(end, replace(one, clock=read[0].time, until=read[0].until))
