"""The rule for the end of a letter: valediction, signature and office, date, address, attestations, postscript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Draft, Run, Text
from editio.registry import rule
from editio.rules.cues import (
    NO_SIGNATURE,
    POSTSCRIPT,
    SENTENCE_END,
    SEPARATOR,
    VALEDICTION,
    closing_role,
    in_capitals,
    is_addressed,
    is_name_alone,
    is_office,
    is_signature,
)

MOST_LINES = 10
LONGEST_LINE = 70
# More names than these, and nothing else that closes, are a list of names.
MOST_NAMES = 2
ADDRESSING = re.compile(r"(?:Dear|My|Sir|Madam|Mr|Mrs|Your)\b")


@rule(
    60,
    "Valediction, signature with office, date, address, enclosures, distribution and typist's mark at the end of a text, "
    "letter or enclosure are its closer; what is said behind “P.S.” is a postscript.",
)
def closer(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Read the closer of each division upwards from its end, as far as every line is one of its kinds."""
    blocks: list[Block] = []
    part: list[Block] = []
    for block in draft.blocks:
        if block.kind == "heading" and part:
            sure = block.type == "enclosure"
            blocks += _closed(part, settings) if sure else _closed_letter(part, settings)
            part = []
        part.append(block)
    return replace(draft, blocks=(*blocks, *_closed(part, settings)))


def _closed_letter(part: Sequence[Block], settings: Settings) -> list[Block]:
    """A part before another heading with its closer read, if it takes its leave as a letter does."""
    blocks = _closed(part, settings)
    roles = {block.role for block in blocks}
    return blocks if {"closer:salute", "closer:signed"} <= roles else list(part)


def _closed(part: Sequence[Block], settings: Settings) -> list[Block]:
    """A division with its closer read."""
    end = max((i for i, block in enumerate(part, 1) if block.role != "pb"), default=0)
    blocks, pages = list(part[:end]), part[end:]
    found: list[Block] = []
    while len(blocks) > 1 and _may_close(blocks[-1]):
        lines = _postscript(blocks, found) or _foot(blocks, found, settings)
        lines = lines or _closing_lines(blocks[-1], settings) or _surname(blocks, found)
        if not lines:
            break
        found = lines + found
        blocks.pop()
    if not found or all(one.role in ("closer:mark", "postscript") for one in found) or _lists_names(found):
        return list(part)
    return [*blocks, *_with_offices(found), *pages]


def _may_close(block: Block) -> bool:
    return block.is_plain or block.role.startswith("closer:")


def _lists_names(found: Sequence[Block]) -> bool:
    """Whether lines that might be signatures are a list of names."""
    if any(one.role in ("closer:salute", "closer:dateline") for one in found):
        return False
    names = [one for one in found if one.role == "closer:signed" and not in_capitals(one.text.plain.split("\n")[0])]
    return len(names) > MOST_NAMES


def _postscript(blocks: Sequence[Block], found: Sequence[Block]) -> list[Block]:
    signed = any(one.role == "closer:signed" for one in found)
    if signed or blocks[-1].role or not POSTSCRIPT.match(blocks[-1].text.plain.strip()):
        return []
    return [replace(blocks[-1], role="postscript", rule="closer")]


def _foot(blocks: Sequence[Block], found: Sequence[Block], settings: Settings) -> list[Block]:
    """What stands below a signature and is none: whom the letter is for, or the office of who signs."""
    plain = blocks[-1].text.plain.strip()
    unsigned = not blocks[-1].role and not any(one.role == "closer:signed" for one in found)
    if not unsigned or len(blocks) < 3 or not (is_addressed(plain) or is_office(plain)):
        return []
    signature = blocks[-3] if is_office(blocks[-2].text.plain) else blocks[-2]
    above = _closing_lines(signature, settings) if _may_close(signature) else []
    if not above or above[-1].role != "closer:signed":
        return []
    if is_addressed(plain):
        return [_closing(blocks[-1].text, "address")]
    return [Block("paragraph", blocks[-1].text, role="closer:office", rule="closer")]


