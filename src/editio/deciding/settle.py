"""Says which decision counts at which place of a text: that about the place before that about the document or edition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from editio.deciding.quotation import Folded, find_quotes, fold, occurrences
from editio.model import Decision, Decisions

Span = tuple[int, int]
# The decisions about each stretch of a folded text: those found, and those that count.
Groups = dict[Span, list[Decision]]
Taken = dict[Span, tuple[Decision, ...]]


@dataclass(frozen=True)
class Settled:
    """Text from ``start`` to ``end``, and the decision that counts there."""

    start: int
    end: int
    decision: Decision


@dataclass(frozen=True)
class Settlement:
    """What is decided in a text, in order; the decisions whose place it does not have; those that contradict others."""

    places: tuple[Settled, ...] = ()
    lost: tuple[Decision, ...] = ()
    contradicting: tuple[tuple[Decision, Decision], ...] = ()

    @cached_property
    def _longest(self) -> int:
        return max((one.end - one.start for one in self.places), default=0)

    def over(self, start: int, end: int) -> list[Settled]:
        """What is decided about text that shares characters with a stretch."""
        first = bisect_left(self.places, start - self._longest, key=lambda one: one.start)
        last = bisect_left(self.places, end, key=lambda one: one.start)
        return [one for one in self.places[first:last] if one.end > start]


def settle(text: str, document: str, part: str, decisions: Decisions) -> Settlement:
    """The decisions that count in a part of a document."""
    some = decisions.about(document)
    if not some:
        return Settlement()
    folded = fold(text)
    single = [one for one in some if one.scope == "place" and one.quote.part == part]
    at = find_quotes(folded.text, [one.quote for one in single])
    groups: Groups = {}
    for one in single:
        if one.quote in at:
            start = at[one.quote]
            groups.setdefault((start, start + len(one.quote.exact)), []).append(one)
    contradicting: list[tuple[Decision, Decision]] = []
    taken: Taken = {}
    _agree(groups, taken, contradicting)
    for scope in ("document", "edition"):
        _agree(_everywhere(folded, [one for one in some if one.scope == scope], taken), taken, contradicting)
    spans = sorted(taken, key=lambda span: (span[0], -span[1]))
    places = _longest_of([_place(folded, *span, one) for span in spans for one in taken[span]])
    lost = tuple(one for one in single if one.quote not in at)
    return Settlement(tuple(places), lost, tuple(dict.fromkeys(contradicting)))


def _place(folded: Folded, start: int, end: int, decision: Decision) -> Settled:
    return Settled(folded.original(start), folded.original(end - 1) + 1, decision)


def _longest_of(places: Iterable[Settled]) -> list[Settled]:
    """The places without those where an accepted name stands in, or crosses, an accepted one of its kind."""
    kept: list[Settled] = []
    ends: dict[str, int] = {}
    for one in places:
        if one.decision.verdict == "accept":
            if one.start < ends.get(one.decision.element, 0):
                continue
            ends[one.decision.element] = one.end
        kept.append(one)
    return kept


def _agree(
    groups: Groups,
    taken: Taken,
    contradicting: list[tuple[Decision, Decision]],
) -> None:
    """Take the decision of each place, the latest of several that say the same; none where they contradict each other."""
    for span, some in groups.items():
        latest = max(some, key=lambda one: (one.on, one.by, -one.line))
        others = [one for one in some if one.says != latest.says and contradict(one, latest)]
        if others:
            contradicting.append((min((latest, others[0]), key=_line), max((latest, others[0]), key=_line)))
        else:
            # rejections of several readings stand side by side, and beside what is accepted
            rejected = {one.says: one for one in some if one.verdict == "reject"}
            taken[span] = tuple({**rejected, latest.says: latest}.values())


def _line(one: Decision) -> int:
    return one.line


def contradict(one: Decision, other: Decision) -> bool:
    """Whether two decisions about the same words cannot both be meant."""
    if one.verdict == other.verdict == "reject":
        return False
    rejected = next((this for this in (one, other) if this.verdict == "reject"), None)
    accepted = next((this for this in (one, other) if this.verdict == "accept"), None)
    if rejected and accepted:
        same_element = rejected.element in ("", accepted.element)
        return same_element and rejected.entry in ("", accepted.entry)
    return True


def _everywhere(folded: Folded, some: Sequence[Decision], taken: Iterable[Span]) -> Groups:
    """Where the words of decisions stand that no narrower decision is about."""
    if not some:
        return {}
    blocked = sorted(taken)
    longest = max((end - start for start, end in blocked), default=0)
    words_of_text = frozenset(re.findall(r"\w+", folded.text))
    groups: Groups = {}
    for one in some:
        words = one.quote.exact
        first = re.match(r"\W*(\w+)\b(?=\W)", words)
        if first and first[1] not in words_of_text:
            continue
        for start in occurrences(folded.text, words):
            end = start + len(words)
            near = blocked[bisect_left(blocked, (start - longest, 0)) : bisect_left(blocked, (end, 0))]
            if not any(last > start for _, last in near):
                groups.setdefault((start, end), []).append(one)
    return groups
