"""Turns the mixed content of a block into TEI: brackets, marks, points, line breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from editio import brackets, codes, tei
from editio.config import Settings
from editio.diagnostics import Report
from editio.ledger import Ledger
from editio.model import Attributes, Block, Run, Source, Text
from editio.tei import Content, element


@dataclass
class Encoding:
    """What the encoding of one document shares: settings, report, ledger, and the voices heard in brackets.

    ``build`` makes the elements of blocks, for what notes and figures hold.
    """

    source: Source
    settings: Settings
    report: Report
    build: Callable[[Sequence[Block], Encoding], list[etree._Element]]
    ledger: Ledger = field(default_factory=Ledger)
    languages: set[str] = field(default_factory=set)
    bracketed: bool = False
    translated: bool = False

    @property
    def voice(self) -> str:
        """Who speaks in square brackets: the setting, else the translator of a translation, else the editor."""
        translated = self.translated or self.settings.edition.original_language
        return tei.xml_name(self.settings.convert.brackets) or ("translator" if translated else "editor")


def inline(text: Text, encoding: Encoding) -> list[Content]:
    """The content of a block of the text, entered in the ledger."""
    if encoding.voice == "off" or not {"[", "]"} & set(text.plain):
        return list(_marked(text.runs, encoding))
    pairs, lonely = brackets.pairs(text.plain)
    _report_unbalanced(text, lonely, encoding)
    return list(_with_brackets(text, 0, len(text.plain), pairs, encoding))


def element_with(name: str, attributes: Attributes, *content: Content) -> etree._Element:
    """A TEI element from attributes as blocks, marks and points carry them."""
    made = element(name, *content)
    for key, value in attributes:
        if value:
            made.set({"xml:id": tei.XML_ID, "xml:lang": tei.XML_LANG}.get(key, key), tei.clean(value))
    return made


def _with_brackets(
    text: Text, start: int, end: int, pairs: Sequence[brackets.Pair], encoding: Encoding
) -> Iterator[Content]:
    at = start
    for pair, kind, bracket in _meant(text, pairs, encoding):
        first, last = pair.start + pair.width, pair.end - pair.width
        yield from _marked(text.slice(at, pair.start).runs, encoding)
        yield from _marked(_side(text.slice(pair.start, first), kind, encoding), encoding)
        yield _bracketed(text, pair, kind, bracket, encoding)
        if not kind.keeps_text:
            yield from _marked([run for run in text.slice(first, last).runs if run.point], encoding)
        yield from _marked(_side(text.slice(last, pair.end), kind, encoding), encoding)
        at = pair.end
    yield from _marked(text.slice(at, end).runs, encoding)


def _meant(
    text: Text, pairs: Sequence[brackets.Pair], encoding: Encoding
) -> Iterator[tuple[brackets.Pair, brackets.Kind, brackets.Bracket]]:
    """The pairs that mean something; what stands in one that does not is looked at in its place."""
    for pair in pairs:
        inner = text.plain[pair.start + pair.width : pair.end - pair.width]
        bracket = brackets.Bracket(inner, encoding.settings, encoding.voice, pair.width)
        kind = brackets.kind_of(bracket)
        if kind is None:
            yield from _meant(text, pair.inner, encoding)
        else:
            yield pair, kind, bracket


def _side(side: Text, kind: brackets.Kind, encoding: Encoding) -> list[Run]:
    """Use up a bracket; whatever stands before it comes back."""
    encoding.ledger.consume(Text(tuple(run for run in side.runs if run.text)), kind.name)
    last = max((i for i, run in enumerate(side.runs) if run.text), default=0)
    return [run for run in side.runs[:last] if run.point]


def _bracketed(
    text: Text, pair: brackets.Pair, kind: brackets.Kind, bracket: brackets.Bracket, encoding: Encoding
) -> etree._Element:
    encoding.bracketed = True
    first, last = pair.start + pair.width, pair.end - pair.width
    if kind.name == "bracket-original":
        encoding.languages.add(bracket.original_language)
    if kind.keeps_text:
        return kind.build(bracket, list(_with_brackets(text, first, last, pair.inner, encoding)))
    inner = text.slice(first, last)
    encoding.ledger.consume(inner, kind.name)
    return kind.build(bracket, [])


def _report_unbalanced(text: Text, lonely: Sequence[int], encoding: Encoding) -> None:
    if lonely:
        more = f", nor have {len(lonely) - 1} more" if lonely[1:] else ""
        encoding.report.add(
            codes.UNBALANCED_BRACKET,
            encoding.source.location(text.slice(lonely[0], lonely[0] + 1).start),
            f"“{text.plain[lonely[0]]}” has no partner in its paragraph{more}",
        )


def _marked(runs: Sequence[Run], encoding: Encoding, depth: int = 0) -> Iterator[Content]:
    """Runs as content, neighbours under the same marks in one element."""
    for mark, group in groupby(runs, key=lambda run: run.marks[depth : depth + 1]):
        if mark:
            yield element_with(mark[0].name, mark[0].attributes, *_marked(tuple(group), encoding, depth + 1))
            continue
        for run in group:
            yield from _one(run, encoding)


def _one(run: Run, encoding: Encoding) -> Iterator[Content]:
    if run.point is None:
        encoding.ledger.text.append(run)
        yield from _with_line_breaks(run.text)
        return
    blocks = run.point.blocks
    if len(blocks) == 1 and blocks[0].is_plain:
        content: list[Content] = inline(blocks[0].whole, encoding)
    else:
        content = list(encoding.build(blocks, encoding))
    yield element_with(run.point.name, run.point.attributes, *content)


def _with_line_breaks(text: str) -> Iterator[Content]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield element("lb")
        if line:
            yield line
