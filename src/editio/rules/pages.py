"""Rules for the pages of the source: where one begins, and paragraphs that its breaks tear apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editio import codes
from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Point, Run, Text
from editio.registry import rule
from editio.rules.cues import PAGE, SENTENCE_END, cue

# A page beginning in the midst of a line; one in parentheses may as well be a reference.
IN_TEXT = re.compile(
    r"\[\s*(?:[Pp](?:age|\.|g\.)|PAGE|[Ss](?:eite|\.)|[Ff]ol\.|[Сс]тр\.|с\.)\s*(?P<n>\d+[a-z]?|[ivxlcdm]+)\s*\]"
)
IN_PARENTHESES = re.compile(r"\((?:[Pp]\.|[Pp]age|S\.|с\.)\s*(?P<n>\d+)\)")


@rule(
    40, "The number of a page of the source, such as “[Page 12]”, “P. 12”, “- 12 -”, is a page beginning: pb with @n."
)
def page_break(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Turn page numbers standing alone or in square brackets in the text into page beginnings."""
    consumed = list(draft.consumed)
    references = _consecutive(draft)
    blocks: list[Block] = []
    for block in draft.blocks:
        blocks += _with_pages(block, settings, references, consumed)
    return replace(draft, blocks=tuple(_numbered(blocks)), consumed=tuple(consumed))


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Page breaks without number (form feeds) with the number that stands at the foot or head of their page."""
    kept: list[Block] = []
    for block in blocks:
        before = kept[-1] if kept else None
        if before is None or before.role != "pb" or block.role != "pb" or bool(before.n) == bool(block.n):
            kept.append(block)
        elif block.n:
            # at the head of the page that has just begun
            kept[-1] = block
        else:
            # at the foot of the page that ends: it began at the last break that has no number yet, or with the text
            foot = kept.pop()
            begun = next((i for i in range(len(kept) - 1, -1, -1) if kept[i].role == "pb"), -1)
            if begun >= 0 and not kept[begun].n:
                kept[begun] = foot
            elif begun < 0:
                kept.insert(0, foot)
            else:
                kept.append(foot)
            kept.append(block)
    if kept and kept[-1].n and kept[-1].role == "pb" and any(block.role == "pb" and not block.n for block in kept):
        # at the foot of the last page
        begun = max(i for i, block in enumerate(kept) if block.role == "pb" and not block.n)
        kept[begun] = kept.pop()
    return kept


def _with_pages(block: Block, settings: Settings, references: bool, consumed: list[Consumed]) -> Iterator[Block]:
    number = _page_number(block.text.plain, settings) if _may_be_number(block) else None
    if number is not None:
        _consume(block.text, consumed)
        yield Block("paragraph", Text(block.text.runs[:0]), role="pb", n=number, rule="page-break")
        yield from _kept_points(block)
        return

    def inside(text: Text) -> Text:
        return _inside(text, settings, references, consumed)

    yield block.with_texts(inside)


def _may_be_number(block: Block) -> bool:
    return block.kind in ("paragraph", "heading") and not block.role and not block.label


def _kept_points(block: Block) -> Iterator[Block]:
    points = tuple(run for run in block.text.runs if run.point)
    if points:
        yield Block("paragraph", Text(points))


def _page_number(line: str, settings: Settings) -> str | None:
    """The number of a line that is nothing but a page number."""
    line = line.strip()
    match = PAGE.fullmatch(line) if len(line) < 40 else None
    if match:
        return next(group for group in match.groups() if group)
    own = cue(line, "page", settings)
    return (own[1] if own.re.groups else "") if own else None


def _inside(text: Text, settings: Settings, references: bool, consumed: list[Consumed]) -> Text:
    found = list(_marks(text.plain, settings, references))
    for start, end, number in reversed(found):
        part = text.slice(start, end)
        _consume(part, consumed)
        point = Run("", part.start, part.start, point=Point("pb", (("n", number),)))
        text = text.replaced(start, end, point, *(run for run in part.runs if run.point))
    return text


def _marks(plain: str, settings: Settings, references: bool) -> Iterator[tuple[int, int, str]]:
    """Start, end and number of the page marks of a text, lines that are nothing but one among them."""
    if "[" in plain:
        yield from ((*match.span(), match["n"]) for match in IN_TEXT.finditer(plain))
    elif references and "(" in plain:
        yield from ((*match.span(), match["n"]) for match in IN_PARENTHESES.finditer(plain))
    elif "\n" in plain:
        for match in re.finditer(r"(?m)^.{1,40}$", plain):
            number = _page_number(match[0], settings)
            if number is not None and len(plain) > len(match[0]):
                yield *match.span(), number


def _consecutive(draft: Draft) -> bool:
    """Whether all “(p. 3)” of a document count on one by one, as references do not."""
    found = [int(match["n"]) for block in draft.blocks for match in IN_PARENTHESES.finditer(block.text.plain)]
    return len(found) > 1 and all(later == earlier + 1 for earlier, later in zip(found, found[1:], strict=False))


def _consume(text: Text, consumed: list[Consumed]) -> None:
    runs = [run for run in text.runs if run.text]
    for number, run in enumerate(runs):
        consumed.append(Consumed(run.start, run.end, "page-break", "" if number else " ".join(text.plain.split())))


@rule(
    50,
    'A sentence broken by a blank line or a page break is one paragraph; milestone unit="source-break" or pb '
    "keeps the place of the break.",
)
def joined_paragraph(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Join a paragraph that ends in mid-sentence with the one that goes on in lower case."""
    blocks: list[Block] = []
    for block in draft.blocks:
        page = blocks.pop() if len(blocks) > 1 and blocks[-1].role == "pb" and _goes_on(blocks[-2], block) else None
        if blocks and _goes_on(blocks[-1], block):
            before = blocks.pop()
            at = before.text.end
            point = (
                Point("pb", (*page.attributes, ("n", page.n)))
                if page
                else Point("milestone", (("unit", "source-break"),))
            )
            mark = Run("", at, at, point=point)
            text = before.text + Text((Run(" ", at, at), mark)) + block.text
            blocks.append(replace(before, text=text, rule=before.rule or "joined-paragraph"))
            report.add(
                codes.JOINED_PARAGRAPH,
                draft.source.location(block.text.start),
                f"“… {_last_words(before.text)} | {_first_words(block.text)} …” is one sentence, broken by "
                f"{'a page break' if page else 'a blank line'}",
            )
        else:
            blocks += [page, block] if page else [block]
    return replace(draft, blocks=tuple(blocks))


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a paragraph of running text breaks off and the next one continues it."""
    if before.role or block.role or before.kind != "paragraph" or block.kind != "paragraph" or block.label:
        return False
    first, last = block.text.plain.lstrip()[:1], before.text.plain.rstrip()
    return first.islower() and len(last) >= 40 and "\n" not in last and not SENTENCE_END.search(last)


def _last_words(text: Text) -> str:
    return " ".join(text.plain.split()[-3:])


def _first_words(text: Text) -> str:
    return " ".join(text.plain.split()[:3])
