"""The character ledger: every non-space character of a source is in the text, in the header, or used up by a rule."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import compress
from operator import not_

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
        kinds = ["", "<text>", "<header>", *sorted({one.rule for one in self.consumed})]
        code = {kind: number for number, kind in enumerate(kinds)}
        seen = array("H", bytes(2 * len(source.text)))
        for one in self.consumed:
            _enter(seen, one.start, one.end, code[one.rule])
        for name, runs in (("<header>", self.header), ("<text>", self.text)):
            for run in runs:
                _enter(seen, run.start, run.end, code[name])
        counts = Counter(compress(seen, map(not_, map(str.isspace, source.text))))
        missing = [i for i, kind in enumerate(seen) if not kind and not source.text[i].isspace()] if counts[0] else []
        missing += self._not_in_tei(root)
        return Balance(
            counts.total(),
            counts[code["<text>"]],
            counts[code["<header>"]],
            {kind: counts[number] for number, kind in enumerate(kinds) if number > 2 and counts[number]},
            tuple(sorted(set(missing))),
        )

    def _not_in_tei(self, root: etree._Element) -> Iterable[int]:
        """Offsets of characters that were entered as placed but do not stand in the TEI."""
        header = tei.part(root, "teiHeader")
        rest = (node for node in root.iterchildren(etree.Element) if node is not header)
        yield from _absent(self.text, "".join(map(tei.text_of, rest)))
        yield from _absent(self.header, tei.text_of(header))


def _enter(seen: array[int], start: int, end: int, kind: int) -> None:
    seen[start:end] = array("H", [kind]) * (end - start)


def _absent(runs: list[Run], found: str) -> Iterable[int]:
    """Offsets of runs some character of which is in the text less often than in the runs."""
    placed = "".join([run.text for run in runs])
    # most texts stand in the TEI in their order, and to compare them is quicker than to count characters
    if "".join(placed.split()) == "".join(found.split()):
        return
    left, needed = Counter(found), Counter(placed)
    if all(character.isspace() or left[character] >= count for character, count in needed.items()):
        return
    for run in runs:
        for character in run.text:
            if character.isspace():
                continue
            if not left[character]:
                yield run.start
            left[character] -= 1
