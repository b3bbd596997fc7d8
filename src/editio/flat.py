"""Makes the text of a source that is a container or a tree: every text node in order, each with its offset.

A reader adds all text nodes first, without asking what they mean, and only then reads the structure;
so the ledger finds whatever the structure forgot.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from editio import tei
from editio.model import Attributes, Mark, Run, Source, Text


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


def hi(rend: str) -> Mark:
    """The mark of a highlighted stretch (TEI hi)."""
    return Mark("hi", (("rend", rend),))


def ref(target: str) -> Mark:
    """The mark of a link (TEI ref)."""
    return Mark("ref", (("target", target),))


def attributes(**given: str) -> Attributes:
    """Attributes in the order given, empty ones left out; ``xml_id`` and ``xml_lang`` are xml:id and xml:lang."""
    return tuple((name, value) for name, value in given.items() if value)


def text_of(*runs: Run) -> Text:
    """Runs as a text."""
    return Text(runs)
