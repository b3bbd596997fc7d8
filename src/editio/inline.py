"""Turns the mixed content of a block into TEI: brackets, emphasis, links, line and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from editio import brackets, codes, tei
from editio.config import Settings
from editio.diagnostics import Report
from editio.ledger import Ledger
from editio.model import Run, Source, Text
from editio.tei import Content, element

BRACKET = re.compile(r"\[([^\[\]]+)\]")


@dataclass
class Encoding:
    """What the encoding of one document shares: settings, report, ledger, and the voices heard in brackets."""

    source: Source
    settings: Settings
    report: Report
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
    if encoding.voice == "off":
        return list(_styled(text, encoding))
    content: list[Content] = []
    at = 0
    for match in BRACKET.finditer(text.plain):
        content += _styled(text.slice(at, match.start()), encoding)
        content += _bracketed(text, match, encoding)
        at = match.end()
    rest = text.slice(at)
    content += _styled(rest, encoding)
    _report_unbalanced(text, encoding)
    return content


def _bracketed(text: Text, match: re.Match[str], encoding: Encoding) -> Iterator[Content]:
    bracket = brackets.Bracket(match[1], encoding.settings, encoding.voice)
    kind = brackets.kind_of(bracket)
    if kind is None:
        yield from _styled(text.slice(*match.span()), encoding)
        return
    encoding.bracketed = True
    inner = text.slice(*match.span(1))
    for side in (text.slice(match.start(), match.start() + 1), text.slice(match.end() - 1, match.end())):
        encoding.ledger.consume(side, kind.name)
    if kind.keeps_text:
        built = kind.build(bracket, list(_styled(inner, encoding)))
    else:
        encoding.ledger.consume(inner, kind.name)
        built = kind.build(bracket, [])
    if kind.name == "bracket-original":
        encoding.languages.add(bracket.original_language)
    yield built


def _report_unbalanced(text: Text, encoding: Encoding) -> None:
    rest = BRACKET.sub(lambda match: " " * len(match[0]), text.plain)
    found = [match.start() for match in re.finditer(r"[\[\]]", rest)]
    if found:
        more = f", nor have {len(found) - 1} more" if found[1:] else ""
        encoding.report.add(
            codes.UNBALANCED_BRACKET,
            encoding.source.location(text.slice(found[0], found[0] + 1).start),
            f"“{rest[found[0]]}” has no partner in its paragraph{more}",
        )


def _styled(text: Text, encoding: Encoding) -> Iterator[Content]:
    for run in text.runs:
        match run.kind:
            case "break":
                yield element("milestone", unit="source-break")
            case "page":
                yield element("pb", n=run.target)
            case _:
                encoding.ledger.text.append(run)
                yield from _with_style(run)


def _with_style(run: Run) -> Iterator[Content]:
    content: list[Content] = list(_with_line_breaks(run.text))
    for style in sorted(run.styles):
        content = [element("hi", *content, rend=style)]
    if run.target:
        content = [element("ref", *content, target=run.target)]
    yield from content


def _with_line_breaks(text: str) -> Iterator[Content]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield element("lb")
        if line:
            yield line
