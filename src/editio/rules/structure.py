"""Rules for the parts of a letter or memorandum: heading, heading matter, opener, enclosures, closer, postscript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Draft, Field, Run, Text
from editio.registry import rule
from editio.rules.cues import (
    DOCUMENT_NUMBER,
    ENCLOSURE,
    EXCERPT,
    LONGEST_HEADING,
    NO_SIGNATURE,
    NUMBERED,
    POSTSCRIPT,
    SENTENCE_END,
    SEPARATOR,
    SUBJECT,
    classification,
    closing_role,
    cue,
    is_addressee,
    is_dateline,
    is_salute,
    list_head,
)

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
STYLED_KINDS = {"head": "heading", "quote": "quote", "l": "verse", "item": "item"}
# A line of a memorandum's head: “PLACE: …”, “From: …”
FIELD_LINE = re.compile(
    r"((?:[^\W\d_a-z]{2,}(?: [^\W\d_a-z]+){0,3}|From|Date|Place|Time|Via|Ref|Von|Datum|Ort) ?:)\s+(?=\S)"
)
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
        begun = any(one.kind == "paragraph" and not one.role for one in blocks)
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
    if any(block.kind == "heading" for block in draft.blocks):
        return draft
    first = next((i for i, block in enumerate(draft.blocks) if not _is_page(block)), None)
    if first is None or first + 1 >= len(draft.blocks) or not _heads(draft.blocks, first, settings):
        return draft
    blocks = list(draft.blocks)
    blocks[first] = replace(blocks[first], kind="heading", level=1, rule="document-heading")
    return replace(draft, blocks=tuple(blocks))


def _is_page(block: Block) -> bool:
    return block.role == "pb" or bool(
        re.fullmatch(r"\W*(?:[Pp]age|[Pp]\.|S\.|PAGE)\s*\w{1,5}\W*", block.text.plain.strip())
    )


def _heads(blocks: Sequence[Block], first: int, settings: Settings) -> bool:
    block, behind = blocks[first], blocks[first + 1]
    plain = re.sub(r"(?<=\D)[\d*†]{1,2}$|\[\d{1,2}\]$", "", block.text.plain.strip())
    own = cue(plain, "heading", settings)
    if block.kind != "paragraph" or block.role or (len(plain) > LONGEST_HEADING and not own) or "\n" in plain:
        return False
    if own or (COUNTED.match(plain) and not SENTENCE_END.search(plain) and not COUNTED.match(behind.text.plain)):
        return True
    lines = behind.text.lines()
    over = bool(lines) and (is_dateline(lines[0].plain) or list_head(lines[0].plain, settings) not in ("", "list"))
    return _is_title(plain, settings, 40 if over else 12) and (over or not is_salute(behind.text.plain, settings))


def _is_title(plain: str, settings: Settings, longest: int) -> bool:
    """Whether a line may be a title: some words that begin with a capital, no sentence and nothing a letter begins with."""
    said = is_dateline(plain) or is_addressee(plain) or is_salute(plain, settings) or classification(plain, settings)
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
    field = Field("abstract?behind", last.whole, "summary-behind")
    return replace(draft, blocks=draft.blocks[:-1], fields=(*draft.fields, field))


@rule(58, "A line such as “Enclosure” or “Annex 2” behind the beginning of a text heads a division of its own.")
def enclosure(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Begin a division where an enclosure begins."""
    blocks = list(draft.blocks)
    for index, block in enumerate(blocks[2:-1], 2):
        plain = block.text.plain.strip()
        if (
            block.kind == "paragraph"
            and not block.role
            and (ENCLOSURE.fullmatch(plain) or cue(plain, "enclosure", settings))
        ):
            blocks[index] = replace(block, kind="heading", level=2, type="enclosure", rule="enclosure")
    return replace(draft, blocks=tuple(blocks))


