"""Text as tokens (numbers, words, signs) and tables of phrases that are looked up in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from editio.dating.moments import Read

TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
# The same with the white space before it; these follow each other without anything between them.
SPACED = re.compile(rf"(\s*)({TOKEN.pattern})")
Value = TypeVar("Value")
Other = TypeVar("Other")


class Token(NamedTuple):
    """A number, word or sign at offsets of the text; ``gap`` is the white space before it.

    ``number`` is the value of a number of up to four digits, -1 for anything else.
    """

    text: str
    low: str
    start: int
    end: int
    gap: str
    number: int


END = Token("", "", -1, -1, "\n\n", -1)


class Tokens:
    """The tokens of a stretch of text; before the first, behind the last and between paragraphs there are empty ones.

    ``known`` remembers what was read at a token.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._tokens: list[Token] = []
        self.known: dict[int, Read] = {}
        last = start
        for gap, words in SPACED.findall(text, start, end):
            at = last + len(gap)
            behind = at + len(words)
            low, number = _read(words)
            if len(gap) > 1 and gap.count("\n") > 1:
                self._tokens.append(Token("", "", last, last, "", -1))
            self._tokens.append(Token(words, low, at, behind, gap, number))
            last = behind
        self._count = len(self._tokens)

    def __getitem__(self, index: int) -> Token:
        return self._tokens[index] if 0 <= index < self._count else END

    def __len__(self) -> int:
        return self._count

    def index(self, offset: int) -> int:
        """The index of the first token that ends behind an offset."""
        return bisect_right(self._tokens, offset, key=lambda token: token.end)

    def joined(self, index: int) -> bool:
        """Whether no paragraph ends between a token and the one before it."""
        gap = self[index].gap
        return len(gap) < 2 or gap.count("\n") < 2

    def together(self, first: int, last: int) -> bool:
        """Whether no paragraph ends between two tokens."""
        return all(self.joined(index) for index in range(first + 1, last + 1))

    def tight(self, index: int) -> bool:
        """Whether a token follows the one before it without space."""
        return not self[index].gap


@lru_cache(maxsize=1 << 14)
def _read(words: str) -> tuple[str, int]:
    """A token in small letters, and the number it is."""
    number = int(words) if len(words) <= 4 and words.isdigit() and words.isascii() else -1
    return words.casefold(), number


class Phrases(Generic[Value]):
    """Phrases of one or more tokens with what they mean; found whatever their case, longest first."""

    def __init__(self, meanings: Mapping[str, Value]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for words, value in meanings.items():
            parts = tuple(TOKEN.findall(words.casefold()))
            self._by_first.setdefault(parts[0], []).append((parts[1:], value))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    def mapped(self, meaning: Callable[[Value], Other]) -> Phrases[Other]:
        """The same phrases with other meanings."""
        made: Phrases[Other] = Phrases({})
        made._by_first = {
            first: [(rest, meaning(value)) for rest, value in found] for first, found in self._by_first.items()
        }
        return made

    def at(self, tokens: Tokens, index: int) -> tuple[Value, int] | None:
        """The meaning of the longest phrase that begins at a token, and the index behind it."""
        for rest, value in self._by_first.get(tokens[index].low, ()):
            behind = index + 1
            for part in rest:
                if tokens[behind].low != part or not tokens.joined(behind):
                    break
                behind += 1
            else:
                return value, behind
        return None

    def before(self, tokens: Tokens, index: int, reach: int = 4) -> tuple[Value, int] | None:
        """The meaning of the phrase that ends just before a token, and the index where it begins."""
        for start in range(max(0, index - reach), index):
            found = self.at(tokens, start)
            if found and found[1] == index and tokens.joined(index):
                return found[0], start
        return None

    def firsts(self) -> Iterator[str]:
        """The first words of all phrases."""
        yield from self._by_first
