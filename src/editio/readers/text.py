"""Plain text: paragraphs between blank lines, or a paragraph a line where there are none; form feeds are page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Run, Source, Text
from editio.registry import reader
from editio.rules.cues import PAGE

# A paragraph is wrapped, not verse or address, when its lines but the last come near the longest.
SHORTEST_WRAPPED_LINE = 45
NEAR = 0.6
# A line that begins something of its own: a bullet, a number, a column.
OWN_LINE = re.compile(r"\s*(?:[-–—•▪◦‣·*†]\s+\S|\(?\d{1,3}[.)]\s|\[\d{1,3}\]\s)|.*\t|.*\s\|\s")
QUOTED = re.compile(r"(?m)^[ \t]*>+[ \t]?")
# Paragraphs set in by so many spaces more than most are quotations.
SET_IN = 4
# More paragraphs than one in so many are no quotations but the style of the source.
FEW = 3


@reader(".txt", ".text")
def read_text(source: Source, settings: Settings, report: Report) -> Draft:
    """A paragraph for each stretch between blank lines; without blank lines, a paragraph for each line."""
    spans = list(_paragraphs(source.text))
    margins = [_margin(source.text, *span) for span in spans if span[0] < span[1]]
    inset = _inset(margins)
    blocks: list[Block] = []
    consumed: list[Consumed] = []
    for start, end in spans:
        if start == end:
            blocks.append(Block("paragraph", role="pb"))
        elif quoted := _quoted(source.text, start, end, consumed, settings):
            blocks.append(Block("quote", blocks=quoted))
        elif inset and _margin(source.text, start, end) >= inset:
            blocks.append(Block("quote", blocks=(Block("paragraph", _text(source.text, start, end, settings)),)))
        else:
            blocks.append(Block("paragraph", _text(source.text, start, end, settings)))
    return Draft(source, tuple(blocks), consumed=tuple(consumed))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text as offsets, with an empty one where a page begins."""
    at = 0
    for number, page in enumerate(text.split("\f")):
        if number:
            yield at, at
        lines = [(at + m.start(), at + m.end()) for m in re.finditer(r"[^\n]+", page) if m[0].strip()]
        numbers = [lines.pop(0)] if len(lines) > 1 and _is_number(text, lines[0]) else []
        foot = [lines.pop()] if len(lines) > 1 and _is_number(text, lines[-1]) else []
        stretches = list(_stretches(text, lines))
        if len(stretches) == 1 and len(lines) > 2 and not is_wrapped([text[slice(*line)] for line in lines]):
            stretches = lines
        yield from (*numbers, *stretches, *foot)
        at += len(page) + 1


def _is_number(text: str, line: tuple[int, int]) -> bool:
    return PAGE.fullmatch(text[slice(*line)].strip()) is not None


def _stretches(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines right below one another as one stretch."""
    first = last = -1
    for start, end in lines:
        if last >= 0 and text[last:start] != "\n":
            yield first, last
            first = start
        first, last = (start if first < 0 else first), end
    if last >= 0:
        yield first, last


def _text(whole: str, start: int, end: int, settings: Settings) -> Text:
    """The text of a paragraph, its lines joined where they were only wrapped."""
    text = whole[start:end]
    lines = text.split("\n")
    if settings.convert.lines == "join" or (settings.convert.lines == "auto" and is_wrapped(lines)):
        text = text.replace("\n", " ")
    return Text((Run(text, start, end),)).strip()


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether line ends are those of a typewriter or editor, not of verse, a list, a table or an address."""
    full = [len(line.strip()) for line in lines[:-1]]
    if not full or min(full) < max(SHORTEST_WRAPPED_LINE, NEAR * max(full)):
        return False
    return sum(bool(OWN_LINE.match(line)) for line in lines[1:]) * 2 < len(lines)


def _margin(text: str, start: int, end: int) -> int:
    """By how many columns the lines of a paragraph are set in, the first left out if it is set in further."""
    margins = [len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) for line in text[start:end].split("\n")]
    return min(margins)


def _inset(margins: Sequence[int]) -> int:
    """The margin from which a paragraph is set in as a quotation; 0 where none is, or too many are."""
    if not margins:
        return 0
    most = max(set(margins), key=margins.count)
    inset = [margin for margin in margins if margin >= most + SET_IN]
    return most + SET_IN if inset and FEW * len(inset) <= len(margins) else 0


def _quoted(text: str, start: int, end: int, consumed: list[Consumed], settings: Settings) -> tuple[Block, ...]:
    """The paragraphs of lines that all begin with “>”; nothing for any other."""
    lines = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
    marks = [QUOTED.match(text, *line) for line in lines]
    if not all(marks):
        return ()
    pieces: list[Run] = []
    for (_, last), mark in zip(lines, marks, strict=True):
        if mark:
            consumed.append(Consumed(*mark.span(), "text-quotation"))
            pieces += [Run(text[mark.end() : last], mark.end(), last), Run("\n", last, last)]
    whole = Text(tuple(pieces))
    return tuple(Block("paragraph", _joined(part, settings)) for part in _parted(whole))


def _parted(text: Text) -> Iterator[Text]:
    """A text divided at its blank lines."""
    at = 0
    for match in (*re.finditer(r"\n[ \t]*\n\s*", text.plain), None):
        part = text.slice(at, match.start() if match else None).strip()
        at = match.end() if match else at
        if part:
            yield part


def _joined(text: Text, settings: Settings) -> Text:
    wrapped = settings.convert.lines == "join" or is_wrapped(text.plain.split("\n"))
    if not wrapped:
        return text
    return Text(tuple(run if run.text != "\n" else Run(" ", run.start, run.end) for run in text.runs))
