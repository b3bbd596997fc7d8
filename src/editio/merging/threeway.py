"""Merges three versions of an XML document: what the machine wrote last, what the editor made of it, what it writes now.

The versions are compared as tokens (tags, words, spaces), so markup that the editor put around a word stands although the
conversion changed the next word. Where both changed the same place differently, hers stays and a conflict is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from editio.merging.lexical import Kind, Token, read_tag, spelt, with_attributes
from editio.merging.regions import Region, Verdict, Versions, cut, has_words, regions_of, versions_of

SHOWN = 60
SHOWN_TOKENS = 24
MOST_ROUNDS = 200


class CannotMerge(Exception):
    """No merged text could be found that is well-formed and stays the same when it is merged again."""


@dataclass(frozen=True)
class Conflict:
    """A place that both sides changed differently: its line in the merged text, and what each side has there."""

    line: int
    yours: str
    new: str


@dataclass(frozen=True)
class Merged:
    """The merged text, the base to merge from next time, and the conflicts, in order."""

    text: str
    base: str
    conflicts: tuple[Conflict, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge what changed from base to theirs into mine; all three are well-formed XML.

    The new base is ``theirs``, except at conflicts, where it is the old base: merging again finds them again.
    """
    for _ in range(4):
        merged = _merge_once(base, mine, theirs)
        if not merged.conflicts or (merged.text, merged.base) == (mine, base):
            return merged
        base, mine = merged.base, merged.text
    raise CannotMerge


def _merge_once(base: str, mine: str, theirs: str) -> Merged:
    versions = versions_of(base, mine, theirs)
    regions = regions_of(versions)
    rejected = _rejected(versions, regions)
    placed = list(_result(versions, regions, rejected))
    new_base = theirs
    conflicts = sorted(_conflicts(versions, regions, rejected, placed), key=lambda one: one[0])
    if conflicts or rejected:
        new_base = "".join(spelt(one.token for one in _new_base(versions, regions, rejected)))
    texts = list(spelt(one.token for one in placed))
    lines = list(accumulate((text.count("\n") for text in texts), initial=1))
    told = tuple(Conflict(lines[min(at + 1, len(texts))], yours, new) for at, yours, new in conflicts)
    return Merged("".join(texts), new_base, told)


# --- putting together -------------------------------------------------------------------------


class Side(Enum):
    """Whose a token of the result is."""

    BOTH = auto()
    MINE = auto()
    THEIRS = auto()


class Placed(NamedTuple):
    """A token of the result, the number of its region, whose it is and whether it opens an element that was empty."""

    token: Token
    region: int
    side: Side
    opens_empty: bool = False


def _result(versions: Versions, regions: Sequence[Region], rejected: Collection[int]) -> Iterator[Placed]:
    for number, region in enumerate(regions):
        side = Side.BOTH if region.verdict is Verdict.THEIRS else Side.MINE
        hers = _placed(versions.mine, region.mine, number, side)
        new = _placed(versions.theirs, region.theirs, number, Side.THEIRS)
        match region.verdict:
            case Verdict.SAME:
                yield from _same(versions, region, number)
            case Verdict.THEIRS | Verdict.CONTAINED if number not in rejected:
                yield from new
            case Verdict.TOGETHER if number not in rejected:
                yield from [*hers, *new] if _hers_first(hers, new) else [*new, *hers]
            case _:
                yield from hers


def _placed(tokens: Sequence[Token], where: range, number: int, side: Side) -> list[Placed]:
    return [Placed(tokens[at], number, side, _opens_empty(tokens, at)) for at in where]


