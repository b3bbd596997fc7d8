"""Quotes places of a text, and finds the places again after the text was edited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

from editio.model import Quote

# Characters of the text that are quoted on each side of the words.
CONTEXT = 32
# How much of what stood beside the words must still be there, of 1, if it is not letter by letter …
LIKE_ENOUGH = 0.6
# … or how many characters right beside them.
BESIDE = 8
# Occurrences of which the surroundings are compared letter by letter at most.
MOST_COMPARED = 200
# Scripts that are written without spaces between the words, or with endings right behind names.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True)
class Folded:
    """A text with all white space as single spaces, and where each stretch of it stands in the text as it is."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def original(self, at: int) -> int:
        """Where a character stands in the text as it is."""
        number = bisect_right(self.starts, at) - 1
        return at + (self.shifts[number] if number >= 0 else 0)

    def folded(self, at: int) -> int:
        """Where a character of the text as it is stands in this one."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] + self.shifts[middle] <= at:
                low = middle + 1
            else:
                high = middle
        return at - (self.shifts[low - 1] if low else 0)


@lru_cache(maxsize=8)
def fold(text: str) -> Folded:
    """The text with single spaces."""
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    last = length = 0
    for space in re.finditer(r"\s+", text):
        pieces += [text[last : space.start()], " "]
        length += space.start() - last + 1
        last = space.end()
        if last - length != (shifts[-1] if shifts else 0):
            starts.append(length)
            shifts.append(last - length)
    return Folded("".join([*pieces, text[last:]]), tuple(starts), tuple(shifts))


def quote(text: str, start: int, end: int, part: str = "text") -> Quote:
    """The quotation of a place of a text; white space at its edges is none of it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    folded = fold(text)
    first = folded.folded(start)
    exact = " ".join(words.split())
    last = first + len(exact)
    return Quote(exact, folded.text[max(first - CONTEXT, 0) : first], folded.text[last : last + CONTEXT], first, part)


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where words stand in a folded text by themselves, not as a part of longer ones."""
    return (at for at in _all_of(text, words) if not _is_joined(text, at, at + len(words)))


def _all_of(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _is_joined(text: str, start: int, end: int) -> bool:
    return _are_one_word(text[start - 1 : start], text[start]) or _are_one_word(text[end - 1], text[end : end + 1])


def _are_one_word(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum() and not UNSPACED.match(one) and not UNSPACED.match(other)


def find_quotes(text: str, quotes: Collection[Quote]) -> dict[Quote, int]:
    """Where quotations stand in a folded text, each at a place of its own; those that are lost are left out."""
    found: dict[Quote, int] = {}
    rest: dict[str, list[Quote]] = {}
    for one in dict.fromkeys(quotes):
        whole = one.prefix + one.exact + one.suffix
        if one.at >= 0 and text.startswith(whole, max(one.at - len(one.prefix), 0)):
            found[one] = one.at
        else:
            rest.setdefault(one.exact, []).append(one)
    taken = {(at, one.exact) for one, at in found.items()}
    for words, some in rest.items():
        places = [at for at in _all_of(text, words) if (at, words) not in taken]
        found |= _shared_out(text, some, places)
    return found


def _shared_out(text: str, quotes: list[Quote], places: list[int]) -> dict[Quote, int]:
    """A place for each quotation of the same words, those first that are most alike."""
    rated: list[tuple[float, int, int, int]] = []
    for number, one in enumerate(quotes):
        fitting = [(at, likeness) for at, likeness in _likenesses(text, one, places) if likeness > 0]
        rated += [(-likeness, abs(at - one.at) if one.at >= 0 else 0, number, at) for at, likeness in fitting]
    found: dict[Quote, int] = {}
    taken: set[int] = set()
    for _, _, number, at in sorted(rated):
        if at not in taken and quotes[number] not in found:
            found[quotes[number]] = at
            taken.add(at)
    return found


def _likenesses(text: str, one: Quote, places: list[int]) -> Iterator[tuple[int, float]]:
    """How alike the surroundings of each place are to those of a quotation: 0 if not enough, 2 if the same."""
    if not one.prefix and not one.suffix:
        alone = [at for at in places if not _is_joined(text, at, at + len(one.exact))]
        yield from ((at, 1.0) for at in alone if len(alone) == 1 or at == one.at)
        return
    beside = {at: _beside(text, one, at) for at in places if _joined_alike(text, one, at)}
    whole = len(one.prefix) + len(one.suffix)
    yield from ((at, 2.0) for at, length in beside.items() if length == whole)
    near = sorted(
        (at for at, length in beside.items() if length < whole), key=lambda at: (-beside[at], abs(at - one.at))
    )
    for at in near[:MOST_COMPARED]:
        before, behind = _surroundings(text, one, at)
        likeness = max(_ratio(before, one.prefix), _ratio(behind, one.suffix))
        if likeness >= LIKE_ENOUGH or beside[at] >= min(BESIDE, whole):
            yield at, (likeness + beside[at] / whole) / 2


def _surroundings(text: str, one: Quote, at: int) -> tuple[str, str]:
    end = at + len(one.exact)
    return text[max(at - len(one.prefix), 0) : at], text[end : end + len(one.suffix)]


def _beside(text: str, one: Quote, at: int) -> int:
    """How many characters right beside the words are still the same."""
    before, behind = _surroundings(text, one, at)
    return _same(zip(reversed(before), reversed(one.prefix), strict=False)) + _same(
        zip(behind, one.suffix, strict=False)
    )


def _same(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _joined_alike(text: str, one: Quote, at: int) -> bool:
    """Whether a place is a part of a longer word only where the quotation is, too."""
    end = at + len(one.exact)
    before, behind = text[at - 1 : at] if at else "", text[end : end + 1]
    return not (
        (_are_one_word(before, one.exact[0]) and before != one.prefix[-1:])
        or (_are_one_word(one.exact[-1], behind) and behind != one.suffix[:1])
    )


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0
