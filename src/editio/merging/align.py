"""Finds what two versions of a document have in common: equal stretches, then paragraphs that are alike."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from editio.merging.lexical import Chunk, Kind

# How alike (0 to 1, by their words) a paragraph and its new version are at least; how alike one and its two halves.
ALIKE = 0.4
ALIKE_WITH_BOTH = 0.7
ALIKE_BY_ID = 0.9
# Of short elements of one name, such as a date, the words may all be new.
SHORT = 3
OPENING = 6
# Gaps larger than this are not searched for what is alike, for want of time; each side's text then counts as new.
MOST_PAIRS = 40_000
MOST_STEPS = 1_000_000

Pair = tuple[int, int]


@dataclass(frozen=True)
class Group:
    """Chunks of one version, and the chunks they became in another: one and one, or one and two."""

    one: range
    other: range


def align(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """Places of equal items, in order: common ends first, then around items that are single in both."""
    found: list[Pair] = []
    left = [(0, len(one), 0, len(other))]
    while left:
        start, end, start2, end2 = left.pop()
        while start < end and start2 < end2 and one[start] == other[start2]:
            found.append((start, start2))
            start, start2 = start + 1, start2 + 1
        while start < end and start2 < end2 and one[end - 1] == other[end2 - 1]:
            end, end2 = end - 1, end2 - 1
            found.append((end, end2))
        if start == end or start2 == end2:
            continue
        anchors = _anchors(one, other, range(start, end), range(start2, end2))
        if anchors:
            found += anchors
            left += [
                (a.start, a.stop, b.start, b.stop) for a, b in gaps(anchors, range(start, end), range(start2, end2))
            ]
        elif (end - start) * (end2 - start2) <= MOST_STEPS:
            matcher = SequenceMatcher(None, one[start:end], other[start2:end2], autojunk=False)
            for block in matcher.get_matching_blocks():
                found += [(start + block.a + n, start2 + block.b + n) for n in range(block.size)]
    return sorted(found)


def gaps(pairs: Iterable[Pair], one: range, other: range) -> Iterator[tuple[range, range]]:
    """What lies between pairs, on both sides or on one."""
    at, at2 = one.start, other.start
    for place, place2 in [*pairs, (one.stop, other.stop)]:
        if at < place or at2 < place2:
            yield range(at, place), range(at2, place2)
        at, at2 = place + 1, place2 + 1


def _anchors(one: Sequence[str], other: Sequence[str], here: range, there: range) -> list[Pair]:
    """The longest row, in order on both sides, of items that are single on both."""
    counts = Counter(one[at] for at in here)
    counts2 = Counter(other[at] for at in there)
    place_of = {other[at]: at for at in there if counts2[other[at]] == 1}
    return _rising([(at, place_of[one[at]]) for at in here if counts[one[at]] == 1 and one[at] in place_of])


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest row of pairs in which the second rises too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, value) in enumerate(pairs):
        length = bisect_left(ends, value)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        last[length : length + 1] = [at]
    row: list[Pair] = []
    at = last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


# --- chunks -----------------------------------------------------------------------------------


def pair_chunks(one: Sequence[Chunk], other: Sequence[Chunk]) -> list[Group]:
    """Which chunks became which: equal ones, then the most alike in between.

    Where too many differ to compare each with each, those of one xml:id, words, beginning or end part them first.
    """
    pairs = align([chunk.key for chunk in one], [chunk.key for chunk in other])
    for trait in (_id, _words, _opening, _closing):
        pairs = _with_more(pairs, one, other, trait)
    groups = [Group(range(at, at + 1), range(at2, at2 + 1)) for at, at2 in pairs]
    for here, there in gaps(pairs, range(len(one)), range(len(other))):
        if here and there and len(here) * len(there) <= MOST_PAIRS:
            groups += _most_alike(one, other, here, there)
    return sorted(groups, key=lambda group: group.one.start)


def _id(chunk: Chunk) -> str:
    return chunk.id


def _words(chunk: Chunk) -> str:
    return " ".join(chunk.words) if chunk.is_element else ""


def _opening(chunk: Chunk) -> str:
    return " ".join(chunk.words[:OPENING]) if len(chunk.words) >= 2 * OPENING else ""


def _closing(chunk: Chunk) -> str:
    return " ".join(chunk.words[-OPENING:]) if len(chunk.words) >= 2 * OPENING else ""


def _with_more(
    pairs: list[Pair], one: Sequence[Chunk], other: Sequence[Chunk], trait: Callable[[Chunk], str]
) -> list[Pair]:
    found = list(pairs)
    for here, there in gaps(pairs, range(len(one)), range(len(other))):
        if here and there and len(here) * len(there) > MOST_PAIRS:
            traits = [trait(one[at]) or f"\0one {at}" for at in here]
            traits2 = [trait(other[at]) or f"\0other {at}" for at in there]
            found += [(here.start + a, there.start + b) for a, b in align(traits, traits2)]
    return sorted(found)


def _most_alike(one: Sequence[Chunk], other: Sequence[Chunk], here: range, there: range) -> list[Group]:
    """The pairing, in order, of chunks that are most alike in sum; one may have become two, or two one."""
    best: dict[Pair, tuple[float, Group | None]] = {}
    for at in range(here.stop, here.start - 1, -1):
        for at2 in range(there.stop, there.start - 1, -1):
            choices: list[tuple[float, Group | None]] = [(0.0, None)]
            if at < here.stop:
                choices.append((best[at + 1, at2][0], None))
            if at2 < there.stop:
                choices.append((best[at, at2 + 1][0], None))
            for more, more2 in ((1, 1), (1, 2), (2, 1)):
                group = Group(range(at, at + more), range(at2, at2 + more2))
                if group.one.stop <= here.stop and group.other.stop <= there.stop:
                    value = _likeness([one[a] for a in group.one], [other[b] for b in group.other])
                    if value:
                        choices.append((value + best[group.one.stop, group.other.stop][0], group))
            best[at, at2] = max(choices, key=lambda choice: choice[0])
    return list(_chosen(best, here, there))


def _chosen(best: dict[Pair, tuple[float, Group | None]], here: range, there: range) -> Iterator[Group]:
    at, at2 = here.start, there.start
    while at < here.stop and at2 < there.stop:
        value, group = best[at, at2]
        if group:
            yield group
            at, at2 = group.one.stop, group.other.stop
        elif best[at + 1, at2][0] == value:
            at += 1
        else:
            at2 += 1


def _likeness(one: Sequence[Chunk], other: Sequence[Chunk]) -> float:
    """How alike chunks are by their words, from 0 to 1; 0 if not alike enough."""
    if len(one) == len(other) == 1:
        return _likeness_of_two(one[0], other[0])
    if not all(chunk.is_element and chunk.words for chunk in (*one, *other)):
        return 0.0
    value = shared(_counts(one), _counts(other))
    return value if value >= ALIKE_WITH_BOTH else 0.0


def _likeness_of_two(one: Chunk, other: Chunk) -> float:
    if one.first.kind is Kind.ASIDE or other.first.kind is Kind.ASIDE:
        return float(one.key == other.key)
    if one.id and one.id == other.id:
        return max(ALIKE_BY_ID, shared(one.word_counts, other.word_counts))
    same_name = one.name == other.name
    if not one.words and not other.words:
        return 0.5 if same_name else 0.0
    if len(one.words) <= SHORT and len(other.words) <= SHORT and same_name:
        return max(ALIKE, shared(one.word_counts, other.word_counts))
    value = shared(one.word_counts, other.word_counts)
    return value if value >= ALIKE and one.is_element == other.is_element else 0.0


def _counts(chunks: Sequence[Chunk]) -> Counter[str]:
    return sum((chunk.word_counts for chunk in chunks), Counter())


def shared(one: Counter[str], other: Counter[str]) -> float:
    """The share of words, from 0 to 1, that two have in common."""
    both = one.total() + other.total()
    return 2 * sum(min(count, other[word]) for word, count in one.items()) / both if both else 0.0