def _opens_empty(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind is Kind.START and at + 1 < len(tokens) and tokens[at + 1].kind is Kind.END


def _hers_first(hers: Sequence[Placed], new: Sequence[Placed]) -> bool:
    """Words stand outside an element that begins at the same place."""
    if has_words([one.token for one in hers]):
        return new[-1].token.kind is Kind.START
    return hers[-1].token.kind is not Kind.START


def _same(versions: Versions, region: Region, number: int) -> Iterator[Placed]:
    for at, at2, at3 in zip(region.base, region.mine, region.theirs, strict=True):
        token, new = versions.mine[at2], versions.theirs[at3]
        if token.key != new.key and token.kind is Kind.START:
            token = token._replace(raw=_merged_tag(versions.base[at].raw, token.raw, new.raw))
        elif token.key != new.key and token.key == versions.base[at].key:
            token = token._replace(raw=new.raw)
        if versions.base[at].lead and not new.lead:
            # a block that came to stand right behind words
            token = token._replace(lead="")
        yield Placed(token, number, Side.BOTH, _opens_empty(versions.mine, at2))


Attributes = dict[str, str]


def _attributes(raw: str) -> Attributes:
    return dict(read_tag(raw).attributes)


def _merged_tag(base: str, mine: str, theirs: str) -> str:
    """Her tag with the attributes that only the conversion changed."""
    old, hers, new = _attributes(base), _attributes(mine), _attributes(theirs)
    names = [name for name in {**old, **new} if hers.get(name) == old.get(name) != new.get(name)]
    return with_attributes(mine, {name: new.get(name) for name in names})


def _disputed(base: str, mine: str, theirs: str) -> list[str]:
    """The attributes that both sides changed differently."""
    old, hers, new = _attributes(base), _attributes(mine), _attributes(theirs)
    return [
        name
        for name in {**old, **hers, **new}
        if hers.get(name) != new.get(name) and old.get(name) not in (hers.get(name), new.get(name))
    ]


def _new_base(versions: Versions, regions: Sequence[Region], rejected: Collection[int]) -> Iterator[Placed]:
    for number, region in enumerate(regions):
        if number in rejected:
            yield from _placed(versions.base, region.base, number, Side.BOTH)
        elif region.verdict is Verdict.SAME:
            for at, at2, at3 in zip(region.base, region.mine, region.theirs, strict=True):
                raw = [versions.base[at].raw, versions.mine[at2].raw, versions.theirs[at3].raw]
                token = versions.theirs[at3]
                if token.kind is Kind.START and (names := _disputed(*raw)):
                    old = _attributes(raw[0])
                    token = token._replace(raw=with_attributes(token.raw, {name: old.get(name) for name in names}))
                yield Placed(token, number, Side.BOTH)
        else:
            yield from _placed(versions.theirs, region.theirs, number, Side.BOTH)


# --- what cannot stand ------------------------------------------------------------------------


def _rejected(versions: Versions, regions: Sequence[Region]) -> frozenset[int]:
    """The regions in which the conversion's change is not taken over, so that every element is whole."""
    rejected = {number for number, region in enumerate(regions) if region.verdict is Verdict.CONFLICT}
    rejected |= _disputed_moves(versions, regions)
    may_go = {n for n, region in enumerate(regions) if region.verdict not in (Verdict.SAME, Verdict.MINE)} - rejected
    for _ in range(MOST_ROUNDS):
        placed = list(_result(versions, regions, rejected))
        faulty = (
            _faults_of_nesting(placed, may_go)
            or (rejected and _faults_of_nesting(list(_new_base(versions, regions, rejected)), may_go))
            or _hollowed(placed, may_go)
        )
        if not faulty:
            return frozenset(rejected)
        rejected |= faulty
        may_go -= faulty
    raise CannotMerge


def _disputed_moves(versions: Versions, regions: Sequence[Region]) -> set[int]:
    """Regions of elements that one side moved and the other deleted, changed or moved elsewhere: they may not be doubled."""
    found: set[int] = set()
    for place in {**versions.moved_by_her, **versions.moved_by_machine}:
        old = next(number for number, region in enumerate(regions) if place in region.base)
        arrived = versions.moved_by_machine.get(place)
        new = {number for number, region in enumerate(regions) if arrived is not None and arrived in region.theirs}
        agreed = bool(new) and all(regions[number].verdict is Verdict.AGREED for number in new)
        if regions[old].verdict in (Verdict.AGREED, Verdict.CONFLICT) and not agreed:
            found |= {old} | new
    return found


def _faults_of_nesting(placed: Sequence[Placed], may_go: Collection[int]) -> set[int]:
    """The regions to blame for the first end tag that does not fit."""
    open_tags: list[Placed] = []
    for one in placed:
        if one.token.kind is Kind.START:
            open_tags.append(one)
        elif one.token.kind is Kind.END:
            partner = open_tags.pop() if open_tags else None
            if partner is None or partner.token.name != one.token.name:
                blamed = {one.region, partner.region if partner else -1} & set(may_go)
                return blamed or {_nearest(one.region, may_go)}
    return {_nearest(open_tags[-1].region, may_go)} if open_tags else set()


def _nearest(region: int, may_go: Collection[int]) -> int:
    if not may_go:
        raise CannotMerge
    return min(may_go, key=lambda one: (abs(one - region), one))


def _hollowed(placed: Sequence[Placed], may_go: Collection[int]) -> set[int]:
    """Regions to leave so that no side's new element stands around other words than those it was put around."""
    open_tags: list[tuple[Placed, set[Side]]] = []
    blamed: set[int] = set()
    for one in placed:
        if one.opens_empty or one.token.kind not in (Kind.START, Kind.END, Kind.SPACE):
            for _, sides in open_tags:
                sides.add(one.side)
        if one.token.kind is Kind.START:
            open_tags.append((one, {one.side} if one.opens_empty else set()))
        elif one.token.kind is Kind.END:
            start, sides = open_tags.pop()
            if start.side is one.side is Side.MINE and sides <= {Side.THEIRS}:
                blamed |= set(range(start.region + 1, one.region)) & set(may_go)
            elif start.side is one.side is Side.THEIRS and sides <= {Side.MINE}:
                blamed |= {start.region, one.region} & set(may_go)
    return blamed


# --- what is told -----------------------------------------------------------------------------


def _conflicts(
    versions: Versions, regions: Sequence[Region], rejected: Collection[int], placed: Sequence[Placed]
) -> Iterator[tuple[int, str, str]]:
    """Each conflict: its place in the result, hers, and the new one."""
    first: dict[int, int] = {}
    for at, one in enumerate(placed):
        first.setdefault(one.region, at)
    following = len(placed) - 1
    found: list[tuple[int, str, str]] = []
    endings: list[tuple[int, str, str]] = []
    for number in range(len(regions) - 1, -1, -1):
        following = first.get(number, following)
        region = regions[number]
        if region.verdict is Verdict.SAME:
            yield from _attribute_conflicts(versions, region, following)
        elif number in rejected:
            hers, new = _both_quoted(versions, region)
            if not hers and not new and region.verdict is Verdict.AGREED:
                hers, new = _quoted_move(versions, region)
            sides = [*cut(versions.mine, region.mine), *cut(versions.theirs, region.theirs)]
            if hers != new:
                (endings if all(one.kind is Kind.END for one in sides) else found).append((following, hers, new))
    yield from found or endings


def _attribute_conflicts(versions: Versions, region: Region, at: int) -> Iterator[tuple[int, str, str]]:
    for step, (place, place2, place3) in enumerate(zip(region.base, region.mine, region.theirs, strict=True)):
        base, hers, new = versions.base[place], versions.mine[place2], versions.theirs[place3]
        if base.kind is Kind.START and hers.key != new.key:
            for name in _disputed(base.raw, hers.raw, new.raw):
                yield at + step, _named(name, _attributes(hers.raw)), _named(name, _attributes(new.raw))


def _named(name: str, attributes: Attributes) -> str:
    return f'{name}="{attributes[name]}"' if name in attributes else f"no {name}"


def _quoted_move(versions: Versions, region: Region) -> tuple[str, str]:
    old = _quoted(cut(versions.base, region.base))
    by_her = any(place in versions.moved_by_her for place in region.base)
    by_machine = any(place in versions.moved_by_machine for place in region.base)
    return (f"{old} (moved)" if by_her else "", f"{old} (moved)" if by_machine else "")


def _both_quoted(versions: Versions, region: Region) -> tuple[str, str]:
    """Both sides; where they are tags, with the words that these stand around."""
    hers, new = _stretched(versions.mine, region.mine), _stretched(versions.theirs, region.theirs)
    words = sum(token.kind in (Kind.WORD, Kind.SPACE) for token in cut(versions.theirs, new))
    if not region.mine and len(new) > len(region.theirs):
        hers = range(hers.start, min(hers.start + words, len(versions.mine)))
    return _quoted(cut(versions.mine, hers)), _quoted(cut(versions.theirs, new))


def _stretched(tokens: Sequence[Token], where: range) -> range:
    """Where only start tags are, also what follows up to the next end tag."""
    held = cut(tokens, where)
    if has_words(held) or not any(token.kind is Kind.START for token in held):
        return where
    for stop in range(where.stop, min(len(tokens), where.stop + SHOWN_TOKENS)):
        if tokens[stop].kind is Kind.END:
            return range(where.start, stop + 1)
    return where


def _quoted(tokens: Sequence[Token]) -> str:
    text = re.sub(r"\s+", " ", "".join(spelt(tokens))).strip()
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 20].rstrip()} … {text[-17:].lstrip()}"
