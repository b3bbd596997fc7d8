"""Rules for speech and verse: who speaks, stage directions, lines of a poem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Draft
from editio.registry import rule
from editio.rules.cues import LIST_HEADS

# A speaker before a colon: up to six words, the first in upper case; “KING.” on its own line or before the speech in plays.
TITLE = r"(?:\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Amb|Sen|Rep|Gov|Hon|Rev|St|Hr|Fr|[^\W\d_a-z])\.)"
SPEAKER = re.compile(
    rf"(?P<name>(?:{TITLE} ?)?[^\W\d_a-z](?:[^\n:.!?;\[\]]|{TITLE}){{0,60}}?(?: ?\([^)\n]{{1,40}}\))?)(?P<end>:)\s+(?=\S)"
)
PLAY = re.compile(r"(?P<name>[^\W\d_a-z][^\W\d_a-z .'’-]{1,40})(?P<end>[.:])\s*(?:\n|(?=\S)|$)")
STAGE = re.compile(r"[(\[][^()\[\]]{2,300}[)\]]|(?:Enter|Exit|Exeunt|Re-enter)\b[^\n]{0,200}", re.DOTALL)
LEAST = 3
WORDS = 6
NEVER = frozenset(
    {*LIST_HEADS, "note", "comment", "source", "ref", "reference", "re", "place", "date", "to", "from", "p.s", "ps"}
)


@rule(
    75,
    "Paragraphs that begin with a speaker and a colon are speeches: the speaker is a label, in plays and minutes sp.",
)
def speech(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Read the speakers of a conversation, where at least three paragraphs name one and a speaker speaks again."""
    if settings.convert.speeches == "off":
        return draft
    play = settings.convert.speeches == "sp"
    found = {index: match for index, block in enumerate(draft.blocks) if (match := _speaker(block, play))}
    names = Counter(_name(match) for match in found.values())
    often = {name for name, count in names.items() if count > 1}
    if len(found) < LEAST or not often:
        return draft
    stretch = range(
        min(i for i, m in found.items() if _name(m) in often), 1 + max(i for i, m in found.items() if _name(m) in often)
    )
    blocks = list(draft.blocks)
    for index, match in found.items():
        if index in stretch and (_name(match) in often or 2 * len(found) > len(stretch)):
            blocks[index] = _spoken(blocks[index], match, play)
    if play:
        blocks = [_staged(block) if index in stretch else block for index, block in enumerate(blocks)]
    return replace(draft, blocks=tuple(blocks))


def _speaker(block: Block, play: bool) -> re.Match[str] | None:
    if block.kind != "paragraph" or block.role or block.label:
        return None
    plain = block.text.plain
    match = SPEAKER.match(plain) or (PLAY.match(plain) if play else None)
    if match is None or len(match["name"].split()) > WORDS or match["name"].casefold() in NEVER:
        return None
    return match


def _name(match: re.Match[str]) -> str:
    return re.sub(r"\s*\(.*", "", match["name"]).strip().casefold()


def _spoken(block: Block, match: re.Match[str], play: bool) -> Block:
    label, text = block.text.slice(0, match.end("end")), block.text.slice(match.end())
    return replace(block, role="sp" if play else "", label=label, text=text, rule="speech", type="speaker")


def _staged(block: Block) -> Block:
    """A paragraph of a play that is nothing but a stage direction."""
    if block.kind != "paragraph" or block.role or not STAGE.fullmatch(block.text.plain.strip()):
        return block
    return replace(block, role="stage", rule="speech")


@rule(85, "A paragraph of short lines that each begin with a capital is a stanza: lg with l.")
def verse(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Tell stanzas from addresses and lists by their lines: by the setting ``lines``, else by there being enough."""
    if settings.convert.lines in ("keep", "join"):
        return draft
    stanzas = [
        index for index, block in enumerate(draft.blocks) if _is_stanza(block, settings.convert.lines == "verse")
    ]
    lines = sum(len(draft.blocks[index].text.lines()) for index in stanzas)
    if settings.convert.lines == "auto" and (lines < 8 or 2 * len(stanzas) < _paragraphs(draft.blocks)):
        return draft
    blocks = list(draft.blocks)
    for index in stanzas:
        blocks[index] = replace(blocks[index], kind="verse", rule="verse")
    return replace(draft, blocks=tuple(blocks))


def _paragraphs(blocks: Sequence[Block]) -> int:
    return sum(block.is_plain for block in blocks)


def _is_stanza(block: Block, sure: bool) -> bool:
    if block.kind != "paragraph" or block.role or block.label or "\n" not in block.text.plain.strip():
        return False
    lines = [line.plain.strip("\"'“‘„«([ ") for line in block.text.lines()]
    if sure:
        return True
    capital = sum(not line[:1].islower() for line in lines)
    return len(lines) >= 2 and capital >= 0.8 * len(lines) and max(map(len, lines)) < 75 and not _tabular(block)


def _tabular(block: Block) -> bool:
    return "\t" in block.text.plain or bool(re.search(r"\d\s*$", block.text.plain, re.MULTILINE))
