"""Makes the text of a source that is a container or a tree: every text node in order, each with its offset.

A reader adds all text nodes first, without asking what they mean, and only then reads the structure;
so the ledger finds whatever the structure forgot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from editio import tei
from editio.model import Attributes, Mark, Run, Source


@dataclass
class Flat:
    """The text nodes of a source, run together; ``key`` is whatever the reader knows a node by."""

    parts: list[str] = field(default_factory=list)
    spans: dict[object, tuple[int, int]] = field(default_factory=dict)
    lines: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, key: object, text: str) -> None:
        """Enter a text node."""
        text = tei.clean(text)
        self.spans[key] = (self.length, self.length + len(text))
        self.parts.append(text)
        self.length += len(text)

    def line(self, number: int) -> None:
        """Begin a line or paragraph: what follows is reported at this number."""
        self.parts.append("\n")
        self.length += 1
        self.lines.append((self.length, number))

    def source(self, source: Source) -> Source:
        """The source with the text made here."""
        return replace(source, text="".join(self.parts), lines=tuple(self.lines) or ((0, 1),))

    def run(self, key: object, text: str, marks: tuple[Mark, ...] = ()) -> Run:
        """The run of a text node; ``text`` may differ from it in white space only."""
        start, end = self.spans[key]
        return Run(tei.clean(text), start, end, marks)


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs with neighbours made one that have the same marks and stand side by side in the source.

    Word ends a run wherever it saved or checked the spelling, so a paragraph may have dozens.
    """
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _goes_on(groups[-1][-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_as_one(group) for group in groups]


def _goes_on(before: Run, run: Run) -> bool:
    return before.end == run.start and before.marks == run.marks and _is_verbatim(before) and _is_verbatim(run)


def _is_verbatim(run: Run) -> bool:
    return run.point is None and run.end - run.start == len(run.text) > 0


def _as_one(group: list[Run]) -> Run:
    first = group[0]
    if len(group) == 1:
        return first
    return Run("".join([run.text for run in group]), first.start, group[-1].end, first.marks)


def hi(rend: str) -> Mark:
    """The mark of a highlighted stretch (TEI hi)."""
    return Mark("hi", (("rend", rend),))


def ref(target: str) -> Mark:
    """The mark of a link (TEI ref)."""
    return Mark("ref", (("target", target),))


def attributes(**given: str) -> Attributes:
    """Attributes in the order given, empty ones left out; ``xml_id`` and ``xml_lang`` are xml:id and xml:lang."""
    return tuple((name, value) for name, value in given.items() if value)
