"""The reading of one text: its words, the forms to look for, who was named so far; and the mentions it makes."""

from __future__ import annotations

from dataclasses import dataclass, field

from editio.kinds import KINDS
from editio.model import Context, Entry, Mention
from editio.naming.lexicon import Form, Lexicon, Match
from editio.naming.resolve import Memory
from editio.naming.words import (
    ANY_WORD,
    Token,
    fold,
)
from editio.registers import reference

NAME = "register-name"


@dataclass(frozen=True)
class Reading:
    """The reading of one text: its words, the forms to look for, and who was named in full so far."""

    text: str
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    context: Context
    folder: str
    correspondents: tuple[Entry, ...] = ()
    memory: Memory = field(default_factory=Memory)


def link(
    reading: Reading, entry: Entry, start: int, end: int, cert: str, rule: str = NAME, almost: str = ""
) -> Mention:
    """A mention that points to an entry."""
    attributes = reference(entry, reading.folder)
    return Mention(start, end, KINDS[entry.kind], attributes, cert, rule, entry.id, almost=almost)


def edges(text: str, start: int, match: Match) -> tuple[int, int]:
    """Where a name of several words begins and ends, with the stop of an abbreviation and an opening bracket."""
    end = match.end
    if len(match.words[-1]) == 1 and text[end : end + 1] == ".":
        end += 1
    stretch = text[start:end]
    if "]" in stretch and "[" not in stretch and text[start - 1 : start] == "[":
        start -= 1
    return start, end


def stretch_of(text: str, start: int, match: Match, form: Form) -> tuple[int, int] | None:
    """Where a form begins and ends, with the words in small letters before it; none where these are missing."""
    first, end = edges(text, start, match)
    if not form.before:
        return first, end
    before = list(ANY_WORD.finditer(text, max(0, first - 60), first))[-len(form.before) :]
    if tuple(fold(one[0]) for one in before) != tuple(map(fold, form.before)) or text[before[-1].end() : first].strip(
        "’' \n"
    ):
        return None
    return before[0].start(), end
