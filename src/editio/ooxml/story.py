"""Reads the paragraphs, lists and headings of a Word document, in the text and in what notes, boxes and cells hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from editio.flat import attributes, joined
from editio.model import Block, BlockKind, Mark, Run, Text
from editio.ooxml import inserts, running, tables
from editio.ooxml.drawings import choose
from editio.ooxml.fields import paired
from editio.ooxml.lines import HANDLERS, Line, Marks
from editio.ooxml.numbers import Label
from editio.ooxml.parts import MC, W, child, is_on, number, value
from editio.ooxml.styles import ParagraphStyle, outline_level

READERS = (inserts, running)  # their functions are found by the elements they read
SAME_PAGE = frozenset({"continuous", "nextColumn"})


@dataclass
class Story(Line):
    """A sequence of blocks being read; ``top`` is the text itself, where paragraphs can be headings."""

    top: bool = False
    marks: Marks = ()
    blocks: list[Block] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    titles: dict[int, str] = field(default_factory=dict)
    verse_open: bool = False
    owns_fields: bool = True

    def held(self, nodes: Iterable[etree._Element], part: str, marks: Marks = ()) -> tuple[Block, ...]:
        """The blocks of what a note, box or cell holds."""
        inner = Story(self.context, part, depth=self.depth + 1, marks=marks)
        if part == self.part:
            inner.paired, inner.fields, inner.sinks = self.paired, self.fields, self.sinks
            inner.marks_of_notes, inner.owns_fields = self.marks_of_notes, False
        for node in nodes:
            if part != self.part:
                inner.paired = paired(node)
            inner.read(node)
        inner.close()
        return tuple(inner.blocks)

    def read(self, node: etree._Element) -> None:
        """Read an element that stands where blocks do."""
        tag = node.tag
        if not isinstance(tag, str) or tag in PROPERTIES:
            return
        if tag == f"{W}p":
            self.paragraph(node)
        elif tag == f"{W}tbl":
            self.add_blocks(tables.read_table(self, node))
        elif tag == f"{W}sdt":
            self._control(node)
        elif tag == f"{MC}AlternateContent":
            chosen = choose(self, node)
            for one in chosen if chosen is not None else node:
                self.read(one)
        elif tag == f"{W}bookmarkStart":
            self.meet(node, ())
            self.waiting += self._take()[0]
        elif tag in HANDLERS:
            self.meet(node, self.marks)
            self.finish(None, self.context.styles.paragraph(""), "")
        else:
            for one in node:
                self.read(one)

    def close(self) -> None:
        """Finish what the last paragraph left open."""
        self.runs[:0], self.waiting = self.waiting, []
        self.languages[:0] = [""] * (len(self.runs) - len(self.languages))
        if self.runs or self.behind:
            self.finish(None, self.context.styles.paragraph(""), "")
        if self.owns_fields:
            for one in self.fields:
                self.settle(one)
            self.fields.clear()

    def paragraph(self, node: etree._Element) -> None:
        """Read a paragraph; where its end is deleted, or it is an initial in a frame, the next one goes on with it."""
        properties = node.find(f"{W}pPr")
        id = value(properties, "pStyle")
        style = self.context.styles.paragraph(id)
        self.spoken_in_paragraph = style.language
        if style.contents and not self.sinks:
            self.sinks.append("furniture:contents")
            self.walk(node, ())
            self.show("\n", ())
            self.sinks.pop()
        else:
            self.walk(node, self.marks)
            if self.sink.startswith("furniture:"):
                self.show("\n", ())
        if not self._runs_on(properties):
            self.finish(properties, style, id)
        section = child(properties, "sectPr")
        if section is not None and self.top:
            self._end_section()

    def finish(self, properties: etree._Element | None, style: ParagraphStyle, id: str) -> None:
        """Make blocks of the paragraph read."""
        waiting, self.waiting = self.waiting, []
        runs, languages = self._take()
        behind, self.behind = self.behind, []
        breaks = child(properties, "pageBreakBefore")
        if (is_on(breaks) if breaks is not None else style.page_break) and self.blocks:
            self.add_blocks([_page()])
        language, runs = _with_languages(runs, languages, self.top)
        text = Text((*waiting, *joined(runs))).strip()
        before, text, after = _without_pages(text)
        self.add_blocks([_page()] * before)
        label = self._label(properties, style, id)
        if text or (label and label.text) or any(run.point and run.point.name != "anchor" for run in text.runs):
            self._add_paragraph(text, properties, style, label, attributes(**{"xml:lang": language}))
        else:
            self.waiting = list(text.runs)
            self.verse_open = False
            if self.top and not after and child(properties, "pBdr/bottom") is not None:
                self.add_blocks([Block("rule")])
        self.add_blocks([_page()] * after)
        self.add_blocks(behind)

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        """Add blocks behind those read."""
        for block in blocks:
            self.blocks.append(block)
            self.verse_open = block.kind == "verse"

    def _take(self) -> tuple[list[Run], list[str]]:
        taken = self.runs, self.languages
        self.runs, self.languages = [], []
        return taken

    def _runs_on(self, properties: etree._Element | None) -> bool:
        frame = child(properties, "framePr")
        if frame is not None and frame.get(f"{W}dropCap", "none") != "none":
            return True
        gone = child(properties, "rPr/del") is not None or child(properties, "rPr/moveFrom") is not None
        return gone and self.context.settings.convert.changes == "accept"

    def _end_section(self) -> None:
        """Begin the next section, on a new page unless it says otherwise."""
        notes = self.context.notes["footnote"]
        for one in self.context.notes.values():
            one.begin_section()
        kind = value(notes.sections[notes.section], "type") if notes.section < len(notes.sections) else ""
        if kind not in SAME_PAGE and not (self.blocks and self.blocks[-1].role == "pb"):
            self.add_blocks([_page()])

    def _control(self, node: etree._Element) -> None:
        """A content control is as if it were not there, unless Word made what it holds: a table of contents."""
        gallery = value(node, "sdtPr/docPartObj/docPartGallery")
        made = gallery == "Table of Contents" and not self.sinks
        self.sinks += ["furniture:contents"] if made else []
        for one in node:
            self.read(one)
        if made:
            self.sinks.pop()

    def _label(self, properties: etree._Element | None, style: ParagraphStyle, id: str) -> Label | None:
        """Count one on in the paragraph's list; nothing if it is in none."""
        direct = child(properties, "numPr")
        num_id = value(direct, "numId") or style.num_id
        if num_id not in self.context.numbering or self.sink:
            return None
        return self.context.numbering.label(num_id, self._level(properties, style, id))

    def _level(self, properties: etree._Element | None, style: ParagraphStyle, id: str) -> int:
        """The depth of a paragraph in its list, from 0."""
        direct = value(child(properties, "numPr"), "ilvl")
        num_id = value(child(properties, "numPr"), "numId") or style.num_id
        if direct:
            return max(0, min(number(direct), 8))
        return self.context.numbering.levels_by_style.get((num_id, id), style.num_level)

    def _add_paragraph(
        self,
        text: Text,
        properties: etree._Element | None,
        style: ParagraphStyle,
        label: Label | None,
        given: tuple[tuple[str, str], ...],
    ) -> None:
        outline = value(properties, "outlineLvl")
        level = outline_level(outline) if outline else style.level
        number_shown = self._generated(label.text, text) if label and label.text else Text()
        previous = self.blocks[-1] if self.blocks else None
        if self.top and style.title and text:
            self.titles[len(self.blocks)] = style.title
            self.add_blocks([Block("heading", text, 1, attributes=given)])
        elif self.top and (level or style.element == "head") and text:
            self.add_blocks([Block("heading", text, level or 1, label=number_shown, attributes=given)])
        elif style.caption:
            self.captions.add(len(self.blocks))
            self.add_blocks([Block("paragraph", text, label=number_shown, attributes=given)])
        elif style.verbatim and not label:
            self._add_line("verbatim", _without_marks(text, "code"), given)
        elif style.element == "l" and not label:
            self._add_line("verse", text, given)
        elif label and not (label.blank and not (previous and previous.kind == "item")):
            self._add_item(text, label, self._level_of(properties, style), number_shown, given)
        elif style.continued and previous and previous.kind == "item" and text:
            self.add_blocks([Block("item", text, previous.level, attributes=given)])
        else:
            self._add_plain(text, style.element, given)

    def _level_of(self, properties: etree._Element | None, style: ParagraphStyle) -> int:
        return self._level(properties, style, value(properties, "pStyle")) + 1

    def _add_item(self, text: Text, label: Label, level: int, shown: Text, given: tuple[tuple[str, str], ...]) -> None:
        """An item of a list; without number or bullet it goes on with the one before."""
        n = label.text.strip(" .():;-–")
        start = "" if label.blank else "start"
        if text or label.text:
            self.add_blocks([Block("item", text, level, type=start, n=n, label=shown, attributes=given)])

    def _add_line(self, kind: BlockKind, text: Text, given: tuple[tuple[str, str], ...]) -> None:
        """A line of verse or of text to be kept as it stands; lines right behind one another are one block."""
        previous = self.blocks[-1] if self.blocks else None
        goes_on = previous is not None and previous.kind == kind and (kind == "verbatim" or self.verse_open)
        if previous is None or not goes_on:
            self.add_blocks([Block(kind, text, attributes=given)])
            return
        at = previous.text.end
        self.blocks[-1] = replace(previous, text=previous.text + Text((Run("\n", at, at),)) + text)

    def _add_plain(self, text: Text, element: str, given: tuple[tuple[str, str], ...]) -> None:
        """A paragraph, as a figure, quotation or whatever its style says."""
        figure = _figure_alone(text)
        if figure:
            self.add_blocks([figure])
        elif element == "quote":
            self.add_blocks([Block("quote", blocks=(Block("paragraph", text, attributes=given),))])
        else:
            role = f"tei:{element}" if self.top and text and element not in ("", "p", "head", "l", "quote") else ""
            self.add_blocks([Block("paragraph", text, role=role, attributes=given)])

    def _generated(self, shown: str, text: Text) -> Text:
        """A number that is no character of the source, at the place where its paragraph begins."""
        at = next((run.start for run in text.runs if run.text), self.context.at)
        return Text((Run(shown, at, at),))


