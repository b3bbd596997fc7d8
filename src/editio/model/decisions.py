"""What an editor decided, and about which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from editio.model.draft import Attributes


@dataclass(frozen=True)
class Quote:
    """A place of a text as a quotation of it: the words, what stands before and behind them, and where (-1: unknown).

    All white space is a single space, and ``at`` counts in such text, which is that of one ``part`` of a document:
    its ``text``, or the sentences of its ``header``.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    at: int = -1
    part: str = "text"


@dataclass(frozen=True)
class Decision:
    """What an editor decided about words: whether they name what somebody suggested.

    ``scope`` is ``place`` (the one quoted), ``document`` (all of these words in it) or ``edition``. ``verdict`` is
    ``accept``, ``reject``, or ``open``: not decided, although a wider decision covers it. A rejection is of the
    ``element``, or of one ``entry`` where it names one; without either, of every reading. ``rule`` and ``cert`` are
    those of the suggestion. ``line`` is where the decision stands in its file, ``extra`` what else is said there.
    """

    quote: Quote
    verdict: str
    scope: str = "place"
    document: str = ""
    element: str = ""
    entry: str = ""
    attributes: Attributes = ()
    by: str = ""
    on: str = ""
    rule: str = ""
    cert: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def says(self) -> tuple[str, str, str, Attributes]:
        """What is decided, without where, by whom and when."""
        return (self.verdict, self.element, self.entry, self.attributes)


@dataclass(frozen=True, eq=False)
class Decisions:
    """All decisions of an edition; ``faulty`` if lines of their file could not be read, so that it must not be written."""

    all: tuple[Decision, ...] = ()
    faulty: bool = False

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Decision, ...]]:
        """Those about one document, by its id; those about the edition under the empty id."""
        found: dict[str, list[Decision]] = {}
        for one in self.all:
            found.setdefault("" if one.scope == "edition" else one.document, []).append(one)
        return {id: tuple(some) for id, some in found.items()}

    def about(self, document: str) -> tuple[Decision, ...]:
        """Those that may concern a document."""
        return (*self.by_document.get(document, ()), *self.by_document.get("", ()))
