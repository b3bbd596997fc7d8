"""The running text of a Word document while it is read: what is open around it, and where its characters go."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from editio.flat import hi, ref
from editio.model import Block, Mark, Point, Run
from editio.ooxml.context import Context, address
from editio.ooxml.fields import ENTRIES, GENERATED, REFERENCES, SHOWN, Instruction, OpenField, parse_instruction
from editio.ooxml.texts import Key

Marks = tuple[Mark, ...]
# Notes in notes and boxes in boxes that stand deeper are not followed.
DEEPEST = 20
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
Handler = Callable[["Line", etree._Element, Marks], None]
HANDLERS: dict[str, Handler] = {}


def reads(*tags: str) -> Callable[[Handler], Handler]:
    """Declare which elements of running text a function reads."""

    def declare(function: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(tags, function))
        return function

    return declare


@dataclass
class Line(ABC):
    """The running text being read, and what is open around it.

    ``sinks`` say where text goes that is not for the reader: the name of a rule that uses it up, or
    ``furniture:…`` for the header.
    """

    context: Context
    part: str
    paired: set[etree._Element] = field(default_factory=set)
    depth: int = 0
    fields: list[OpenField] = field(default_factory=list)
    sinks: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    waiting: list[Run] = field(default_factory=list)
    marks_of_notes: set[etree._Element] = field(default_factory=set)
    spoken: tuple[str, str, str] = ("", "", "")
    spoken_in_paragraph: tuple[str, str, str] = ("", "", "")
    descriptions: list[Key] = field(default_factory=list)
    size: tuple[str, str] = ("", "")

    @abstractmethod
    def held(self, nodes: Iterable[etree._Element], part: str, marks: Marks = ()) -> tuple[Block, ...]:
        """The blocks of what a note, box or cell holds; only a Story knows blocks."""

    def walk(self, node: etree._Element, marks: Marks) -> None:
        """Read what an element holds; one that is not known is as if it were not there, but its text is."""
        for child in node:
            self.meet(child, marks)

    def meet(self, node: etree._Element, marks: Marks) -> None:
        """Read an element of running text."""
        if not isinstance(node.tag, str):
            return
        known = HANDLERS.get(node.tag)
        if known:
            known(self, node, marks)
        elif not node.tag.endswith("Pr"):
            self.walk(node, marks)

    @property
    def sink(self) -> str:
        """Where text goes now; empty if it is for the reader."""
        if self.sinks:
            return self.sinks[-1]
        for one in self.fields:
            if one.instruction is None:
                return "docx-field"
            if one.instruction.name in GENERATED:
                return f"furniture:{GENERATED[one.instruction.name]}"
        return ""

    def put(self, key: Key, marks: Marks) -> None:
        """Enter a text of the document."""
        sink = self.sink
        if not sink:
            run = self.context.run(key, self._with_link(marks))
            self.add(run, self._language(run.text))
        elif sink.startswith("furniture:"):
            self.context.set_aside(sink.removeprefix("furniture:"), self.context.run(key))
        else:
            self.context.consume(key, sink)

    def show(self, text: str, marks: Marks) -> None:
        """Enter characters that Word shows without having them as text: tabs, line ends, generated numbers."""
        sink = self.sink
        run = Run(text, self.context.at, self.context.at, self._with_link(marks))
        if not sink:
            self.add(run)
        elif sink.startswith("furniture:"):
            self.context.set_aside(sink.removeprefix("furniture:"), run)

    def point(self, point: Point, marks: Marks = ()) -> None:
        """Enter an element at this place."""
        if not self.sink:
            self.add(Run("", self.context.at, self.context.at, marks, point))

    def add(self, run: Run, language: str = "") -> None:
        """Add a run to the paragraph."""
        self.runs.append(run)
        self.languages.append(language)

    def aside(self, sink: str, node: etree._Element, marks: Marks = ()) -> None:
        """Read an element with its text going elsewhere."""
        self.sinks.append(self.sinks[-1] if self.sinks else sink)
        self.walk(node, marks)
        self.sinks.pop()

    def _with_link(self, marks: Marks) -> Marks:
        """The marks, in the link or reference of a field that is open, if there is one."""
        if not self.fields or any(mark.name == "ref" for mark in marks):
            return marks
        link = next((one.link for one in self.fields if one.link), "")
        return (ref(link), *marks) if link else marks

    def _language(self, text: str) -> str:
        """The language that a run says it is in, by the script of its characters; empty for the document's own."""
        western = self.spoken[0] or self.spoken_in_paragraph[0]
        if text.isascii():
            return "" if western == self.context.language else western
        if EAST_ASIAN.search(text):
            western = self.spoken[1] or self.spoken_in_paragraph[1]
        elif RIGHT_TO_LEFT.search(text):
            western = self.spoken[2] or self.spoken_in_paragraph[2]
        return "" if western == self.context.language else western

    def settle(self, one: OpenField) -> None:
        """Say what becomes of a field now that its instruction is read."""
        if one.instruction is not None:
            return
        one.instruction = said = parse_instruction(one.written)
        one.link = self.link(said)
        if said.name in SHOWN and not self.sink:
            for key in one.pieces:
                self.put(key, (hi("math"),))
            return
        rule = self.sinks[-1] if self.sinks and not self.sinks[-1].startswith("furniture:") else ""
        for at, key in enumerate(one.pieces):
            kept = said.argument if not at and said.name in ENTRIES and not rule else ""
            self.context.consume(key, rule or ENTRIES.get(said.name, "docx-field"), kept)

    def link(self, said: Instruction) -> str:
        """The pointer of a link or reference; empty for other fields."""
        if said.name == "HYPERLINK":
            return address(said.argument) if said.argument else self.context.place(said.place)
        return self.context.place(said.place) if said.name in REFERENCES and not self.sink else ""


def linked(target: str, marks: Marks) -> Marks:
    """The marks in a link; TEI has no link in a link."""
    if not target or any(mark.name == "ref" for mark in marks):
        return marks
    return (ref(target), *marks)


def only_changes(marks: Marks) -> Marks:
    """Those of the marks that say that something was added or deleted."""
    return tuple(mark for mark in marks if mark.name in ("add", "del"))