PROPERTIES = frozenset(
    f"{W}{name}"
    for name in "pPr rPr tblPr trPr tcPr tblGrid tblPrEx sectPr sdtPr sdtEndPr customXmlPr smartTagPr".split()
)


def _page() -> Block:
    return Block("paragraph", role="pb")


def _without_pages(text: Text) -> tuple[int, Text, int]:
    """How many page breaks stand before a text and behind it, and the text without them."""
    runs = list(text.runs)
    first, last = 0, len(runs)
    while first < last and _is_page_or_space(runs[first]):
        first += 1
    while last > first and _is_page_or_space(runs[last - 1]):
        last -= 1
    before = sum(run.point is not None for run in runs[:first])
    after = sum(run.point is not None for run in runs[last:])
    return before, Text(tuple(runs[first:last])).strip() if before or after else text, after


def _is_page_or_space(run: Run) -> bool:
    return run.point.name == "pb" if run.point else not run.text.strip()


def _without_marks(text: Text, rend: str) -> Text:
    return Text(
        tuple(
            replace(run, marks=tuple(mark for mark in run.marks if ("rend", rend) not in mark.attributes))
            for run in text.runs
        )
    )


def _figure_alone(text: Text) -> Block | None:
    """The figure of a paragraph that holds pictures only."""
    runs = [run for run in text.runs if run.point is None or run.point.name != "anchor"]
    pictures = [run.point for run in runs if run.point and run.point.name == "figure" and not run.marks]
    if not runs or len(pictures) != len([run for run in runs if run.point or run.text.strip()]):
        return None
    parts = [run for point in pictures for run in point.blocks[0].text.runs]
    graphics = [run for run in parts if run.point]
    described = [replace(run, marks=()) for run in parts if not run.point]
    anchors = [run for run in text.runs if run.point and run.point.name == "anchor"]
    if not graphics or anchors:
        return None
    return Block("figure", Text(tuple(graphics)), blocks=_description(described))


