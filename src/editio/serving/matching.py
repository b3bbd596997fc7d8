"""Finds the entries of the registers that a name may mean, and says how well it fits."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from editio import tei
from editio.linking.authorities import of_address, of_type
from editio.linking.identifiers import identifiers_of
from editio.model import Entry
from editio.registers import forms
from editio.serving.folding import foldings, tokens_of

LONGEST_QUERY, MOST_TOKENS, MOST_COMPARED = 500, 12, 100
FULL, SHORT, LEAST = 100.0, 85.0, 30.0
# From how similar on two words count as one misspelt, and how many letters they share three by three for that.
SIMILAR, SHARED = 0.8, 0.3


@dataclass(frozen=True)
class Match:
    """An entry that a name may mean: how well it fits, from 0 to 100, and whether it is surely meant."""

    entry: Entry
    score: float
    is_certain: bool = False
    features: tuple[tuple[str, float | bool], ...] = ()


@dataclass
class Index:
    """The entries of an edition by the words of the forms under which they are named."""

    entries: Mapping[str, Entry]
    forms_of: dict[str, tuple[tuple[tuple[str, ...], bool], ...]] = field(default_factory=dict)
    ids_by_token: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    tokens_by_gram: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ids_by_identifier: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries.values():
            known = dict.fromkeys((tokens, short) for words, short in forms(entry) for tokens in foldings(words))
            self.forms_of[entry.id] = tuple((tokens, short) for tokens, short in known if tokens)
            for token in {token for tokens, _ in self.forms_of[entry.id] for token in tokens}:
                self.ids_by_token[token].add(entry.id)
            for found in identifiers_of(entry):
                self.ids_by_identifier.setdefault(found.key, entry.id)
        for token in self.ids_by_token:
            for gram in _grams(token):
                self.tokens_by_gram[gram].add(token)

    def find(
        self, query: str, kinds: Sequence[str] = (), properties: Sequence[tuple[str, str]] = (), limit: int = 10
    ) -> list[Match]:
        """The entries that a name may mean, the likeliest first; of these kinds, if any are given."""
        query = query.strip()[:LONGEST_QUERY]
        named = self._named(query)
        if named and (not kinds or named.kind in kinds):
            return [Match(named, FULL, True)]
        found = [
            _weighed(entry, score, properties)
            for entry, score in self._scored(query)
            if not kinds or entry.kind in kinds
        ]
        found = [one for one in found if one.score >= LEAST]
        found.sort(key=lambda one: (-one.score, one.entry.id))
        return [_settled(one, found) for one in found[:limit]]

    def beginning(self, prefix: str) -> list[Entry]:
        """The entries one of whose forms has words that begin as these do, by name."""
        named = self._named(prefix.strip())
        begun = foldings(prefix[:LONGEST_QUERY])
        found = {
            id for id, known in self.forms_of.items() if any(_begins(tokens, b) for tokens, _ in known for b in begun)
        }
        ids = sorted(found, key=lambda id: (tokens_of(self.entries[id].name), id))
        return ([named] if named else []) + [self.entries[id] for id in ids if not named or id != named.id]

    def _named(self, query: str) -> Entry | None:
        """The entry whose id or identifier this is."""
        address = of_address(query)
        type, colon, value = query.partition(":")
        authority = of_type(type) if colon else None
        key = (
            (address[0].type, address[1]) if address else (authority.type, authority.bare(value)) if authority else None
        )
        id = self.ids_by_identifier.get(key) if key else None
        return self.entries.get(id or query)

    def _scored(self, query: str) -> Iterator[tuple[Entry, float]]:
        asked = [tokens[:MOST_TOKENS] for tokens in foldings(query)]
        words = {token for tokens in asked for token in tokens}
        shared: dict[str, int] = defaultdict(int)
        # an initial leads to half of a register, so it counts only where there is nothing else
        for token in {word for word in words if len(word) > 1} or words:
            for known in [token] if token in self.ids_by_token else self._like(token):
                for id in self.ids_by_token.get(known, ()):
                    shared[id] += len(known)
        for id in sorted(shared, key=lambda id: (-shared[id], id))[:MOST_COMPARED]:
            yield self.entries[id], max(_fit(q, tokens, short) for q in asked for tokens, short in self.forms_of[id])

    def _like(self, token: str) -> Iterator[str]:
        """The words of the register that one may be a misspelling of."""
        grams = _grams(token)
        counts: dict[str, int] = defaultdict(int)
        for gram in grams:
            for known in self.tokens_by_gram.get(gram, ()):
                counts[known] += 1
        for known, count in counts.items():
            if count / len(grams | _grams(known)) >= SHARED and _alike(token, known):
                yield known


def _grams(token: str) -> set[str]:
    framed = f"^{token}$"
    return {framed[at : at + 3] for at in range(len(framed) - 2)} if len(token) > 3 else set()


def _begins(tokens: Sequence[str], begun: Sequence[str]) -> bool:
    return bool(begun) and all(any(token.startswith(one) for token in tokens) for one in begun)


def _fit(query: Sequence[str], form: Sequence[str], short: bool) -> float:
    """How well a form fits a query: in any order of their words, initials for words, words misspelt."""
    most = SHORT if short else FULL
    if sorted(query) == sorted(form):
        return most
    left, total, whole = list(form), 0.0, False
    for token in sorted(query, key=len, reverse=True):
        best = max(left, key=lambda other: _alike(token, other), default="")
        weight = _alike(token, best) if best else 0.0
        if weight:
            left.remove(best)
            total += weight
            whole = whole or min(len(token), len(best)) > 1
    return round((most - 2) * 2 * total / (len(query) + len(form)), 1) if whole else 0.0


@lru_cache(maxsize=2**16)
def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.8 if a[0] == b[0] else 0.0
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 3:
        return 0.0
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    similar = matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR
    return matcher.ratio() * 0.9 if similar else 0.0


def _weighed(entry: Entry, score: float, properties: Sequence[tuple[str, str]]) -> Match:
    """A match in the light of what else is asked for: what differs counts against it."""
    told = [(name, agrees) for name, value in properties if (agrees := _agrees(entry, name, value)) is not None]
    for _, agrees in told:
        score = min(FULL, score + 5) if agrees else score * 0.6
    features: list[tuple[str, float | bool]] = [("name", score), *((name, agrees) for name, agrees in told)]
    certain = score >= FULL and all(agrees for _, agrees in told)
    return Match(entry, round(score, 1), certain, tuple(features))


def _settled(one: Match, found: Iterable[Match]) -> Match:
    """A match is certain only if no other entry is nearly as good."""
    rivals = any(other.score >= 90 for other in found if other is not one)
    return Match(one.entry, one.score, one.is_certain and not rivals, one.features)


def _agrees(entry: Entry, name: str, value: str) -> bool | None:
    """Whether an entry has this value of a property; None where it has none at all, or the property is not known."""
    if name == "coordinates":
        return _near(value_of(entry, name), value)
    if name in ("birth", "death"):
        own, other = (re.match(r"-?\d{1,4}", text) for text in (value_of(entry, name), value))
        return abs(int(own[0]) - int(other[0])) <= 1 if own and other else None
    authority = of_type(name)
    held = value_of(entry, name)
    return held == authority.bare(value) if authority and held else None


def value_of(entry: Entry, name: str) -> str:
    """The value of a property of an entry: ``birth``, ``death``, ``coordinates``, or an identifier by its type."""
    match name:
        case "birth":
            return entry.period.start
        case "death":
            return entry.period.end
        case "coordinates":
            geo = entry.element.find(f"{tei.TEI}location/{tei.TEI}geo")
            return " ".join(tei.text_of(geo).split()) if geo is not None else ""
        case _:
            authority = of_type(name)
            return next((one.key[1] for one in identifiers_of(entry) if one.authority is authority), "")


def _near(own: str, other: str) -> bool | None:
    """Whether two pairs of latitude and longitude are less than a tenth of a degree apart."""
    pairs = [re.findall(r"-?\d{1,3}(?:\.\d+)?", text)[:2] for text in (own, other)]
    if any(len(pair) < 2 for pair in pairs):
        return None
    return all(abs(float(a) - float(b)) < 0.1 for a, b in zip(*pairs, strict=True))
