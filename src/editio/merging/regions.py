"""Finds who changed which place: three versions of a document as regions, each with a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from editio.merging.align import SHORT, Group, Pair, align, gaps, pair_chunks, shared
from editio.merging.lexical import Chunk, Kind, Token, chunks_of

# A paragraph that has less than this share of its words is another text.
REWRITTEN = 0.5
FARTHEST_SLIDE = 50


# --- what became of each token of the base ----------------------------------------------------


@dataclass(frozen=True)
class Versions:
    """The tokens of the three versions, and for each of the base its place in the two others, -1 if it is gone.

    Of elements that stand elsewhere, unchanged: the place of their first token in the base, and the new one.
    """

    base: list[Token]
    mine: list[Token]
    theirs: list[Token]
    in_mine: list[int]
    in_theirs: list[int]
    moved_by_her: dict[int, int]
    moved_by_machine: dict[int, int]


def versions_of(base: str, mine: str, theirs: str) -> Versions:
    """The three texts as tokens, and what became of those of the base."""
    chunks, hers, new = chunks_of(base), chunks_of(mine), chunks_of(theirs)
    to_mine, to_theirs = pair_chunks(chunks, hers), pair_chunks(chunks, new)
    same = _undisputed(to_mine, to_theirs, (chunks, hers, new))
    tokens, starts = _flat(chunks, same)
    tokens2, starts2 = _flat(hers, {g.other.start for g in to_mine if g.one.start in same})
    tokens3, starts3 = _flat(new, {g.other.start for g in to_theirs if g.one.start in same})
    in_mine = _places(tokens, starts, tokens2, starts2, to_mine)
    in_theirs = _places(tokens, starts, tokens3, starts3, to_theirs)
    for at, token in enumerate(tokens):
        # a tag with new attributes is the same tag only if the other side has it too
        if in_mine[at] < 0 <= in_theirs[at] and tokens3[in_theirs[at]].key != token.key:
            in_theirs[at] = -1
        elif in_theirs[at] < 0 <= in_mine[at] and tokens2[in_mine[at]].key != token.key:
            in_mine[at] = -1
    by_her = {starts[at]: starts2[at2] for at, at2 in _moved(to_mine, chunks, hers).items()}
    by_machine = {starts[at]: starts3[at3] for at, at3 in _moved(to_theirs, chunks, new).items()}
    return Versions(tokens, tokens2, tokens3, in_mine, in_theirs, by_her, by_machine)


def _moved(groups: Sequence[Group], one: Sequence[Chunk], other: Sequence[Chunk]) -> dict[int, int]:
    """Elements with several words that are gone from their place and whole at another."""
    paired = {at for group in groups for at in group.one}
    paired2 = {at for group in groups for at in group.other}
    new = {chunk.key: at for at, chunk in enumerate(other) if at not in paired2 and chunk.is_element}
    gone = ((at, chunk) for at, chunk in enumerate(one) if at not in paired and chunk.is_element)
    return {at: new[chunk.key] for at, chunk in gone if chunk.key in new and len(chunk.words) > SHORT}


def _undisputed(
    to_mine: Sequence[Group], to_theirs: Sequence[Group], chunks: tuple[list[Chunk], list[Chunk], list[Chunk]]
) -> set[int]:
    """The elements that one side left as they were; nobody need look into them."""
    base, hers, new = chunks
    place = {group.one.start: group.other.start for group in to_mine if len(group.one) == len(group.other) == 1}
    found: set[int] = set()
    for group in to_theirs:
        at, at3 = group.one.start, group.other.start
        if len(group.one) != 1 or len(group.other) != 1 or at not in place:
            continue
        old, mine, theirs = base[at], hers[place[at]], new[at3]
        if not (old.is_element and old.first.name == mine.first.name == theirs.first.name):
            continue
        # if hers only looks otherwise, it is to go on looking so
        kept_by_her = old.key == mine.key and (old.key == theirs.key or old.whole().raw == mine.whole().raw)
        if kept_by_her or old.key == theirs.key:
            found.add(at)
    return found


def _flat(chunks: Sequence[Chunk], whole: Collection[int]) -> tuple[list[Token], list[int]]:
    """The tokens of chunks, some as one token, and where each chunk starts."""
    tokens: list[Token] = []
    starts: list[int] = []
    for at, chunk in enumerate(chunks):
        starts.append(len(tokens))
        tokens += [chunk.whole()] if at in whole else chunk.tokens()
    return tokens, [*starts, len(tokens)]


def _places(
    one: Sequence[Token], starts: Sequence[int], other: Sequence[Token], starts2: Sequence[int], groups: Sequence[Group]
) -> list[int]:
    places = [-1] * len(one)
    for group in groups:
        start, stop = starts[group.one.start], starts[group.one.stop]
        start2, stop2 = starts2[group.other.start], starts2[group.other.stop]
        if one[start].kind is Kind.CHUNK:
            places[start] = start2
            continue
        for at, at2 in _align_tokens(one[start:stop], other[start2:stop2]):
            places[start + at] = start2 + at2
    return places


def _align_tokens(one: Sequence[Token], other: Sequence[Token]) -> list[Pair]:
    keys, keys2 = [token.key for token in one], [token.key for token in other]
    if _is_rewritten(one, other):
        return _rims(one, other)
    pairs = _without_lone_spaces(align(keys, keys2), keys)
    pairs = _slid(pairs, one, other)
    pairs = [(at, at2) for at2, at in _slid([(at2, at) for at, at2 in pairs], other, one)]
    found = list(pairs)
    for here, there in gaps(pairs, range(len(one)), range(len(other))):
        names = [_tag_name(one[at], f"\0one {at}") for at in here]
        names2 = [_tag_name(other[at], f"\0other {at}") for at in there]
        found += [(here.start + at, there.start + at2) for at, at2 in align(names, names2)]
    return sorted(found)


def _is_rewritten(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether so few words are left that those few are there by chance."""
    words, words2 = (Counter(token.key for token in tokens if token.kind is Kind.WORD) for tokens in (one, other))
    return bool(words and words2) and shared(words, words2) < REWRITTEN


