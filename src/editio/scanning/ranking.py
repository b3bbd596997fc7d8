"""What the survey says: candidates with their likely kind, score and register entry, and names spelled in two ways."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from editio.model import Entry
from editio.registers import forms
from editio.scanning.grouping import Key, Quotation, Tally, nominative, stem
from editio.scanning.lexicon import COMPASS
from editio.scanning.occurrences import OWN
from editio.scanning.sequences import HEADS, SMALL, fold
from editio.scanning.spelling import Neighbours, pairs
from editio.scanning.vocabulary import is_frequent, is_german_noun
from editio.words import frequency

# Relations of a candidate to a register entry, in words.
SAME = "same form"
REGISTER_MISPRINT = "the register's misprint?"
# A candidate below this is an ordinary word with a capital, and is left out.
LEAST_SCORE = 0.14
MARKED = "marked in the TEI"


@dataclass(frozen=True)
class Likely:
    """The register entry a candidate probably belongs to: its id, the form that is like it, how alike, and why."""

    entry: str
    form: str
    similarity: float
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A name that may have to enter the registers.

    ``kind`` is ``person``, ``place``, ``org``, ``event`` or empty, ``reason`` why; ``certainty`` (0 to 1) is how sure it
    is a name; ``documents`` are the ids of those with it, ``shared`` the full names it may belong to.
    """

    name: str
    kind: str
    reason: str
    score: float
    certainty: float
    count: int
    linked: int
    documents: tuple[str, ...]
    variants: tuple[tuple[str, int], ...]
    quotations: tuple[Quotation, ...]
    likely: tuple[Likely, ...] = ()
    shared: tuple[str, ...] = ()
    source: str = OWN


@dataclass(frozen=True)
class Pair:
    """Two names of the texts that are likely one, the more frequent first."""

    names: tuple[str, str]
    counts: tuple[int, int]
    similarity: float
    reason: str


def ranked(
    tallies: Mapping[Key, Tally],
    shared: Mapping[Key, tuple[Key, ...]],
    ids: tuple[str, ...],
    entries: Mapping[str, Entry],
    linked: frozenset[str],
) -> tuple[Candidate, ...]:
    """The candidates that tallies make, the most deserving first; ``linked`` are the words of names linked already."""
    register = _Register(entries, linked | {word for key in tallies for word in key})
    found: list[Candidate] = []
    for key, tally in tallies.items():
        certainty = _certainty(key, tally)
        score = _score(tally, certainty)
        if score < LEAST_SCORE and not tally.sure:
            continue
        others = tuple(nominative(tallies[one].variants) for one in shared.get(key, ()) if one in tallies)
        found.append(_candidate(key, tally, certainty, score, ids, register.likely(key, tally), others))
    return tuple(sorted(found, key=lambda one: (-one.score, one.name.casefold(), one.name)))


def _candidate(
    key: Key,
    tally: Tally,
    certainty: float,
    score: float,
    ids: tuple[str, ...],
    likely: tuple[Likely, ...],
    shared: tuple[str, ...],
) -> Candidate:
    variants = sorted(tally.variants.items(), key=lambda item: (-item[1], item[0]))
    kind, reason = _kind(key, tally)
    return Candidate(
        nominative(tally.variants),
        kind,
        reason,
        round(score, 2),
        round(certainty, 2),
        tally.count,
        tally.linked,
        tuple(ids[number] for number in tally.documents),
        tuple(variants),
        tuple(tally.quotations),
        likely,
        shared,
        " ".join(sorted(tally.sources)),
    )


def _kind(key: Key, tally: Tally) -> tuple[str, str]:
    """The likely kind of a name and the reasons, the strongest first."""
    if tally.sure:
        return tally.sure, MARKED
    kind = tally.kind
    if not kind and _seems_person(key, tally):
        return "person", "no article before it"
    reasons = sorted((item for item in tally.votes.items() if item[0][0] == kind), key=lambda item: (-item[1], item[0]))
    return kind, ", ".join(reason for (_, reason), _ in reasons[:2])


def _seems_person(key: Key, tally: Tally) -> bool:
    """Whether a name for which nothing speaks is likely a person's: no word of the language, and never with an article."""
    language = tally.languages.most_common(1)[0][0]
    counts = [frequency(word, language) for word in key]
    known = any(counts) if language == "de" else counts[-1] > RARE or (len(key) == 1 and key[0] in COMPASS)
    firm = tally.firm > 0 or max(counts) < SCARCE
    return not known and firm and tally.determined <= tally.count / 10 and key[-1] not in HEADS


RARE = 1500
SCARCE = 100
# How far a word that no list has may be trusted at the beginning of a sentence; the Russian list is short
UNKNOWN = {"ru": 0.4}


