"""Plain text: paragraphs between blank lines, or a paragraph a line where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editio.diagnostics import Report
from editio.model import Block, Draft, Run, Source, Text
from editio.registry import reader

# A paragraph is wrapped, not verse or address, when its lines but the last come near the longest.
SHORTEST_WRAPPED_LINE = 45
NEAR = 0.6


@reader(".txt", ".text")
def read_text(source: Source, report: Report) -> Draft:
    """A paragraph for each stretch between blank lines; without blank lines, a paragraph for each line."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\f]+", source.text) if m[0].strip()]
    stretches = list(_stretches(source.text, lines))
    if len(stretches) == 1 and len(lines) > 2 and not is_wrapped([source.text[slice(*line)] for line in lines]):
        stretches = lines
    return Draft(source, tuple(Block("paragraph", _text(source.text, *span)) for span in stretches))


def _stretches(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines right below one another as one stretch."""
    first = last = -1
    for start, end in lines:
        if last >= 0 and text[last:start] != "\n":
            yield first, last
            first = start
        first, last = (start if first < 0 else first), end
    if last >= 0:
        yield first, last


def _text(whole: str, start: int, end: int) -> Text:
    text = whole[start:end]
    if is_wrapped(text.split("\n")):
        text = text.replace("\n", " ")
    return Text((Run(text, start, end),)).strip()


def is_wrapped(lines: list[str]) -> bool:
    """Whether line ends are those of a typewriter or editor, not of verse or an address."""
    full = [len(line.strip()) for line in lines[:-1]]
    return bool(full) and min(full) >= max(SHORTEST_WRAPPED_LINE, NEAR * max(full))
