"""The story of a survey: read all texts twice, first for their words, then for the names in them; rank what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from editio.model import Entry
from editio.scanning.grouping import Key, Tally, add_all, join_edition, tallies_of
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
    passages: Passages, entries: Mapping[str, Entry], contexts: int = CONTEXTS, linked: bool = False
) -> Survey:
    """Survey the names of texts; those linked to an entry already are counted only where they are wanted."""
    vocabulary = vocabulary_of(passages())
    tallies: dict[Key, Tally] = {}
    ids: list[str] = []
    for number, passage in enumerate(passages()):
        ids.append(passage.document)
        found = (one for one in occurrences(passage, vocabulary) if linked or not one.linked)
        add_all(tallies, tallies_of(passage, found, number, contexts))
    shared = join_edition(tallies)
    return Survey(
        ranked(tallies, shared, tuple(ids), entries),
        tuple(spelled_twice(tallies)),
        len(ids),
    )
