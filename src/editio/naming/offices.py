"""Which offices a person held, and when, as the register's description or its offices say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from editio.model import Entry
from editio.naming.titles import COURTESY, MODIFIERS, TITLES
from editio.naming.words import fold, words_of

YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b")
UNTIL = re.compile(r"\b(?:until|till|through|to|before|bis|jusqu)\b[^;]*$")
SINCE = re.compile(r"\b(?:from|after|since|as of|beginning|seit|ab|depuis|thereafter)\b")
# Where the words that say what somebody was end, and those begin that say of what.
HEAD = re.compile(r"\s(?:to|of|for|in|at|on|from|until|till|after|since|by|under|der|des|von|du|de|d[’'])\b|[,(\d]")


@dataclass(frozen=True)
class Held:
    """An office: the titles it begins with, those named anywhere in it, the years it was held (0 where open)."""

    head: frozenset[str]
    all: frozenset[str]
    first: int = 0
    last: int = 9999

    def in_force(self, year: int) -> bool:
        """Whether it was held in a year."""
        return self.first <= year <= self.last


@lru_cache(maxsize=1 << 12)
def offices(entry: Entry) -> tuple[Held, ...]:
    """The offices of an entry, tagged ones first."""
    tagged = [
        _held(one.words, int(one.period.start[:4] or 0), int(one.period.end[:4] or 9999))
        for one in entry.offices
        if _years(one.period.start) and _years(one.period.end)
    ]
    described = entry.description.removeprefix(entry.name).lstrip(" ,")
    last = 0
    for words in described.split(";"):
        first, until = _span(words, last)
        tagged.append(_held(words, first, until))
        last = until if until != 9999 else last
    return tuple(tagged)


def _years(date: str) -> bool:
    return not date or bool(re.match(r"\d{4}", date))


def _span(words: str, before: int) -> tuple[int, int]:
    years = [int(year) for year in YEAR.findall(words)]
    if not years:
        return (before, 9999) if "thereafter" in words else (0, 9999)
    if len(years) > 1:
        return min(years), max(years)
    if UNTIL.search(words) and not SINCE.search(words):
        return 0, years[0]
    return years[0], 9999 if SINCE.search(words) else years[0]


def _held(words: str, first: int, last: int) -> Held:
    head = HEAD.split(words.strip(), maxsplit=1)[0] if words.strip() else ""
    return Held(_titles(head), _titles(words), first, last)


def _titles(words: str) -> frozenset[str]:
    return frozenset(TITLES[key] for word in words_of(words) if (key := fold(word)) in TITLES)


def fitness(entry: Entry, own: tuple[str, ...], titles: tuple[str, ...], year: int) -> int:
    """How well titles before a name fit a person: 0 not at all, more if the office was held in the year.

    ``own`` are titles that the register puts to the name itself.
    """
    said = {title for title in titles if title not in COURTESY}
    if not said or said <= MODIFIERS:
        return 0
    best = 2 if said <= set(own) else 0
    for held in offices(entry):
        if said <= held.head and held.head & MODIFIERS <= said:
            fit = 4
        elif said <= held.head:
            fit = 2
        else:
            fit = 1 if said <= held.all else 0
        if fit:
            best = max(best, fit + (0 if not year else 1 if held.in_force(year) else -1))
    return best
