"""Rules for headings inside a text: chapters, articles, acts and scenes, days of a diary, items of an agenda."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Draft
from editio.registry import rule
from editio.rules.cues import NUMBERED, SENTENCE_END, is_entry, is_salute

# What is counted in headings, by language; a number must follow or, in German ordinals, precede.
DIVISIONS = {
    "en": "Act|Article|Book|Canto|Chapter|Letter|Part|Scene|Section",
    "de": "Abschnitt|Akt|Artikel|Aufzug|Auftritt|Buch|Kapitel|Szene|Teil",
    "fr": "Acte|Chapitre|Livre|Partie|Scène|Titre",
    "ru": "Глава|Действие|Книга|Раздел|Статья|Сцена|Часть|Явление",
}
# What a sentence may follow on the same line
LAWS = frozenset({"article", "section", "artikel", "abschnitt", "статья", "раздел"})
KINDS = "|".join(DIVISIONS.values())
ORDINAL = r"(?:Erst|Zweit|Dritt|Viert|Fünft|Sechst|Siebent|Siebt|Acht|Neunt|Zehnt)e[rs]?"
COUNTED = re.compile(
    rf"(?:(?:The |THE )?(?P<kind>(?i:{KINDS}))\s+(?:the )?"
    rf"(?:\d{{1,3}}|[IVXLC]{{1,7}}|[ivxlc]{{1,7}}|One|Two|Three|First|Second|Third|Last)"
    rf"|{ORDINAL} (?P<german>(?i:{KINDS})))(?![\w-])[.:]?(?:\s*[—–-]?\s*[^\W\d_a-z].{{0,70}})?"
)
LEAST_ENTRIES = 3
LONGEST_ITEM = 8
LEAST_ITEMS = 3


@rule(24, "“Chapter I”, “Article 2”, “Act I. Scene I.” alone on a line, and the days of a diary, head divisions.")
def division_heading(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Find the headings of plain text that count, by their words, and days that stand over at least three entries."""
    if any(block.kind == "heading" for block in draft.blocks):
        return draft
    kinds = {index: kind for index, block in enumerate(draft.blocks[:-1]) if (kind := _kind(block))}
    days = [index for index in range(len(draft.blocks) - 1) if _heads_entry(draft.blocks, index, settings)]
    if len(days) >= LEAST_ENTRIES:
        kinds |= dict.fromkeys(days, "day")
    ranks = list(dict.fromkeys(kind for _, kind in sorted(kinds.items())))
    top = 1 if 0 in kinds else 2
    blocks = [
        replace(block, kind="heading", level=top + ranks.index(kinds[i]), rule="division-heading")
        if i in kinds
        else block
        for i, block in enumerate(draft.blocks)
    ]
    return replace(draft, blocks=tuple(blocks))


def _kind(block: Block) -> str:
    """What a line counts, in lower case, if it is such a heading: “chapter”."""
    plain = block.text.plain.strip()
    match = COUNTED.fullmatch(plain) if block.is_line and len(plain) < 100 else None
    if match is None:
        return ""
    kind = match["kind"] or match["german"]
    behind = plain[match.end("kind") if match["kind"] else match.end("german") :]
    # “Article 3 was read.” is a sentence, “Section 2. The Congress shall meet.” a law; “Act I. A wood.” is none
    sentence = re.match(r"\s+\w+ [a-z]", behind) or (
        kind.casefold() in LAWS and re.search(r"\w\.? .*\.$", behind.strip())
    )
    return "" if sentence or not kind[:1].isupper() else kind.casefold()


def _heads_entry(blocks: Sequence[Block], index: int, settings: Settings) -> bool:
    """Whether a line is a day over running text, and no dateline over a salute."""
    block, behind = blocks[index], blocks[index + 1]
    entry = block.is_line and is_entry(block.text.plain)
    return entry and behind.kind == "paragraph" and not is_salute(behind.text.plain.split("\n")[0], settings)


@rule(79, "Short numbered lines that count on, each over running text, are the headings of an agenda.")
def agenda_item(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Make headings of “1. Minutes”, “2. Treasurer's report”, where what was said stands below each."""
    found = [index for index, block in enumerate(draft.blocks) if _is_item(block)]
    numbers = [_number(draft.blocks[index]) for index in found]
    over = all(_is_said(draft.blocks[index + 1 : index + 2]) for index in found)
    if len(found) < LEAST_ITEMS or numbers != list(range(1, len(found) + 1)) or not over:
        return draft
    level = 1 + max((block.level for block in draft.blocks[: found[0]] if block.kind == "heading"), default=0)
    blocks = list(draft.blocks)
    for index in found:
        blocks[index] = replace(blocks[index], kind="heading", level=level, rule="agenda-item")
    return replace(draft, blocks=tuple(blocks))


def _is_item(block: Block) -> bool:
    match = NUMBERED.match(block.text.plain) if block.is_line else None
    return match is not None and match["number"] is not None and match["number"].isdigit()


def _number(block: Block) -> int:
    """The number of a short title; 0 of a sentence."""
    match = NUMBERED.match(block.text.plain)
    plain = block.text.plain.strip()
    short = len(plain.split()) <= LONGEST_ITEM and not SENTENCE_END.search(plain)
    return int(match["number"]) if match and short else 0


def _is_said(behind: Sequence[Block]) -> bool:
    """Whether a block is running text."""
    plain = behind[0].text.plain.strip() if behind else ""
    return bool(plain) and behind[0].is_line and bool(SENTENCE_END.search(plain)) and not NUMBERED.match(plain)
