"""Gathers occurrences to candidates: spellings of one name, its inflected forms, a surname with the full name it belongs to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from editio.scanning.occurrences import Occurrence
from editio.scanning.passages import Passage
from editio.scanning.sequences import HEADS

Key = tuple[str, ...]
MOST_CONTEXTS = 10
MOST_VARIANTS = 50
MOST_FULL_NAMES = 200
CONTEXT = 40
# What speaks for a kind in all occurrences together must be more than this for each
LEAST_VOTE = 0.12
LEAST_VOTES = 0.3
# Endings of Russian nouns and adjectives in Cyrillic, the longest first.
ENDINGS = sorted(
    "ого его ому ему ыми ими ами ями ою ею ым им ом ем ой ей ая яя ую юю ый ий ии ию ия ах ях ам ям ай аю аем ея еем ее "
    "а я у ю е ы и о ь й".split(),
    key=lambda ending: -len(ending),
)


@dataclass(frozen=True)
class Quotation:
    """A name where it stands: the document, the words before it, as written, and the words behind it."""

    document: str
    before: str
    words: str
    after: str


@dataclass
class Tally:
    """What is counted of one name while texts are read; ``documents`` are numbers in rising order."""

    words: Key
    count: int = 0
    ordinary: int = 0
    firm: int = 0
    determined: int = 0
    linked: int = 0
    sure: str = ""
    variants: Counter[str] = field(default_factory=Counter)
    votes: dict[tuple[str, str], float] = field(default_factory=dict)
    documents: list[int] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    quotations: list[Quotation] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    def add(self, one: Occurrence, number: int, language: str) -> None:
        """Count one occurrence in the document of a number."""
        self.count += 1
        self.ordinary += one.ordinary
        self.firm += one.firm
        self.determined += one.determined
        self.linked += one.linked
        self.sure = self.sure or one.sure
        self.languages[language] += 1
        self.sources |= set(one.source.split())
        self._count_variant(" ".join(one.written.replace("[", "").replace("]", "").split()), 1)
        for cue in one.cues:
            self.votes[cue.kind, cue.reason] = self.votes.get((cue.kind, cue.reason), 0.0) + cue.weight
        if not self.documents or self.documents[-1] != number:
            self.documents.append(number)

    def merge(self, other: Tally) -> None:
        """Count what another tally counted as well."""
        self.count += other.count
        self.ordinary += other.ordinary
        self.firm += other.firm
        self.determined += other.determined
        self.linked += other.linked
        self.sure = self.sure or other.sure
        self.languages.update(other.languages)
        self.sources |= other.sources
        for written, number in other.variants.items():
            self._count_variant(written, number)
        for vote, weight in other.votes.items():
            self.votes[vote] = self.votes.get(vote, 0.0) + weight
        if self.documents and other.documents and self.documents[-1] >= other.documents[0]:
            self.documents = sorted({*self.documents, *other.documents})
        else:
            self.documents += other.documents
        self.quotations = [*self.quotations, *other.quotations][:MOST_CONTEXTS]

    def _count_variant(self, written: str, number: int) -> None:
        if written in self.variants or len(self.variants) < MOST_VARIANTS:
            self.variants[written] += number

    @property
    def kind(self) -> str:
        """The kind that most speaks for; empty where nothing speaks for any."""
        sums = self.sums
        best = max(sorted(sums), key=lambda kind: sums[kind], default="")
        return self.sure or (best if best and sums[best] >= max(LEAST_VOTES, LEAST_VOTE * self.count) else "")

    @property
    def sums(self) -> Mapping[str, float]:
        """How much speaks for each kind."""
        found: defaultdict[str, float] = defaultdict(float)
        for (kind, _), weight in self.votes.items():
            found[kind] += weight
        return found


def stem(word: str) -> str:
    """A Cyrillic word without its ending, so that its cases are one; any other word as it is."""
    if "\u0400" <= word[:1] <= "\u04ff":
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return word


def tallies_of(
    passage: Passage, found: Iterable[Occurrence], number: int, known: Mapping[Key, Tally], contexts: int
) -> dict[Key, Tally]:
    """The candidates of one document, surnames put to the only full name that they can belong to there.

    Those that are ``known`` to stand in enough contexts get no more.
    """
    tallies: dict[Key, Tally] = {}
    for one in found:
        key = tuple(map(stem, one.words))
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = Tally(key)
        if len(tally.quotations) < contexts and (key not in known or len(known[key].quotations) < contexts):
            tally.quotations.append(_quotation(passage, one))
        tally.add(one, number, passage.language)
    _join_genitives(tallies)
    join_surnames(tallies)
    return tallies


def _quotation(passage: Passage, one: Occurrence) -> Quotation:
    before = passage.text[max(0, one.start - CONTEXT) : one.start].rsplit("\n\n", 1)[-1]
    after = passage.text[one.end : one.end + CONTEXT].split("\n\n", 1)[0]
    if one.start > CONTEXT and len(before) == CONTEXT:
        before = before.partition(" ")[2] or before
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0] or after
    words = passage.text[one.start : one.end]
    return Quotation(passage.document, *(re.sub(r"\s+", " ", part) for part in (before, words, after)))


def add_all(tallies: dict[Key, Tally], others: Mapping[Key, Tally]) -> None:
    """Count the candidates of a document into those of the edition."""
    for key, other in others.items():
        if key in tallies:
            tallies[key].merge(other)
        else:
            tallies[key] = other


def join_edition(tallies: dict[Key, Tally]) -> dict[Key, tuple[Key, ...]]:
    """Join what only the whole edition shows to be one; the surnames that several full names share, with these."""
    _join_genitives(tallies)
    for keys in full_names(tallies).values():
        for group in classes(keys):
            _merge_into(tallies, group[0], group[1:])
    return join_surnames(tallies)


def join_surnames(tallies: dict[Key, Tally]) -> dict[Key, tuple[Key, ...]]:
    """Put each surname to its only full name; those with several are left, with these."""
    shared: dict[Key, tuple[Key, ...]] = {}
    for surname, keys in full_names(tallies).items():
        alone = (surname,)
        if alone not in tallies:
            continue
        groups = classes(keys)
        if len(groups) > 1:
            shared[alone] = tuple(group[0] for group in groups)
        elif tallies[alone].kind in ("", "person") or tallies[alone].sums.get("person", 0) > 1:
            _merge_into(tallies, groups[0][0], [alone])
    return shared


def full_names(tallies: Mapping[Key, Tally]) -> dict[str, list[Key]]:
    """The names of persons of several words by their last word."""
    found: defaultdict[str, list[Key]] = defaultdict(list)
    for key, tally in tallies.items():
        if len(key) > 1 and _is_person(key, tally) and len(found[key[-1]]) < MOST_FULL_NAMES:
            found[key[-1]].append(key)
    return {surname: keys for surname, keys in found.items() if keys}


def _is_person(key: Key, tally: Tally) -> bool:
    if any(word in HEADS for word in key):
        return False
    return tally.kind == "person"


def classes(keys: Iterable[Key]) -> list[list[Key]]:
    """Full names of one surname as groups that can be one person, the fullest name of each first."""
    groups: list[list[Key]] = []
    for key in sorted(keys, key=lambda key: (-sum(map(len, key)), key)):
        fitting = [group for group in groups if all(_compatible(key[:-1], other[:-1]) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(key)
        else:
            groups.append([key])
    return groups


def _compatible(one: Key, other: Key) -> bool:
    """Whether what stands before a surname can be of one person: alike in order, or one the end of the other.

    So “N. S.” agrees with “Nikita Sergeyevich”, and “Castillo” (Armas) with “Carlos Castillo” (Armas).
    """
    short, long = sorted((one, other), key=len)
    return long[-len(short) :] == short or all(_agree(a, b) for a, b in zip(one, other, strict=False))


def _agree(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return (short.endswith(".") or len(short) == 1) and long.startswith(short.rstrip("."))


def _join_genitives(tallies: dict[Key, Tally]) -> None:
    """Put German genitives to the name without its s, where the text has that too."""
    for key in [key for key in tallies if key[-1].endswith("s") and len(key[-1]) > 4]:
        base = (*key[:-1], key[-1][:-1])
        if base in tallies and tallies[key].languages.get("de") and tallies[key].count <= tallies[base].count:
            _merge_into(tallies, base, [key])


def _merge_into(tallies: dict[Key, Tally], target: Key, others: Iterable[Key]) -> None:
    for other in others:
        if other != target and other in tallies:
            tallies[target].merge(tallies.pop(other))


def nominative(variants: Mapping[str, int]) -> str:
    """The variant to show: the most frequent one, of Russian ones a nominative, none in capitals if there is another."""

    def rank(written: str) -> tuple[bool, bool, int, int, int, str]:
        genitive = written.endswith("s") and written[:-1] in variants
        shouted = written.isupper() and len(written) > 5
        return (shouted, genitive, _case(written), -variants[written], -len(written), written)

    return min(variants, key=rank)


def _case(written: str) -> int:
    last = written[-1:].casefold()
    if not "\u0400" <= last <= "\u04ff":
        return 0
    if written.casefold().endswith(("ом", "ем", "ым", "им", "ой", "ей", "ах")):
        return 2
    return 0 if last not in "аеёиоуыэюяь" else 1 if last in "ая" else 2
