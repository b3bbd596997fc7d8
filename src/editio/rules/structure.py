"""Rules for the beginning of a letter or memorandum: heading, heading matter, opener, enclosures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, BlockKind, Draft, Run, Text
from editio.registry import rule
from editio.rules.cues import (
    DESPATCH_NUMBER,
    DOCUMENT_NUMBER,
    ENCLOSURE,
    EXCERPT,
    LONGEST_HEADING,
    NUMBERED,
    SENTENCE_END,
    SUBJECT,
    classification,
    closing_role,
    cue,
    is_addressed,
    is_addressee,
    is_correspondents,
    is_dateline,
    is_entry,
    is_salute,
    list_head,
)
from editio.rules.metadata import fields_of

# Roles of paragraphs whose style says what they are, before the text and behind it.
STYLED_ROLES = {
    "salute": ("opener:salute", "closer:salute"),
    "dateline": ("opener:dateline", "closer:dateline"),
    "addrLine": ("opener:addrLine", "closer:mark"),
    "address": ("opener:addrLine", "closer:mark"),
    "signed": ("closer:signed", "closer:signed"),
    "closer": ("closer:salute", "closer:salute"),
    "opener": ("opener:salute", "opener:salute"),
    "postscript": ("postscript", "postscript"),
    "trailer": ("trailer", "trailer"),
    "stage": ("stage", "stage"),
}
STYLED_KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quote", "l": "verse", "item": "item"}
# A line of a memorandum's head: “PLACE: …”, “From: …”
FIELD_LINE = re.compile(
    r"((?:[^\W\d_a-z]{2,}(?: [^\W\d_a-z]+){0,3}|From|Date|Place|Time|Via|Ref|Von|Datum|Ort) ?:)\s+(?=\S)"
)
LONGEST_LINE = 90
# What a heading of a document begins with in collections: “41. Telegram From …”, “No. 12”
COUNTED = re.compile(r"\[?(?:(?:No|Nr|Doc(?:ument)?)\.? ?|№ ?)?\d{1,4}[.)\]:]\s+(?=\S)")


@rule(2, "A paragraph whose style is named like a TEI element, or mapped to one, is that element.")
def styled(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Give paragraphs of such styles the role their place makes it."""
    blocks: list[Block] = []
    for block in draft.blocks:
        name = block.role.removeprefix("tei:") if block.role.startswith("tei:") else ""
        if not name:
            blocks.append(block)
            continue
        if blocks and blocks[-1].role == "element:speaker" and name in ("p", "sp", "l"):
            blocks[-1] = replace(block, role="sp", label=blocks[-1].text, rule="styled")
            continue
        begun = any(one.is_plain for one in blocks)
        blocks.append(_of_style(replace(block, role="", rule="styled", text=block.whole, label=Text()), name, begun))
    return replace(draft, blocks=tuple(_joined_stanzas(blocks)))


def _of_style(block: Block, name: str, begun: bool) -> Block:
    if name in STYLED_ROLES:
        return replace(block, role=STYLED_ROLES[name][begun])
    if name in STYLED_KINDS:
        kind = STYLED_KINDS[name]
        return replace(block, kind=kind, level=block.level or 1, type="start" if kind == "item" else block.type)
    return block if name == "p" else replace(block, role=f"element:{name}")