def _rims(one: Sequence[Token], other: Sequence[Token]) -> list[Pair]:
    ends = [(0, 0), (len(one) - 1, len(other) - 1)]
    return [(at, at2) for at, at2 in ends if _tag_name(one[at], "one") == _tag_name(other[at2], "other")]


def _tag_name(token: Token, otherwise: str) -> str:
    return f"{token.kind}{token.name}" if token.kind in (Kind.START, Kind.END) else otherwise


def _without_lone_spaces(pairs: Sequence[Pair], keys: Sequence[str]) -> list[Pair]:
    """Pairs without spaces between two words that were both replaced: nothing there is as it was."""
    one, other = {at for at, _ in pairs}, {at2 for _, at2 in pairs}
    return [
        (at, at2)
        for at, at2 in pairs
        if keys[at] != " " or {at - 1, at + 1} & one or {at2 - 1, at2 + 1} & other or not 0 < at < len(keys) - 1
    ]


def _slid(pairs: Sequence[Pair], one: Sequence[Token], other: Sequence[Token]) -> list[Pair]:
    """The same pairs, what was inserted in other moved back to where it is whole: ``<p>…</p>``, not ``…</p><p>``."""
    place_of = dict(pairs)
    for here, there in gaps(pairs, range(len(one)), range(len(other))):
        if here:
            continue
        for by in range(FARTHEST_SLIDE):
            if _is_whole(other[there.start - by : there.stop - by]):
                for step in range(1, by + 1):
                    place_of[here.start - step] = there.stop - step
                break
            before = there.start - by - 1
            if place_of.get(here.start - by - 1, -1) != before or other[before].key != other[there.stop - by - 1].key:
                break
    return sorted(place_of.items())


def _is_whole(tokens: Sequence[Token]) -> bool:
    """Whether every tag has its partner."""
    open_names: list[str] = []
    for token in tokens:
        if token.kind is Kind.START:
            open_names.append(token.name)
        elif token.kind is Kind.END and (not open_names or open_names.pop() != token.name):
            return False
    return not open_names


# --- who changed which place ------------------------------------------------------------------


