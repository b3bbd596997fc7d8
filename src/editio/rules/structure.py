"""Rules that decide what blocks of the text are: page breaks, heading matter, numbered items, opener and closer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from editio import codes
from editio.config import Settings
from editio.dates import only_date
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Field, Run, Text
from editio.registry import rule
from editio.rules.cues import (
    DOCUMENT_NUMBER,
    EXCERPT,
    LONGEST_HEADING,
    NUMBERED,
    PAGE,
    POSTSCRIPT,
    SENTENCE_END,
    SUBJECT,
    classification,
    closing_role,
    is_addressee,
    is_place_and_date,
    is_salute,
)


@rule(40, "A line that gives a page number of the source is a page beginning: pb, its number in @n.")
def page_break(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Turn “P. 12”, “[Page 12]” and “- 12 -” standing alone into page beginnings."""
    blocks, consumed = list[Block](), list(draft.consumed)
    for block in draft.blocks:
        match = PAGE.fullmatch(block.text.plain.strip()) if block.kind != "item" else None
        if match:
            consumed += [Consumed(run.start, run.end, "page-break") for run in block.text.runs]
            blocks.append(replace(block, role="pb", n=match["a"] or match["b"], rule="page-break"))
        else:
            blocks.append(block)
    return replace(draft, blocks=tuple(blocks), consumed=tuple(consumed))


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
            at = before.text.runs[-1].end
            mark = Run("", at, at, target=page.n, kind="page") if page else Run("", at, at, kind="break")
            blocks.append(replace(before, text=before.text + Text((Run(" ", at, at), mark)) + block.text))
            report.add(
                codes.JOINED_PARAGRAPH,
                draft.source.location(block.text.start),
                f"“… {_last_words(before.text)} | {_first_words(block.text)} …” is one sentence, broken by a blank line",
            )
        else:
            blocks += [page, block] if page else [block]
    return replace(draft, blocks=tuple(blocks))


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a paragraph of running text breaks off and the next one continues it."""
    if before.role or block.role or before.kind != "paragraph" or block.kind != "paragraph":
        return False
    first, last = block.text.plain.lstrip()[:1], before.text.plain.rstrip()
    return first.islower() and len(last) >= 40 and "\n" not in last and not SENTENCE_END.search(last)


def _last_words(text: Text) -> str:
    return " ".join(text.plain.split()[-3:])


def _first_words(text: Text) -> str:
    return " ".join(text.plain.split()[:3])


@rule(55, "On a page with labels of a web site behind the text, the paragraph behind the closer is a summary.")
def summary_behind(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move a summary that a web page puts between the document's closer and its labels to the header."""
    scraped = any(field.name == "furniture:web-page" for field in draft.fields)
    if not scraped or len(draft.blocks) < 3:
        return draft
    last, before = draft.blocks[-1], draft.blocks[-2]
    if not SENTENCE_END.search(last.text.plain.rstrip()) or closing_role(before.text.plain.strip()) is None:
        return draft
    field = Field("abstract?behind", last.whole, "summary-behind")
    return replace(draft, blocks=draft.blocks[:-1], fields=(*draft.fields, field))