@rule(
    60,
    "Valediction, signature, date, enclosures, distribution and typist's mark at the end of a text or enclosure are "
    "its closer; what is said behind “P.S.” is a postscript.",
)
def closer(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Read the closer of each division upwards from its end, as far as every line is one of its kinds."""
    blocks: list[Block] = []
    part: list[Block] = []
    for block in (*draft.blocks, None):
        if block is None or (block.kind == "heading" and block.type == "enclosure"):
            blocks += _closed(part, settings)
            part = []
        if block is not None:
            part.append(block)
    return replace(draft, blocks=tuple(blocks))


def _closed(part: Sequence[Block], settings: Settings) -> list[Block]:
    """A division with its closer read."""
    end = max((i for i, block in enumerate(part, 1) if block.role != "pb"), default=0)
    blocks, pages = list(part[:end]), part[end:]
    found: list[Block] = []
    while len(blocks) > 1 and _may_close(blocks[-1]):
        block = blocks[-1]
        if POSTSCRIPT.match(block.text.plain.strip()) and not any(one.role == "closer:signed" for one in found):
            found.insert(0, replace(blocks.pop(), role="postscript", rule="closer"))
            continue
        lines = _closing_lines(block, settings)
        if not lines:
            lines = _surname(blocks, found)
        if not lines:
            break
        found = lines + found
        blocks.pop()
    if all(one.role in ("closer:mark", "postscript") for one in found):
        return list(part)
    return [*blocks, *found, *pages]


def _may_close(block: Block) -> bool:
    return (block.kind == "paragraph" and not block.role) or block.role.startswith("closer:")


def _closing_lines(block: Block, settings: Settings) -> list[Block]:
    """The lines of a block with their roles in a closer; nothing if one of them has none."""
    if block.role:
        return [block]
    if block.text.plain.lstrip("([").lower().startswith(("cc", "copies", "distribution", "verteiler")):
        role = closing_role(block.text.plain.strip(), settings)
        return [_closing(block.text, role)] if role else []
    lines = block.text.lines()
    roles = [closing_role(line.plain, settings) for line in lines]
    if not all(roles) or len(lines) > 8:
        return []
    return [_closing(line, role) for line, role in zip(lines, roles, strict=True) if role]


def _closing(text: Text, role: str) -> Block:
    if role in ("enclosure", "distribution", "mark"):
        return Block("paragraph", text, role="closer:mark", type=role, rule="closer")
    return Block("paragraph", text, role=f"closer:{role}", rule="closer")


def _surname(blocks: Sequence[Block], found: Sequence[Block]) -> list[Block]:
    """A telegram's signature: one capitalised word alone, behind running text."""
    plain = blocks[-1].text.plain.strip()
    signed = any(one.role == "closer:signed" for one in found)
    alone = re.fullmatch(r"[A-ZÀ-ÞА-Я][\w'’-]{2,20}(?: (?:Jr|Sr)\.)?", plain) and not SEPARATOR.fullmatch(plain)
    if signed or not alone or len(blocks) < 3 or plain.casefold() in NO_SIGNATURE:
        return []
    return [replace(_closing(blocks[-1].text, "signed"), cert="medium")]


@rule(
    70,
    "Heading matter is kept line by line: head with @type motto, letterhead, reference, excerpt or subject; "
    "addressees and salutes are the opener; a document's number is idno, its classification seg.",
)
def heading_matter(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Decide on the short lines before the text proper, and before that of each enclosure."""
    blocks = list(draft.blocks)
    decided: list[Block] = []
    begins, first = True, 0
    for index, block in enumerate(blocks):
        if block.kind == "heading" and block.type == "enclosure":
            begins, first = True, len(decided)
        lines = list(_heading_lines(block, decided[first:], settings)) if begins and index < len(blocks) - 1 else []
        begins = begins and bool(lines)
        decided += lines or [block]
    return replace(draft, blocks=tuple(decided))


def _heading_lines(block: Block, decided: list[Block], settings: Settings) -> Iterator[Block]:
    """The lines of a block of heading matter with their roles, or none when it is text."""
    plain = block.text.plain.strip()
    if block.role == "pb" or block.role.startswith("opener:") or _is_top(block, decided):
        yield block
        return
    if block.role or block.kind != "paragraph" or len(plain) > LONGEST_HEADING or NUMBERED.match(plain) or not plain:
        return
    lines = block.text.lines()
    if is_salute(lines[-1].plain, settings) and all(len(line.plain) < 90 for line in lines):
        yield from (_opening(line, "addrLine", number) for number, line in enumerate(lines[:-1]))
        yield _opening(lines[-1], "salute", len(lines) - 1)
    elif is_addressee(plain):
        yield from (_opening(line, "addrLine", number) for number, line in enumerate(lines))
    elif _is_dateline(lines):
        yield Block("paragraph", block.text, role="opener:dateline", rule="heading-matter")
    elif (field := FIELD_LINE.match(plain)) and "\n" not in plain and not SUBJECT.match(plain):
        label = block.text.slice(0, field.end(1))
        yield replace(block, label=label, text=block.text.slice(field.end()), rule="heading-matter")
    elif kind := _heading_type(plain, decided, settings):
        yield replace(block, role="head", type=kind, rule="heading-matter")


def _opening(line: Text, role: str, number: int) -> Block:
    """A line of an opener; ``level`` counts the lines of its block, so that they stay together."""
    return Block("paragraph", line, number, role=f"opener:{role}", rule="heading-matter")


def _is_top(block: Block, decided: Sequence[Block]) -> bool:
    """Whether a block may stand in the heading matter as it is: the first headings, and lists of who and what."""
    if block.kind == "item":
        return block.type == "head" or (bool(decided) and decided[-1].kind == "item")
    return block.kind == "heading" and not any(one.kind == "paragraph" and not one.role for one in decided)


def _is_dateline(lines: list[Text]) -> bool:
    """Whether short lines, one of them a date with or without a place, say where and when."""
    return any(is_dateline(line.plain) for line in lines) and all(len(line.plain) < 80 for line in lines)


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
