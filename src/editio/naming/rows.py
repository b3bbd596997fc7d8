"""Capitalised words in a row, and which of them may be titles, forenames, initials and surnames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from editio.naming.given import GIVEN, SHORT
from editio.naming.surroundings import is_nation
from editio.naming.things import DEAR, INSTITUTIONS, NO_PERSON, NOT_GIVEN, PLACES, POLITE
from editio.naming.titles import ADJECTIVES, GENERATIONS, OFFICE_ENDS, title
from editio.naming.words import Token, capitalised, fold
from editio.wordlists import words

PARTICLE = r"(?:de|du|des|del|della|di|da|la|le|van|von|der|den|zu|zum|ter|bin|ibn|v\.)"
GAP = re.compile(
    rf"[ \u00a0]|\.[ \u00a0]?|-|[’']|\.?[ \u00a0](?:{PARTICLE}[ \u00a0]){{1,2}}|[ \u00a0](?:(?:de|du)[ \u00a0])?[dl][’']"
)
WRAPPED = re.compile(r"\.?\n")
OFFICE_BEFORE = re.compile(r"([^\W\d_]+)\.? (?:of|for|des|der|de la|du|de) (?:the )?(?:\w+ ){0,2}\Z")
# What is a title and a surname too.
TITLES_OR_SURNAMES = words("titles", "surnames-too")
# Titles behind which any word is a name.
STRONG = frozenset("mr mrs miss sir lord lady dr colonel captain lieutenant major senator".split())
KIN = words("titles", "kin")
WRAPPED_LINE = 50


class Run(NamedTuple):
    """Capitalised words in a row that may be one name: titles first, then the name."""

    titles: tuple[str, ...]
    name: tuple[Token, ...]
    shapes: str
    first: int


@lru_cache(maxsize=2)
def rows(text: str, languages: tuple[str, ...]) -> tuple[Run, ...]:
    """All rows of capitalised words that may hold a name."""
    tokens = capitalised(text)
    runs: list[Run] = []
    index, count = 0, len(tokens)
    while index < count:
        last = index
        while last + 1 < count and _joined(text, tokens[last], tokens[last + 1], languages):
            last += 1
        if last > index:
            runs += _split(text, tokens[index : last + 1], languages)
        elif (shape := _shape(text, tokens[index], True, languages)) in "IGWC":
            runs.append(Run((), (tokens[index],), shape, tokens[index].start))
        index = last + 1
    return tuple(runs)


def _joined(text: str, before: Token, token: Token, languages: tuple[str, ...]) -> bool:
    end, start = before.end, token.start
    if start - end == 1:
        gap = text[end]
        if gap == " ":
            return True
        if gap not in ".-’'\n\u00a0":
            return False
    elif start - end > 12 or text[end] not in " .-’'\n\u00a0":
        return False
    gap = text[end:start]
    if WRAPPED.fullmatch(gap):
        return (
            text.rfind("\n", max(0, end - WRAPPED_LINE), end) < 0
            and end >= WRAPPED_LINE
            and (gap == "\n" or _shortened(before, languages))
        )
    return bool(GAP.fullmatch(gap)) and (gap[0] != "." or _shortened(before, languages))


def _shortened(token: Token, languages: tuple[str, ...]) -> bool:
    """Whether a stop behind a word shortens it rather than ends a sentence."""
    key = token.key
    return len(key) <= 2 or (bool(title(key, languages)) and len(key) <= 6) or (key in SHORT and len(key) <= 5)


def _split(text: str, row: tuple[Token, ...], languages: tuple[str, ...]) -> Iterator[Run]:
    """The names in a row of capitalised words, each with the titles before it."""
    titles: list[str] = []
    name: list[Token] = []
    shapes = ""
    first = -1
    for number, token in enumerate(row):
        last = number + 1 == len(row)
        shape = _in_row(_shape(text, token, last, languages), token.key, titles, shapes, last)
        first = token.start if first < 0 else first
        if shape == "T" and not name:
            titles.append(title(token.key, languages) or token.key)
        elif shape in "IGWC":
            name.append(token)
            shapes += shape
        elif shape != "S" or not name:
            if name and token.key not in INSTITUTIONS:
                yield Run(tuple(titles), tuple(name), shapes, first)
            titles, name, shapes = ([title(token.key, languages) or token.key] if shape == "T" else []), [], ""
            first = token.start if shape == "T" else -1
    if name:
        yield Run(tuple(titles), tuple(name), shapes, first)


def _in_row(shape: str, key: str, titles: list[str], shapes: str, last: bool) -> str:
    """What a word is behind others: surnames may be titles, places, or letters that are titles elsewhere."""
    strong = bool(titles) and titles[-1] in STRONG
    if shape == "T" and len(key) == 1 and shapes.endswith("I"):
        return "I"  # В. Г. Чертков
    if shape == "T" and last and key in TITLES_OR_SURNAMES and (shapes.endswith(("I", "G")) or strong):
        return "W"
    return "W" if shape == "P" and (shapes.endswith("G") or (strong and not shapes)) else shape


def _shape(text: str, token: Token, last: bool, languages: tuple[str, ...]) -> str:
    """T title, I initial, G forename, W another word, C one in capitals, P place, S suffix, X no name."""
    key = token.key
    match _base(key, languages):
        case "I":
            return "I" if text[token.end : token.end + 1] == "." and token.text.isalpha() else "X"
        case "O":
            office = OFFICE_BEFORE.search(text, max(0, token.start - 60), token.start)
            return "T" if office and title(fold(office[1]), languages) else "X"
        case "W":
            return "C" if token.text.isupper() else "W"
        case "G":
            # at the end of a row a word may be something else: “Reverend Christian”, but “the Christian”
            return "X" if last and key in INSTITUTIONS | NOT_GIVEN else "G"
        case shape:
            return shape


@lru_cache(maxsize=1 << 14)
def _base(key: str, languages: tuple[str, ...]) -> str:
    """What a folded word is by itself; O may end an office."""
    said = title(key, languages)
    polite = any(key in POLITE.get(tag.split("-", maxsplit=1)[0], ()) for tag in languages)
    for shape, fits in (
        ("X", polite),
        ("I", len(key) == 1 and not said),
        ("G", key in GIVEN and not said),
        ("X", key in INSTITUTIONS or key in NOT_GIVEN or key in DEAR),
        ("T", bool(said) or key in ADJECTIVES or (key in KIN and languages[:1] == ("de",))),
        ("O", key in OFFICE_ENDS),
        ("S", key in GENERATIONS),
        ("G", key in SHORT and len(key) > 2),
        ("P", key in PLACES),
        ("X", key in NO_PERSON or is_nation(key)),
    ):
        if fits:
            return shape
    return "W"