@rule(60, "Valediction, signature, date and typist's mark at the end are the closer.")
def closer(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Read the closer from the end of the text upwards, as far as every line is one of its kinds."""
    blocks = list(draft.blocks)
    found: list[Block] = []
    while len(blocks) > 1 and blocks[-1].kind == "paragraph" and not blocks[-1].role:
        lines = blocks[-1].text.lines()
        if POSTSCRIPT.match(blocks[-1].text.plain.strip()) and not any(
            block.role == "closer:signed" for block in found
        ):
            found.insert(0, replace(blocks.pop(), role="postscript", rule="closer"))
            continue
        roles = [closing_role(line.plain) for line in lines]
        if not all(roles) or len(lines) > 8:
            break
        found = [
            Block("paragraph", line, role=f"closer:{role}", rule="closer")
            for line, role in zip(lines, roles, strict=True)
        ] + found
        blocks.pop()
    if all(block.role in ("closer:mark", "postscript") for block in found):
        return draft
    return replace(draft, blocks=(*blocks, *found))


@rule(
    70,
    "Heading matter is kept line by line: head with @type motto, letterhead, reference, excerpt or subject; "
    "addressees and salutes are the opener; a document's number is idno, its classification seg.",
)
def heading_matter(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Decide on the short lines before the text proper."""
    blocks = list(draft.blocks)
    last = len(blocks) - 1
    decided: list[Block] = []
    index = 0
    while index < last and blocks[index].kind in ("paragraph", "heading"):
        block = blocks[index]
        roles = [block] if block.role == "pb" else list(_heading_lines(block, decided, settings))
        if not roles:
            break
        decided += roles
        index += 1
    return replace(draft, blocks=(*decided, *blocks[index:]))


def _heading_lines(block: Block, decided: list[Block], settings: Settings) -> Iterator[Block]:
    """The lines of a block of heading matter with their roles, or none when it is text."""
    plain = block.text.plain.strip()
    if block.role or len(plain) > LONGEST_HEADING or NUMBERED.match(plain):
        return
    lines = block.text.lines()
    if block.kind == "heading":
        return
    if is_salute(lines[-1].plain) and all(len(line.plain) < 90 for line in lines):
        yield from (Block("paragraph", line, role="opener:addrLine", rule="heading-matter") for line in lines[:-1])
        yield Block("paragraph", lines[-1], role="opener:salute", rule="heading-matter")
    elif is_addressee(plain):
        yield from (Block("paragraph", line, role="opener:addrLine", rule="heading-matter") for line in lines)
    elif _is_dateline(lines):
        yield Block("paragraph", block.text, role="opener:dateline", rule="heading-matter")
    elif kind := _heading_type(plain, decided, settings):
        yield replace(block, role="head", type=kind, rule="heading-matter")


def _is_dateline(lines: list[Text]) -> bool:
    """Whether short lines, one of them a date with or without a place, say where and when."""
    dated = any(only_date(line.plain) or is_place_and_date(line.plain) for line in lines)
    return dated and all(len(line.plain) < 60 for line in lines)


def _heading_type(plain: str, decided: list[Block], settings: Settings) -> str:
    """Which line of a letterhead or document head this is; empty for running text."""
    ends = bool(SENTENCE_END.search(plain))
    if plain.endswith("!") and len(plain.split()) > 2 and len(plain) < 80:
        return "motto"
    if DOCUMENT_NUMBER.match(plain) or (classification(plain, settings) and not ends):
        return "reference"
    if EXCERPT.match(plain) and not ends:
        return "excerpt"
    begun = ends is False or any(one.role == "head" for one in decided)
    if (subject := SUBJECT.match(plain)) and len(plain) < 160 and (begun or subject[0].endswith(":")):
        return "subject"
    if not ends and len(plain) < 120 and any(len(word) > 4 and word.isupper() for word in plain.split()):
        return "letterhead"
    return ""


@rule(80, "Numbered paragraphs are items of a list; their numbers are kept as label and in @n.")
def numbered_item(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Make a list of paragraphs numbered one after the other, with the unnumbered ones that belong to them."""
    numbers = {i: int(match[2]) for i, block in enumerate(draft.blocks) if (match := _number(block))}
    blocks = list(draft.blocks)
    for run in _sequences(numbers, draft.blocks):
        continues = any(later - earlier > 1 for earlier, later in zip(run, run[1:], strict=False))
        end = _end_of_list(blocks, run[-1], continues)
        for i in range(run[0], end):
            blocks[i] = _as_item(blocks[i], i in run)
    return replace(draft, blocks=tuple(blocks))


def _number(block: Block) -> re.Match[str] | None:
    return NUMBERED.match(block.text.plain) if block.kind == "paragraph" and not block.role else None


def _sequences(numbers: dict[int, int], blocks: tuple[Block, ...]) -> Iterator[list[int]]:
    """Indexes of paragraphs whose numbers follow one another; at least two make a list."""
    run: list[int] = []
    for index, number in numbers.items():
        if run and number == numbers[run[-1]] + 1 and _only_text(blocks[run[-1] : index]):
            run.append(index)
            continue
        if len(run) > 1:
            yield run
        run = [index]
    if len(run) > 1:
        yield run


def _only_text(blocks: tuple[Block, ...]) -> bool:
    """Whether blocks are paragraphs and page beginnings, so that a list may go on behind them."""
    return all(block.kind == "paragraph" and block.role in ("", "pb") for block in blocks)


def _end_of_list(blocks: list[Block], last: int, continues: bool) -> int:
    """The last item takes the paragraphs up to the closer when an earlier one had more than one."""
    end = last + 1
    while continues and end < len(blocks) and blocks[end].kind == "paragraph" and blocks[end].role in ("", "pb"):
        end += 1
    return end


def _as_item(block: Block, starts: bool) -> Block:
    if block.role:
        return replace(block, rule="numbered-item")
    match = NUMBERED.match(block.text.plain) if starts else None
    if match is None:
        return replace(block, kind="item", rule="numbered-item")
    label, text = block.text.slice(0, match.end(1)), block.text.slice(match.end())
    return replace(block, kind="item", type="start", n=match[2], label=label, text=text, rule="numbered-item")