def _with_offices(found: Sequence[Block]) -> Iterator[Block]:
    """The lines of a closer, an office joined to the signature above it."""
    signed: Block | None = None
    for one in found:
        if one.role == "closer:office" and signed:
            at = signed.text.end
            signed = replace(signed, text=signed.text + Text((Run("\n", at, at),)) + one.text)
            continue
        if signed:
            yield signed
        signed = replace(one, role="closer:signed") if one.role in ("closer:signed", "closer:office") else None
        if not signed:
            yield one
    if signed:
        yield signed


@dataclass(frozen=True)
class _Line:
    """A line of a block: its offsets there, and what it is in a closer."""

    start: int
    end: int
    role: str = ""


def _closing_lines(block: Block, settings: Settings) -> list[Block]:
    """The lines of a block with their roles in a closer; nothing if one of them has none."""
    if block.role:
        return [block]
    plain = block.text.plain
    if plain.lstrip("([").lower().startswith(("cc", "copies", "distribution", "verteiler")):
        role = closing_role(plain.strip(), settings)
        return [_closing(block.text, role)] if role else []
    lines = [_Line(*m.span()) for m in re.finditer(r"[^\n]+", plain) if m[0].strip()]
    if len(lines) > MOST_LINES:
        return []
    lines = _with_roles(plain, [part for line in lines for part in _divided(plain, line)], settings)
    if not all(line.role for line in lines):
        return []
    return [_closing(block.text.slice(line.start, line.end).strip(), line.role) for line in _joined(lines)]


def _divided(plain: str, line: _Line) -> Iterator[_Line]:
    """A line, in two if it holds a valediction and a signature: “Yours ever, A. B.”"""
    for match in re.finditer(r",\s+", plain[line.start : line.end]):
        middle = line.start + match.end()
        leave, name = plain[line.start : middle].strip(), plain[middle : line.end]
        if VALEDICTION.fullmatch(leave) and is_signature(name) and not ADDRESSING.match(name):
            yield _Line(line.start, middle)
            yield _Line(middle, line.end)
            return
    yield line


def _with_roles(plain: str, lines: Sequence[_Line], settings: Settings) -> list[_Line]:
    """Lines with their roles; what follows a valediction continues it, or is a name, and a name's office follows it."""
    found: list[_Line] = []
    for line in lines:
        words = plain[line.start : line.end].strip()
        before = found[-1].role if found else ""
        last = line is lines[-1]
        role = closing_role(words, settings) or ""
        if before in ("signed", "office") and is_office(words):
            role = "office"
        elif before == "salute" and role in ("", "signed") and not in_capitals(words):
            name = is_name_alone(words) if last else role == "signed"
            role = "signed" if name else role or ("salute" if len(words) < LONGEST_LINE else "")
        elif before == "signed" and not role and is_addressed(plain[line.start :]):
            found.append(_Line(line.start, lines[-1].end, "address"))
            break
        found.append(replace(line, role=role))
    return found


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of one valediction as one, and the office with the signature."""
    found: list[_Line] = []
    for line in lines:
        before = found[-1].role if found else ""
        if (before, line.role) in (("salute", "salute"), ("signed", "office")):
            found[-1] = replace(found[-1], end=line.end)
        else:
            found.append(line)
    return found


def _closing(text: Text, role: str) -> Block:
    if role in ("salute", "signed", "dateline"):
        return Block("paragraph", text, role=f"closer:{role}", rule="closer")
    return Block("paragraph", text, role="closer:mark", type=role, rule="closer")


def _surname(blocks: Sequence[Block], found: Sequence[Block]) -> list[Block]:
    """A telegram's signature: one capitalised word alone, behind running text or a valediction."""
    plain = blocks[-1].text.plain.strip()
    signed = any(one.role == "closer:signed" for one in found)
    alone = re.fullmatch(r"[A-ZÀ-ÞА-Я][\w'’-]{2,20}(?: (?:Jr|Sr)\.)?[.,]?", plain) and not SEPARATOR.fullmatch(plain)
    if signed or not alone or len(blocks) < 3 or plain.strip(".,").casefold() in NO_SIGNATURE:
        return []
    above = blocks[-2].text.plain.strip()
    if plain.endswith((".", ",")) and not (SENTENCE_END.search(above) or VALEDICTION.fullmatch(above)):
        return []
    return [replace(_closing(blocks[-1].text, "signed"), cert="medium")]