def _certainty(key: Key, tally: Tally) -> float:
    """How sure it is that this is a name at all (0 to 1)."""
    if tally.sure:
        return 1.0
    language = tally.languages.most_common(1)[0][0]
    spoken = max(tally.sums.values(), default=0.0)
    known = 0.3 + 0.7 * (1 - math.exp(-spoken / 2.5))
    ordinary = tally.ordinary / tally.count
    if ordinary == 1 and spoken < 3:
        return 0.05
    likely = known * (1 - 0.7 * ordinary)
    if not tally.firm:
        unknown = len(key) > 1 or frequency(key[0], language) < SCARCE
        likely *= 0.9 if spoken >= 2 else UNKNOWN.get(language, 0.5) if unknown or spoken else 0.2
    if len(key) == 1:
        likely *= _one_word(key[0], tally, language, spoken)
    return likely


def _one_word(word: str, tally: Tally, language: str, spoken: float) -> float:
    """How far a single word may be taken for a name rather than for a noun."""
    share = tally.determined / tally.count
    if language == "de":
        if spoken >= 2.5:
            return 1.0
        return (1 - share) * (0.2 if is_german_noun(word) else 0.5 if frequency(word, "de") else 0.8)
    if is_frequent(word, language) or word in HEADS:
        return 0.35 if spoken < 3 else 0.8
    return 1 - 0.4 * share


def _score(tally: Tally, certainty: float) -> float:
    spread = 1 + 0.25 * math.log2(max(len(tally.documents), 1))
    return certainty * (1 + math.log2(tally.count)) * spread


PUNCTUATION = ",.()[]"


class _Register:
    """The forms of the registers, and which of them the texts never write."""

    def __init__(self, entries: Mapping[str, Entry], written: frozenset[str]) -> None:
        self.written = written
        self.by_key: defaultdict[Key, dict[str, str]] = defaultdict(dict)
        self.by_word: defaultdict[str, dict[str, tuple[Key, str]]] = defaultdict(dict)
        self.kinds = {id: entry.kind for id, entry in entries.items()}
        for id, entry in entries.items():
            for form, _ in forms(entry):
                words = (fold(word.strip(PUNCTUATION)) for word in form.split())
                key = tuple(stem(word) for word in words if word and word not in SMALL)
                if key:
                    self.by_key[key].setdefault(id, form)
                    if len(key) == 1 or len(key[-1]) > 4:
                        self.by_word[key[-1]].setdefault(id, (key, form))
        self.neighbours = Neighbours(self.by_word)

    def likely(self, key: Key, tally: Tally) -> tuple[Likely, ...]:
        """The entries a candidate may belong to, the likeliest first, at most three."""
        bare = tuple(word.rstrip(".") for word in key)
        exact = self.by_key.get(bare) or {}
        if exact:
            return tuple(Likely(id, exact[id], 1.0, SAME) for id in sorted(exact)[:3])
        if len(bare) == 1 and bare[0] in HEADS:  # “Comité” is a word, no misspelt name
            return ()
        found = [
            Likely(id, form, near.similarity, self._reason(word, tally, near.reason))
            for word, near in self.neighbours.like(bare[-1])
            for id, (other, form) in self.by_word[word].items()
            if _fits(bare, other) and tally.kind in ("", self.kinds[id])
        ]
        best: dict[str, Likely] = {}
        for one in sorted(found, key=lambda one: (-one.similarity, one.entry, len(one.form))):
            best.setdefault(one.entry, one)
        return tuple(best.values())[:3]

    def _reason(self, word: str, tally: Tally, reason: str) -> str:
        """Why; where the texts write a name more than once, and never as the register does, the slip is the register's."""
        slip = reason.endswith("off")
        return REGISTER_MISPRINT if slip and tally.count > 1 and word not in self.written else reason


def _fits(key: Key, other: Key) -> bool:
    """Whether the words before the last agree: the same, an initial of the other, or missing on one side."""
    ours, theirs = key[:-1], other[:-1]
    return not ours or not theirs or ours[0][:1] == theirs[0][:1]


def spelled_twice(tallies: Mapping[Key, Tally]) -> Iterator[Pair]:
    """Names of the texts that are likely the same and spelled differently, the likeliest first."""
    counts = {key: tally.count for key, tally in tallies.items() if _certainty(key, tally) > 0.25}
    found: list[Pair] = []
    for one, other, near in pairs(counts):
        kinds = {tallies[one].kind, tallies[other].kind} - {""}
        if len(kinds) > 1:
            continue
        first, second = sorted((one, other), key=lambda key: (-counts[key], key))
        names = (nominative(tallies[first].variants), nominative(tallies[second].variants))
        if near.similarity < 0.95 and counts[second] > max(1, counts[first] / 3):
            continue
        found.append(Pair(names, (counts[first], counts[second]), near.similarity, near.reason))
    yield from sorted(found, key=lambda pair: (-pair.similarity, -sum(pair.counts), pair.names))


def selected(candidates: Iterable[Candidate], kind: str, least: int) -> Iterator[Candidate]:
    """The candidates that are wanted: of a kind (any, if empty), and frequent enough."""
    return (one for one in candidates if kind in ("", one.kind) and one.count >= least)
