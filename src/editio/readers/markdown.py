"""Markdown: CommonMark with notes, tables, definitions, verse, attributes and front matter, each character traced."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from editio import codes
from editio.config import Settings
from editio.diagnostics import Report
from editio.markdown.blocks import Blocks, tree
from editio.markdown.front_matter import front_matter
from editio.markdown.parser import markdown_parser
from editio.model import Block, Consumed, Draft, Field, Run, Source, Text
from editio.read import RESERVED_IDS
from editio.registry import reader

# Characters that end a line elsewhere, or that the parser would change, and others of the same length in their place.
SAME_LENGTH = {"\f": "\n", "\r": "\n", "\0": "\N{REPLACEMENT CHARACTER}"}
# Of one kind of fault in one document.
MOST_REPORTS = 20
# “[//]: # (words)” is how a comment is written in Markdown.
COMMENT = re.compile(r"(?m)^[ \t>]*\[(?://|comment|#)\]:[^\n]*")


def looks_like_markdown(text: str) -> bool:
    """Whether a text has headings with number signs, at least two, as other plain text has not."""
    return len(re.findall(r"(?m)^#{1,6} \S", text)) >= 2


@reader(".md", ".markdown", sniff=looks_like_markdown)
def read_markdown(source: Source, settings: Settings, report: Report) -> Draft:
    """Blocks as Markdown has them, notes at their references, front matter as fields of the header."""
    text = source.text
    for character, other in SAME_LENGTH.items():
        text = text.replace(character, other)
    matter = front_matter(text)
    text = re.sub(r"[^\n]", " ", text[: matter.end]) + text[matter.end :]
    parser, environment = markdown_parser(), dict[str, Any]()
    with collector_at_rest():
        nodes = tree(parser.parse(text, environment))
    blocks = Blocks(text, parser, environment, settings)
    blocks.found.ids.given |= {*RESERVED_IDS, source.id, settings.convert.brackets}
    with collector_at_rest():
        blocks.gather(nodes)
        placed = list(blocks.placed(nodes))
    placed += _unreferenced(blocks, source, report)
    _consume_definitions(blocks)
    placed += _left(source, text, placed, [*matter.consumed, *blocks.found.consumed], blocks.found.fields, report)
    _report_unread(blocks, source, report)
    ordered = tuple(block for _, block in sorted(placed, key=lambda one: one[0]) if _says_something(block))
    return Draft(
        source,
        ordered,
        (*matter.fields, *blocks.found.fields),
        (*matter.consumed, *blocks.found.consumed),
        language=matter.language,
    )


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No search for cycles while many small objects are made that have none: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _says_something(block: Block) -> bool:
    return bool(block.text or block.label or block.text.points or block.blocks or block.kind in ("item", "rule"))


def _report_unread(blocks: Blocks, source: Source, report: Report) -> None:
    message = "the paragraph is too long or too intricate; its markup is kept as text"
    for line in blocks.unread:
        report.add(codes.MARKUP_AS_TEXT, source.location(blocks.line_starts[line]), message)


def _unreferenced(blocks: Blocks, source: Source, report: Report) -> list[tuple[int, Block]]:
    """Notes without a reference, as paragraphs."""
    found = list(blocks.unreferenced())
    for start, block in found:
        if block.label:
            report.add(codes.UNREFERENCED_NOTE, source.location(start), f"nothing refers to “{block.label.plain[:-1]}”")
    return found


def _consume_definitions(blocks: Blocks) -> None:
    """Enter the addresses of links that were used as markup; others may be text."""
    for reference in blocks.environment.get("references", {}).values():
        start = blocks.line_starts[reference["map"][0]]
        end = blocks.end_of(reference["map"][1] - 1)
        if reference["href"] in blocks.targets or COMMENT.fullmatch(blocks.text, start, end):
            blocks.consume(start, end, "markdown-reference")


def _left(
    source: Source,
    text: str,
    placed: Iterable[tuple[int, Block]],
    consumed: Iterable[Consumed],
    fields: Iterable[Field],
    report: Report,
) -> Iterator[tuple[int, Block]]:
    """What no construct took, as paragraphs, so that nothing is lost: unused definitions, what is nested too deep."""
    spans = [(one.start, one.end) for one in consumed]
    spans += [(run.start, run.end) for field in fields for run in field.text.runs]
    spans += [(run.start, run.end) for _, block in placed for run in _runs(block)]
    at = told = 0
    for start, end in [*sorted(spans), (len(text), len(text))]:
        for line in re.compile(r"[^\n]+").finditer(text, at, start) if at < start else ():
            if not line[0].strip():
                continue
            if not line[0].lstrip().startswith("[") and (told := told + 1) <= MOST_REPORTS:
                report.add(codes.MARKUP_AS_TEXT, source.location(line.start()), "Markdown that cannot be read is text")
            yield line.start(), Block("paragraph", Text((Run(line[0], *line.span()),)).strip())
        at = max(at, end)


def _runs(block: Block) -> Iterator[Run]:
    """All runs of a block, those in its notes too."""
    for run in (*block.label.runs, *block.text.runs):
        yield run
        for inner in run.point.blocks if run.point else ():
            yield from _runs(inner)
    for inner in block.blocks:
        yield from _runs(inner)