def _joined_stanzas(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lines of verse right behind one another as one stanza."""
    stanza: Block | None = None
    for block in blocks:
        if stanza and block.kind == "verse" and block.rule == "styled":
            at = stanza.text.end
            stanza = replace(stanza, text=stanza.text + Text((Run("\n", at, at),)) + block.text)
            continue
        if stanza:
            yield stanza
        stanza = block if block.kind == "verse" and block.rule == "styled" else None
        if stanza is None:
            yield block
    if stanza:
        yield stanza


@rule(25, "The first line of a text without headings, short and no sentence, is its head.")
def document_heading(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Find the heading of plain text: counted as in collections, or over a dateline or list of who was there."""
    if any(block.kind == "heading" and block.rule != "division-heading" for block in draft.blocks):
        return draft
    first = next((i for i, block in enumerate(draft.blocks) if not _is_page(block)), None)
    if first is None or first + 1 >= len(draft.blocks) or not _heads(draft.blocks, first, settings):
        return draft
    blocks = list(draft.blocks)
    blocks[first] = replace(blocks[first], kind="heading", level=1, rule="document-heading")
    return replace(draft, blocks=tuple(blocks))


def _is_page(block: Block) -> bool:
    """Whether a block may stand over the heading: a page's number, or that of a despatch."""
    plain = block.text.plain.strip()
    return (
        block.role == "pb"
        or bool(DESPATCH_NUMBER.fullmatch(plain))
        or bool(re.fullmatch(r"\W*(?:[Pp]age|[Pp]\.|S\.|PAGE)\s*\w{1,5}\W*", plain))
    )


def _heads(blocks: Sequence[Block], first: int, settings: Settings) -> bool:
    block, behind = blocks[first], blocks[first + 1]
    plain = re.sub(r"(?<=\D)[\d*†]{1,2}$|\[\d{1,2}\]$", "", block.text.plain.strip())
    own = cue(plain, "heading", settings)
    if block.kind != "paragraph" or block.role or (len(plain) > LONGEST_HEADING and not own) or "\n" in plain:
        return False
    counted = COUNTED.match(plain) and not SENTENCE_END.search(plain) and not COUNTED.match(behind.text.plain)
    if own or counted or is_correspondents(plain):
        return True
    lines = behind.text.lines()
    over = bool(lines) and (is_dateline(lines[0].plain) or list_head(lines[0].plain, settings) not in ("", "list"))
    return _is_title(plain, settings, 40 if over else 12) and (over or not is_salute(behind.text.plain, settings))


def _is_title(plain: str, settings: Settings, longest: int) -> bool:
    """Whether a line may be a title: some words that begin with a capital, no sentence and nothing a letter begins with."""
    said = is_dateline(plain) or is_entry(plain) or is_addressee(plain) or is_salute(plain, settings)
    said = said or bool(classification(plain, settings))
    shouts = any(len(word) > 4 and word.isupper() for word in plain.split()) and longest < 40
    names = DOCUMENT_NUMBER.match(plain) or EXCERPT.match(plain) or SUBJECT.match(plain) or FIELD_LINE.match(plain)
    if said or names or shouts or plain.endswith((",", "-", "–")) or SENTENCE_END.search(plain):
        return False
    return 1 < len(plain.split()) < longest and plain[:1].isupper()


@rule(55, "On a page with labels of a web site behind the text, the paragraph behind the closer is a summary.")
def summary_behind(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move a summary that a web page puts between the document's closer and its labels to the header."""
    scraped = any(field.name == "furniture:web-page" for field in draft.fields)
    if not scraped or len(draft.blocks) < 3:
        return draft
    last, before = draft.blocks[-1], draft.blocks[-2]
    if not SENTENCE_END.search(last.text.plain.rstrip()) or closing_role(before.text.plain.strip(), settings) is None:
        return draft
    fields = fields_of("abstract?behind", last, "summary-behind")
    return replace(draft, blocks=draft.blocks[:-1], fields=(*draft.fields, *fields))


@rule(58, "A line such as “Enclosure” or “Annex 2” behind the beginning of a text heads a division of its own.")
def enclosure(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Begin a division where an enclosure begins."""
    blocks = list(draft.blocks)
    for index, block in enumerate(blocks[2:-1], 2):
        plain = block.text.plain.strip()
        if (
            block.kind in ("paragraph", "heading")
            and not block.role
            and (ENCLOSURE.fullmatch(plain) or cue(plain, "enclosure", settings))
        ):
            blocks[index] = replace(block, kind="heading", level=2, type="enclosure", rule="enclosure")
    return replace(draft, blocks=tuple(blocks))


@rule(
    70,
    "Heading matter is kept line by line: head with @type motto, letterhead, reference, excerpt, correspondents or "
    "subject; addressees, salutes and their datelines are the opener; a document's number is idno, its classification seg.",
)
def heading_matter(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Decide on the short lines before the text proper, and before that of each enclosure and letter."""
    decided: list[Block] = []
    begins, first = True, 0
    for index, block in enumerate(draft.blocks):
        if block.kind == "heading" and (block.type == "enclosure" or _closes_above(draft.blocks, index)):
            begins, first = True, len(decided)
        behind = draft.blocks[index + 1 :]
        lines = list(_heading_lines(block, decided[first:], behind, settings)) if begins and behind else []
        begins = begins and bool(lines)
        decided += lines or [block]
    return replace(draft, blocks=tuple(_openers(decided)))


def _closes_above(blocks: Sequence[Block], index: int) -> bool:
    """Whether a letter ends right above a block."""
    above = next((block for block in reversed(blocks[:index]) if block.role != "pb"), None)
    return above is not None and above.role.startswith(("closer:", "postscript"))


def _heading_lines(block: Block, decided: list[Block], behind: Sequence[Block], settings: Settings) -> Iterator[Block]:
    """The lines of a block of heading matter with their roles, or none when it is text."""
    plain = block.text.plain.strip()
    if block.role == "pb" or block.role.startswith("opener:") or _is_top(block, decided):
        yield block
        return
    if block.role or block.kind != "paragraph" or len(plain) > LONGEST_HEADING or NUMBERED.match(plain) or not plain:
        return
    opening = list(_opening_lines(block, behind, settings))
    if opening:
        yield from opening
    elif (field := FIELD_LINE.match(plain)) and "\n" not in plain and not SUBJECT.match(plain):
        label = block.text.slice(0, field.end(1))
        yield replace(block, label=label, text=block.text.slice(field.end()), rule="heading-matter")
    elif kind := _heading_type(plain, decided, settings):
        yield replace(block, role="head", type=kind, rule="heading-matter")


def _opening_lines(block: Block, behind: Sequence[Block], settings: Settings) -> Iterator[Block]:
    """The lines of a block that belong to an opener: address, salute, dateline, a despatch's number; else nothing."""
    lines = block.text.lines()
    short = all(len(line.plain) < LONGEST_LINE for line in lines)
    greets = next((i for i, line in enumerate(lines) if is_salute(line.plain, settings)), None)
    if DESPATCH_NUMBER.fullmatch(lines[0].plain.strip()):
        yield replace(_opening(lines[0], "mark", 0), type="number")
        if rest := lines[1:]:
            text = block.text.slice(block.text.plain.index("\n")).strip()
            yield from (
                _opening_lines(replace(block, text=text), behind, settings)
                if _is_dateline(rest)
                else (_opening(line, "mark", number) for number, line in enumerate(rest, 1))
            )
    elif greets is not None and short and all(is_salute(line.plain, settings) for line in lines[greets:]):
        yield from _greeting(block, lines, greets)
    elif is_addressee(block.text.plain.strip()) or (short and _addresses(block, behind, settings)):
        yield from (_opening(line, "addrLine", number) for number, line in enumerate(lines))
    elif _is_dateline(lines):
        yield Block("paragraph", block.text, role="opener:dateline", rule="heading-matter")


def _greeting(block: Block, lines: Sequence[Text], greets: int) -> Iterator[Block]:
    """A dateline or address over a salute, and the salute, of one line or more."""
    above = lines[:greets]
    if above and _is_dateline(above):
        end = block.text.plain.index(lines[greets].plain)
        yield _opening(block.text.slice(0, end).strip(), "dateline", 0)
    else:
        yield from (_opening(line, "addrLine", number) for number, line in enumerate(above))
    start = block.text.plain.index(lines[greets].plain)
    yield _opening(block.text.slice(start).strip(), "salute", greets)


def _addresses(block: Block, behind: Sequence[Block], settings: Settings) -> bool:
    """Whether short lines are an address: they say for whom, and end in a colon or stand over a salute."""
    plain = block.text.plain.strip()
    salute = bool(behind) and behind[0].kind == "paragraph" and is_salute(behind[0].text.plain.split("\n")[0], settings)
    several = "\n" in plain and salute and not any(is_dateline(line) for line in plain.split("\n"))
    return several or (is_addressed(plain) and (salute or plain.endswith(":")) and not plain.endswith("."))


def _openers(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, the lines of an opener together; a dateline right below a counted heading is the editors' own.

    A dateline by itself is an opener only where no heading stands over it.
    """
    heading: Block | None = None
    before: Block | None = None
    for block in blocks:
        opens = block.role.startswith("opener:")
        dateline = before is not None and before.role == "opener:dateline"
        counted = heading is not None and heading.kind == "heading" and COUNTED.match(heading.whole.plain) is not None
        together = before is not None and before.role.startswith("opener:") and not (counted and dateline)
        alone = heading is None and block.role == "opener:dateline"
        before = replace(block, level=max(block.level, 1)) if opens and (together or alone) else block
        heading = block if block.kind == "heading" or block.role == "head" else heading
        yield before


def _opening(line: Text, role: str, number: int) -> Block:
    """A line of an opener; ``level`` counts the lines of its block, so that they stay together."""
    return Block("paragraph", line, number, role=f"opener:{role}", rule="heading-matter")


def _is_top(block: Block, decided: Sequence[Block]) -> bool:
    """Whether a block may stand in the heading matter as it is: the first headings, and lists of who and what."""
    if block.kind == "item":
        return block.type == "head" or (bool(decided) and decided[-1].kind == "item")
    text = any(one.is_plain for one in decided)
    return block.kind == "heading" and not text and not (decided and block.rule == "division-heading")


def _is_dateline(lines: Sequence[Text]) -> bool:
    """Whether short lines, one of them a date with or without a place, say where and when."""
    return any(is_dateline(line.plain) for line in lines) and all(len(line.plain) < 80 for line in lines)


def _heading_type(plain: str, decided: list[Block], settings: Settings) -> str:
    """Which line of a letterhead or document head this is; empty for running text."""
    if is_correspondents(plain) and len(plain.split()) > 3 and all(one.kind == "heading" for one in decided):
        return "correspondents"
    return _letterhead_type(plain, decided, settings)


def _letterhead_type(plain: str, decided: list[Block], settings: Settings) -> str:
    ends = bool(SENTENCE_END.search(plain))
    if plain.endswith("!") and len(plain.split()) > 2 and len(plain) < 80:
        return "motto"
    if DOCUMENT_NUMBER.match(plain) or (classification(plain, settings) and not ends):
        return "reference"
    if EXCERPT.match(plain) and (not ends or plain.startswith("[")):
        return "excerpt"
    begun = ends is False or any(one.role == "head" for one in decided)
    if (subject := SUBJECT.match(plain)) and len(plain) < 160 and (begun or subject[0].endswith(":")):
        return "subject"
    if not ends and len(plain) < 120 and any(len(word) > 4 and word.isupper() for word in plain.split()):
        return "letterhead"
    return ""
