"""The character ledger: every non-space character of a source is in the text, in the header, or used up by a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from editio import tei
from editio.model import Consumed, Run, Source, Text


@dataclass(frozen=True)
class Balance:
    """The figures of a ledger in non-space characters, and the offsets of those unaccounted for."""

    characters: int
    text: int
    header: int
    consumed: dict[str, int]
    missing: tuple[int, ...]

    @property
    def balanced(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass
class Ledger:
    """What has been placed where while a document is encoded."""

    text: list[Run] = field(default_factory=list)
    header: list[Run] = field(default_factory=list)
    consumed: list[Consumed] = field(default_factory=list)

    def consume(self, text: Text, rule: str) -> None:
        """Enter characters that a rule uses up as markup."""
        self.consumed += [Consumed(run.start, run.end, rule) for run in text.runs]

    def balance(self, source: Source, root: etree._Element) -> Balance:
        """Compare the entries with the source by offset, and with the finished TEI by character."""
        kinds = [""] * len(source.text)
        for one in self.consumed:
            kinds[one.start : one.end] = [one.rule] * (one.end - one.start)
        for name, runs in (("<header>", self.header), ("<text>", self.text)):
            for run in runs:
                kinds[run.start : run.end] = [name] * (run.end - run.start)
        counts = Counter(kind for kind, character in zip(kinds, source.text, strict=True) if not character.isspace())
        missing = [i for i, kind in enumerate(kinds) if not kind and not source.text[i].isspace()]
        missing += self._not_in_tei(root)
        return Balance(
            counts.total(),
            counts.pop("<text>", 0),
            counts.pop("<header>", 0),
            {rule: count for rule, count in sorted(counts.items()) if rule},
            tuple(sorted(set(missing))),
        )

    def _not_in_tei(self, root: etree._Element) -> Iterable[int]:
        """Offsets of characters that were entered as placed but do not stand in the TEI."""
        yield from _absent(self.text, tei.text_of(tei.part(root, "text")))
        yield from _absent(self.header, tei.text_of(tei.part(root, "teiHeader")))


def _absent(runs: list[Run], found: str) -> Iterable[int]:
    left = Counter("".join(found.split()))
    for run in runs:
        for character in run.text:
            if character.isspace():
                continue
            if not left[character]:
                yield run.start
            left[character] -= 1