def _description(runs: list[Run]) -> tuple[Block, ...]:
    return (Block("paragraph", Text(tuple(runs)), role="figDesc"),) if runs else ()


def _with_languages(runs: list[Run], spoken: list[str], whole: bool) -> tuple[str, list[Run]]:
    """Runs with words of another language marked, and the language of the paragraph if it is all of it."""
    if not any(spoken):
        return "", runs
    worded = [any(character.isalpha() for character in run.text) for run in runs]
    found = {one for one, has_words in zip(spoken, worded, strict=True) if has_words}
    if whole and len(found) == 1 and not any(run.point and run.point.blocks for run in runs):
        return found.pop(), runs
    behind = ""
    following = [
        behind := one if words else behind for one, words in zip(reversed(spoken), reversed(worded), strict=True)
    ][::-1]
    before = ""
    marked: list[Run] = []
    for run, own, next_one, words in zip(runs, spoken, following, worded, strict=True):
        before = own if words else before
        marked.append(_foreign(run, before if words or (before == next_one and not run.point) else ""))
    return "", marked


def _foreign(run: Run, language: str) -> Run:
    if not language:
        return run
    outer = tuple(mark for mark in run.marks if mark.name in ("ref", "add", "del"))
    inner = tuple(mark for mark in run.marks if mark.name not in ("ref", "add", "del", "foreign"))
    return replace(run, marks=(*outer, Mark("foreign", (("xml:lang", language),)), *inner))
