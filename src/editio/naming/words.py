"""The words of a text that may begin a name, where they stand, and how spellings of one word are made alike."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from editio.letters import PLAIN, SPELLED, without_marks

# Letters with what NFD makes of their accents, a soft hyphen, and the rest of a word broken at the end of a line.
MORE_LETTERS = r"[^\W_\d\u00ad]*(?:[\u0300-\u036f\u00ad][^\W_\d]*)*"
LETTERS = rf"[^\W\d_]{MORE_LETTERS}"
REST_OF_WORD = rf"{MORE_LETTERS}(?:[-\u2010\u00ac]\n[a-zß-öø-ÿа-яё]{LETTERS}|[-\u2010\u00ac]\n[a-zß-öø-ÿа-яё])?"
WORD = rf"[^\W\d_]{REST_OF_WORD}"
# Lower-case letters of the most common scripts are left out here, to be quick; the others below. The first letter stands
# before the look at what precedes it, for then the pattern is tried at such letters only.
CAPITALISED = re.compile(
    r"[^\W\d_a-zß-öø-ÿа-яё](?<![\w\u0300-\u036f\u00ad](?s:.))"
    rf"(?:(?<=[A-Z])[A-Za-z]*(?![\w\u0300-\u036f\u00ad\u2010\u00ac]|-\n)|{REST_OF_WORD})"
)
ANY_WORD = re.compile(WORD)
# What may stand between two words of one name, then the next of them.
NEXT = re.compile(rf"(?:\.?\]?[ \n\u00a0]?\[?|[-\u2010\u2013’'])({WORD})")
FOLDED = str.maketrans({**PLAIN, "ё": "е"})
SMALL = re.compile(r"[a-zß-öø-ÿа-яё]{2,}")
BROKEN = re.compile(r"[-\u2010\u00ac]\n|\u00ad")


UNEVEN = re.compile(r"[ \t\n]{2,}|\t")


@dataclass(frozen=True)
class Evened:
    """A text whose white space is one character wherever it breaks no block, and where that stands in the original."""

    text: str
    cuts: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def original(self, at: int) -> int:
        """The offset in the original of an offset in the evened text."""
        number = bisect_right(self.cuts, at)
        return at + self.lost[number - 1] if number else at

    def evened(self, at: int) -> int:
        """The offset in the evened text of an offset in the original at which nothing is lost."""
        number = bisect_right(range(len(self.cuts)), at, key=lambda one: self.cuts[one] + self.lost[one])
        return at - self.lost[number - 1] if number else at


@lru_cache(maxsize=2)
def evened(text: str) -> Evened:
    """A text without indentation and line ends of a file that was laid out for reading."""
    if not any(space in text for space in ("  ", " \n", "\n ", "\t")):
        return Evened(text)
    pieces: list[str] = []
    cuts: list[int] = []
    lost: list[int] = []
    done = length = 0
    for match in UNEVEN.finditer(text):
        if not match[0].strip("\n"):
            continue
        space = "\n\n" if match[0].count("\n") > 1 else " "
        length += match.start() - done + len(space)
        pieces += [text[done : match.start()], space]
        done = match.end()
        cuts.append(length)
        lost.append(done - length)
    return Evened("".join([*pieces, text[done:]]), tuple(cuts), tuple(lost)) if pieces else Evened(text)


class Token(NamedTuple):
    """A word of a text with its offsets, as it is written and folded."""

    start: int
    end: int
    text: str
    key: str


@lru_cache(maxsize=2)
def capitalised(text: str) -> tuple[Token, ...]:
    """All words of a text that do not begin with a small letter, in order."""
    return tuple(
        [
            Token(match.start(), match.end(), word, fold(word))
            for match in CAPITALISED.finditer(text)
            if not (word := match[0])[0].islower()
        ]
    )


def next_word(text: str, end: int) -> Token | None:
    """The word behind an offset, if nothing stands between that parts names."""
    match = NEXT.match(text, end)
    return Token(match.start(1), match.end(1), match[1], fold(match[1])) if match else None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name."""
    return tuple(ANY_WORD.findall(text))


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """A word in small letters without accents, ligatures, soft hyphens and the hyphen of a line's end."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return without_marks(BROKEN.sub("", word).casefold().translate(FOLDED)).translate(FOLDED)


def spellings(word: str) -> tuple[str, ...]:
    """The folded word and, with umlauts, what it is where they are spelled out: Müller, muller, mueller."""
    if word.isascii():
        return (fold(word),)
    spelled = unicodedata.normalize("NFC", word).casefold().translate(SPELLED)
    return tuple(dict.fromkeys((fold(word), fold(spelled))))


def begins_sentence(text: str, start: int) -> bool:
    """Whether a word at an offset has a capital for its place alone: first in a sentence, line or quotation."""
    at = start - 1
    while at >= 0 and text[at] in " \u00a0“”\"‘’'([«»„—–-":
        at -= 1
    return at < 0 or text[at] in ".!?:\n…;"


def occurs_small(text: str, key: str) -> bool:
    """Whether a text has a word in small letters too: then it is one of the language's."""
    return key in _small_words(text)


@lru_cache(maxsize=2)
def _small_words(text: str) -> frozenset[str]:
    """The words in small letters, and what follows the capital of others, which does no harm."""
    return frozenset(SMALL.findall(text))
