"""Finds the dates of a text: where one may stand, which words it takes in, and what its element says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from editio.dating import phrases
from editio.dating.clock import clock
from editio.dating.expressions import expression
from editio.dating.grammar import may_begin
from editio.dating.moments import Expression, Moment
from editio.dating.numeric import Order, order_of
from editio.dating.parts import is_count
from editio.dating.places import REACH, places
from editio.dating.resolve import Frame, Stretch, first_day, last_day, least, resolve
from editio.dating.speech import spoken
from editio.dating.tokens import Token, Tokens


@dataclass(frozen=True)
class FoundDate:
    """A date or time at offsets of a text, with the values of TEI's dating attributes."""

    start: int
    end: int
    when: str = ""
    not_before: str = ""
    not_after: str = ""
    begin: str = ""
    until: str = ""
    custom: str = ""
    calendar: str = ""
    cert: str = "high"
    rule: str = "date-exact"
    element: str = "date"

    @property
    def attributes(self) -> dict[str, str]:
        """The dating attributes, empty ones left out."""
        pointer = f"#{self.calendar}" if self.calendar else ""
        given = {
            "when": self.when,
            "notBefore": self.not_before,
            "notAfter": self.not_after,
            "from": self.begin,
            "to": self.until,
            "when-custom": self.custom,
            "datingMethod": pointer if self.custom else "",
            "calendar": pointer,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def day(self) -> str:
        """The exact day (ISO), with a time or without; empty where it is none."""
        value = self.when or (self.begin if self.begin[:10] == self.until[:10] else "")
        return value[:10] if self.element == "date" and len(value) >= 10 else ""


# How many characters around that word are looked at.
BEFORE, BEHIND, DENSE = 64, 90, 400
# How many tokens before the hour of its end a time of day begins: 9 : 30 a . m . to 11.
LONGEST_TIME = 8
# What stands before numbers that are no years.
REFERENCE = frozenset(
    "p pp page pages s seite seiten no nos nr nrn n № vol vols bd bl fol ff f folio folios l ll lines"
    " line box file files "
    "doc docs document documents op d delo item items tel telephone telegram telegrams despatch "
    "dispatch airgram cable room section sections "
    "art article § chapter chap ch number numbers col cols plate fig table с стр л лл т том опись д дело № ст".split()
)
PREPOSITIONS = frozenset(
    "in since until till by during last next this of through from im seit bis en depuis dès jusqu'en "
    "de в с до к nel in maggio next w em "
    "anfang mitte ende letzten nächsten monat mois месяце late early mid".split()
)
ARTICLES = frozenset("the der die den des les".split())
CAPITALS = frozenset("april may june august mai avril juni juli august mars juno julius augustus marta maya".split())
EVENTS = frozenset(
    {"revolution", "uprising", "manifesto", "plenum", "days", "revolutions", "crisis", "coup", "putsch", "insurrection"}
)
STARTERS = frozenset(first for table in (phrases.BETWEEN, phrases.BEFORE, phrases.ABOUT) for first in table.firsts())


def find_dates(
    text: str, written: str, languages: tuple[str, ...] = ("en",), calendar: str = "gregorian"
) -> Iterator[FoundDate]:
    """All dates and times of a text, in order and apart from one another.

    Those without a year resolve against ``written``, the document's own date (ISO, or empty); ``languages`` are the
    tags of the languages the text may be in, the main one first; ``calendar`` is the one the document is dated by.
    """
    scanner = _Scanner(text, Frame(_own(written), calendar), languages)
    end = 0
    for at, behind, reach in places(text, scanner.languages):
        if at < end:
            continue
        found = scanner.at(at, behind, end, reach)
        if found:
            yield found
            end = found.end


def _own(written: str) -> date | None:
    try:
        own = date.fromisoformat(written[:10])
    except ValueError:
        return None
    return own if 200 < own.year < 9800 else None  # so that what is counted from it is a day, too


class _Scanner:
    """Reads dates at given places; remembers the last day and year that the text named, and its calendar."""

    def __init__(self, text: str, frame: Frame, languages: tuple[str, ...]) -> None:
        self.text, self.frame = text, frame
        own = spoken(text)
        self.languages = frozenset(tag.partition("-")[0] for tag in languages) | own
        self._tags = tuple(own) if own and "en" not in own else languages
        self._named: tuple[int, int] = (0, 0)
        self._tokens, self._until = Tokens(text, 0, 0), -1
        self._read: dict[int, Expression | None] = {}

    @cached_property
    def order(self) -> Order:
        """The order of figures in this text."""
        return order_of(self.text, self._tags)

    def at(self, start: int, end: int, after: int, reach: int) -> FoundDate | None:
        """The date that takes in the word at an offset, the earliest and longest; else a time of day."""
        tokens = self._around(start, end, reach)
        target = tokens.index(start)
        for index in range(max(0, target - reach), target + 1):
            if tokens[index].start < after or not _may_begin(tokens[index]):
                continue
            found = self._expression(tokens, index)
            if found and found.end > target and self._holds(tokens, found):
                dated = self._dated(tokens, found)
                if dated or _is_impossible(found):
                    return dated
        return _time(tokens, target, after)

    def _around(self, start: int, end: int, reach: int) -> Tokens:
        """The tokens around a word; where such words are many, those of a longer stretch at once."""
        if end + BEHIND > self._until:
            ahead = BEHIND if start > self._until else DENSE
            self._until = min(end + ahead, len(self.text) + BEHIND)
            left = self._left(max(0, start - BEFORE * (reach // REACH)))
            self._tokens, self._read = Tokens(self.text, left, min(len(self.text), self._until)), {}
        return self._tokens

    def _expression(self, tokens: Tokens, index: int) -> Expression | None:
        if index not in self._read:
            self._read[index] = expression(tokens, index, self.order)
        return self._read[index]

    def _left(self, start: int) -> int:
        """The start moved to the end of a word that it would cut."""
        while 0 < start < len(self.text) and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start += 1
        return start

    def _holds(self, tokens: Tokens, found: Expression) -> bool:
        """Whether what reads like a date is meant as one."""
        one, other = found.one, found.other
        last = other or one
        if last.month and not last.day and not last.fixed[0] and _is_event(tokens, found.end):
            return False
        if other is None and found.kind == "one":
            return self._is_meant(tokens, found, one)
        if found.kind in ("span", "between", "or") and other is not None:
            if one.bare and other.bare and found.kind == "span":
                return not _is_reference(tokens, found.start) and not is_count(tokens, found.end)
            return self._speaks(one) and self._speaks(other)
        return self._speaks(one) and not (one.month and not one.day and one.open and self._is_name(tokens, found.end))

    def _is_meant(self, tokens: Tokens, found: Expression, one: Moment) -> bool:
        """The same for a single moment."""
        if one.bare:
            counts = is_count(tokens, found.end) or _is_reference(tokens, found.start)
            return not counts and _has_cue(tokens, found.start)
        if one.days is not None or one.turn is not None:
            return self._speaks(one)
        if one.open and (one.feast or (one.rule == "date-numeric" and one.languages)):
            return self._speaks(one)
        if one.month and not one.day and not one.fixed[0]:
            return self._is_month(tokens, found, one)
        at_line = tokens[found.start].start == 0 or "\n" in tokens[found.start].gap
        if one.rule == "date-numeric" and one.short and at_line:  # or the number of a paragraph
            own = self.frame.own
            return own is not None and (one.year - own.year + 2) % 100 <= 4
        return True

    def _is_month(self, tokens: Tokens, found: Expression, one: Moment) -> bool:
        """Whether a month without day is one: its name alone may be that of somebody, or another word."""
        if not one.open:
            return True
        said = tokens[found.start - 1].low in PREPOSITIONS and tokens.joined(found.start)
        named = self._is_name(tokens, found.end)
        return self._speaks(one) and (bool(one.part) or ((said or not one.doubtful) and not named))

    def _speaks(self, one: Moment) -> bool:
        """Whether the words are of a language of the text; asked of words that could be others."""
        vague = one.days is not None or one.turn is not None or (one.month and not one.day and one.open)
        vague = vague or (one.open and (one.feast or one.rule == "date-numeric"))
        return not vague or not one.languages or not one.languages.isdisjoint(self.languages)

    def _is_name(self, tokens: Tokens, index: int) -> bool:
        """Whether the month is the name of somebody: August Bebel, April Smith, May Wright."""
        following = tokens[index]
        return (
            tokens[index - 1].low in CAPITALS
            and following.gap == " "
            and following.text[:1].isupper()
            and len(following.text) > 1
        )

    def _dated(self, tokens: Tokens, found: Expression) -> FoundDate | None:
        start, end = tokens[_first(tokens, found)].start, tokens[found.end - 1].end
        frame = replace(self.frame, year=self._year_nearby(start))
        one = resolve(found.one, frame)
        other = resolve(found.other, frame) if found.other else None
        if one is None or (found.other and other is None):
            return None
        self._remember(found.one if found.other is None else found.other, other or one, start)
        return _element(start, end, found, one, other)

    def _year_nearby(self, start: int) -> int:
        """The year that was named last, if it was in this paragraph and not long ago."""
        year, at = self._named
        return year if year and start - at < 400 and "\n\n" not in self.text[at:start] else 0

    def _remember(self, moment: Moment, found: Stretch, start: int) -> None:
        if moment.style == "julian" and not moment.fixed[0] and start < 600 and moment.full and self._named == (0, 0):
            self.frame = replace(self.frame, calendar="julian")
        if found.exact and len(found.first) == 10:
            self.frame = replace(self.frame, last=date.fromisoformat(found.first))
        if moment.year and not moment.short:
            self._named = (moment.year, start)


def _is_impossible(found: Expression) -> bool:
    """Whether the words are a whole date, though there is no such day: not even a part of 30 February is marked."""
    return found.one.full or bool(found.other and found.other.full)


def _is_event(tokens: Tokens, index: int) -> bool:
    """Whether a month is part of the name of an event: the October Revolution, the “October 1917” one."""
    at = index + 1 if tokens[index].text in ("[", "(", "]", ")") else index
    at = at + 1 if tokens[at].number >= 0 else at
    at = at + 1 if tokens[at].text in ("]", ")") else at
    return tokens[at].low in EVENTS


def _may_begin(token: Token) -> bool:
    return token.low in STARTERS or may_begin(token)


def _first(tokens: Tokens, found: Expression) -> int:
    """Where the element begins: articles, and “the years” before years, are words of the sentence."""
    head = phrases.YEAR_HEAD.at(tokens, found.start) if found.one.bare else None
    start = head[1] if head else found.start
    return start + 1 if tokens[start].low in ARTICLES else start


def _has_cue(tokens: Tokens, index: int) -> bool:
    """Whether the words before a year say that it is one."""
    if phrases.YEAR_CUES.before(tokens, index):
        return True
    tail = tokens[index + 1].low
    head = phrases.YEAR_HEAD.at(tokens, index)
    return bool(head) or tail in ("г", "гг", "года", "году", "год", "ad")


def _is_reference(tokens: Tokens, index: int) -> bool:
    """Whether a number is that of a page, file or document."""
    before = tokens[index - 1]
    if before.text in (".", "#"):
        before = tokens[index - 2]
    return before.low in REFERENCE and before.text not in ("с", "С")


def _time(tokens: Tokens, index: int, after: int) -> FoundDate | None:
    """A time of day that takes in a token."""
    for start in range(max(0, index - LONGEST_TIME), index + 1):
        if tokens[start].start < after:
            continue
        if tokens[start].number < 0 and tokens[start].low not in ("noon", "midi", "mittags", "полдень", "à"):
            continue
        if start and tokens[start - 1].text in (".", ":", ",", "-", "/") and tokens.tight(start):
            continue
        found = clock(tokens, start)
        if found and found[1] > index and _is_time(tokens, start, found[1]):
            begin, end = tokens[start].start, tokens[found[1] - 1].end
            cert = "high" if found[0].sure else "low"
            if found[0].until:
                return FoundDate(
                    begin, end, begin=found[0].time, until=found[0].until, cert=cert, rule="time-of-day", element="time"
                )
            return FoundDate(begin, end, when=found[0].time, cert=cert, rule="time-of-day", element="time")
    return None


_AT = frozenset("at um à a by until till from before after about gegen vers в к about past since ab bis".split())


def _is_time(tokens: Tokens, start: int, end: int) -> bool:
    """Whether figures with an hour's word are a time, not how long something lasts: “at 3 hours”, not “3 hours”."""
    last = tokens[end - 1].low if tokens[end - 1].text != "." else tokens[end - 2].low
    if last in ("heures", "heure", "hours", "hrs", "h", "часов", "часа", "час", "ч"):
        return tokens[start - 1].low in _AT or tokens[start - 2].low in ("at", "à")
    return True


def _element(start: int, end: int, found: Expression, one: Stretch, other: Stretch | None) -> FoundDate | None:
    """The element of an expression whose moments are resolved."""
    if other:
        return _stretched(FoundDate(start, end, cert=least(one.cert, other.cert)), found.kind, one, other)
    if found.kind == "one":
        return _single(start, end, found.one, one)
    rule = "date-resolved" if one.rule == "date-resolved" else "date-uncertain"
    made = FoundDate(start, end, calendar=one.style, cert=one.cert, rule=rule)
    if found.kind == "about":
        low, high = _around(one)
        return replace(made, not_before=low, not_after=high, cert="low")
    limits = {
        "before": replace(made, not_after=one.last),
        "by": replace(made, not_after=one.last),
        "after": replace(made, not_before=one.first),
        "since": replace(made, begin=one.first),
        "until": replace(made, until=one.last),
    }
    return limits[found.kind]


def _stretched(made: FoundDate, kind: str, one: Stretch, other: Stretch) -> FoundDate | None:
    """The element of two moments; none where the second is before the first."""
    if "-" in (one.first[0], other.first[0]):  # Python has no days before Christ
        return replace(made, begin=one.first, until=other.last, rule="date-range")
    (first, _), (_, last) = one.limits(), other.limits()
    if first > last:
        return None
    rule = "date-resolved" if "date-resolved" in (one.rule, other.rule) else "date-range"
    made = replace(made, calendar=one.style or other.style, rule=rule)
    if kind == "span":
        return replace(made, begin=one.first, until=other.last)
    low, high = one.first, other.last
    if len(low) != len(high):
        low, high = first.isoformat(), last.isoformat()
    return replace(made, not_before=low, not_after=high)


def _single(start: int, end: int, moment: Moment, one: Stretch) -> FoundDate:
    if one.exact and moment.clock and len(one.first) == 10:
        begin = f"{one.first}T{moment.clock}"
        if moment.until:
            until = f"{one.first}T{moment.until}"
            return FoundDate(start, end, begin=begin, until=until, calendar=one.style, cert=one.cert, rule=one.rule)
        return FoundDate(start, end, when=begin, custom=one.custom, calendar=one.style, cert=one.cert, rule=one.rule)
    if one.exact:
        return FoundDate(
            start, end, when=one.first, custom=one.custom, calendar=one.style, cert=one.cert, rule=one.rule
        )
    return FoundDate(
        start, end, not_before=one.first, not_after=one.last, calendar=one.style, cert=one.cert, rule=one.rule
    )


def _around(one: Stretch) -> tuple[str, str]:
    """A little before and after: five days, a month, five years of a round number, two of another."""
    if len(one.first) == 10 and len(one.last) == 10:
        low, high = date.fromisoformat(one.first), date.fromisoformat(one.last)
        return (low - timedelta(days=5)).isoformat(), (high + timedelta(days=5)).isoformat()
    if len(one.first) == 7:
        low, high = first_day(one.first) - timedelta(days=1), last_day(one.last) + timedelta(days=1)
        return low.isoformat()[:7], high.isoformat()[:7]
    first, last = int(one.first), int(one.last)
    margin = (5 if first % 10 == 0 else 2) if first == last else 0
    return _year(first - margin), _year(last + margin)


def _year(number: int) -> str:
    return f"{number:04}" if number >= 0 else f"-{-number:04}"
