"""The story of a survey: read all texts twice, first for their words, then for the names in them; rank what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from editio.model import Entry
from editio.scanning.grouping import Key, Tally, add_all, join_edition, stem, tallies_of
from editio.scanning.occurrences import Occurrence, occurrences
from editio.scanning.passages import Passage
from editio.scanning.ranking import Candidate, Pair, ranked, spelled_twice
from editio.scanning.vocabulary import vocabulary_of

# Gives the texts anew each time it is called, one at a time, so that none has to stay in memory.
Passages = Callable[[], Iterator[Passage]]
# Finds more names in a text: what a model suggests.
Suggest = Callable[[Passage], Iterator[Occurrence]]
CONTEXTS = 3


@dataclass(frozen=True)
class Survey:
    """All candidates of an edition, ranked, the names spelled in two ways, and how many documents were read."""

    candidates: tuple[Candidate, ...]
    pairs: tuple[Pair, ...]
    documents: int


def scan(
    passages: Passages,
    entries: Mapping[str, Entry],
    contexts: int = CONTEXTS,
    with_linked: bool = False,
    suggest: Suggest | None = None,
) -> Survey:
    """Survey the names of texts, with what ``suggest`` adds; names linked to an entry already count only if wanted."""
    vocabulary = vocabulary_of(passages())
    tallies: dict[Key, Tally] = {}
    ids: list[str] = []
    linked: set[str] = set()
    for number, passage in enumerate(passages()):
        ids.append(passage.document)
        found = occurrences(passage, vocabulary)
        if suggest:
            found = with_suggestions(tuple(found), suggest(passage))
        if not with_linked:
            found = _unlinked(found, linked)
        add_all(tallies, tallies_of(passage, found, number, tallies, contexts))
    shared = join_edition(tallies)
    return Survey(
        ranked(tallies, shared, tuple(ids), entries, frozenset(linked)),
        tuple(spelled_twice(tallies)),
        len(ids),
    )


def _unlinked(found: Iterable[Occurrence], linked: set[str]) -> Iterator[Occurrence]:
    """The occurrences that point to no entry; the words of the others are gathered in ``linked``."""
    for one in found:
        if one.linked:
            linked.update(map(stem, one.words))
        else:
            yield one


def with_suggestions(ours: Sequence[Occurrence], theirs: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Our occurrences, with the cues of suggestions that overlap them, and the suggestions that overlap none."""
    ordered = sorted(ours, key=lambda one: one.start)
    starts = [one.start for one in ordered]
    for one in theirs:
        at = bisect_left(starts, one.end) - 1
        if at >= 0 and ordered[at].end > one.start:
            mine = ordered[at]
            ordered[at] = replace(mine, cues=(*mine.cues, *one.cues), source=f"{mine.source} {one.source}")
        else:
            yield one
    yield from ordered