class Verdict(Enum):
    """Who changed a region; CONTAINED: theirs holds hers and more; TOGETHER: hers and theirs can both stand."""

    SAME = auto()
    MINE = auto()
    THEIRS = auto()
    AGREED = auto()
    CONTAINED = auto()
    TOGETHER = auto()
    CONFLICT = auto()


@dataclass(frozen=True)
class Region:
    """A stretch of the base and what stands for it in the two others."""

    base: range
    mine: range
    theirs: range
    verdict: Verdict


def regions_of(versions: Versions) -> list[Region]:
    """The whole text as regions, in order."""
    found: list[Region] = []
    at = at2 = at3 = 0
    end = range(len(versions.base), len(versions.base))
    for base, hers, new in [*_clusters(versions), (end, [], [])]:
        still = base.start - at
        if still:
            same = (range(at, at + still), range(at2, at2 + still), range(at3, at3 + still))
            found.append(Region(*same, Verdict.SAME))
        at, at2, at3 = base.start, at2 + still, at3 + still
        mine = range(at2, at2 + len(base) + sum(len(there) - len(here) for here, there in hers))
        theirs = range(at3, at3 + len(base) + sum(len(there) - len(here) for here, there in new))
        if hers or new:
            verdict = _verdict(versions, base, mine, theirs) if hers and new else None
            found.append(Region(base, mine, theirs, verdict or (Verdict.MINE if hers else Verdict.THEIRS)))
        at, at2, at3 = base.stop, mine.stop, theirs.stop
    return found


Change = tuple[range, range]


def _clusters(versions: Versions) -> Iterator[tuple[range, list[Change], list[Change]]]:
    """Stretches of the base with the changes of each side that overlap in them; what only touches stays apart."""
    hers = [(here, there, 0) for here, there in _changes(versions, versions.in_mine, versions.mine)]
    new = [(here, there, 1) for here, there in _changes(versions, versions.in_theirs, versions.theirs)]
    start = stop = -1
    sides: tuple[list[Change], list[Change]] = ([], [])
    for here, there, side in sorted([*hers, *new], key=lambda one: (one[0].start, one[0].stop, one[2])):
        if not (here.start < stop or here.start == here.stop == start == stop):
            if start >= 0:
                yield range(start, stop), *sides
            start, stop, sides = here.start, here.stop, ([], [])
        stop = max(stop, here.stop)
        sides[side].append((here, there))
    if start >= 0:
        yield range(start, stop), *sides


def _changes(versions: Versions, places: Sequence[int], other: Sequence[Token]) -> Iterator[Change]:
    pairs = [(at, place) for at, place in enumerate(places) if place >= 0]
    return gaps(pairs, range(len(versions.base)), range(len(other)))


def _verdict(versions: Versions, base: range, mine: range, theirs: range) -> Verdict:
    old, hers, new = cut(versions.base, base), cut(versions.mine, mine), cut(versions.theirs, theirs)
    if [token.key for token in hers] == [token.key for token in new] or _holds(hers, new, old):
        return Verdict.AGREED
    if _holds(new, hers, old):
        return Verdict.CONTAINED
    if not base and has_words(hers) != has_words(new):
        return Verdict.TOGETHER
    return Verdict.CONFLICT


def cut(tokens: Sequence[Token], where: range) -> Sequence[Token]:
    """The tokens of a stretch."""
    return tokens[where.start : where.stop]


def has_words(tokens: Sequence[Token]) -> bool:
    """Whether there is more than markup and space."""
    return any(token.kind in (Kind.WORD, Kind.CHUNK) for token in tokens)


def _holds(more: Sequence[Token], less: Sequence[Token], old: Sequence[Token]) -> bool:
    """Whether a side has all that the other one put in, in order, and nothing of what that took out."""
    wanted = [token.key for token in less if token.key != " "]
    row = iter([token.key for token in more])
    if not wanted or not all(key in row for key in wanted):
        return False
    has, has_less = Counter(token.key for token in more), Counter(wanted)
    gone = Counter(token.key for token in old if token.key != " ") - has_less
    return all(has[key] <= has_less[key] for key in gone)
