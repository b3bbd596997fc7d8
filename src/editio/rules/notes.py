"""The rule for notes of plain text: a mark in the text, and the note behind it or at the foot of its page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editio import codes
from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Point, Run, Text
from editio.registry import rule
from editio.rules.cues import SEPARATOR, heads_notes

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# How a note begins: “[1] …”, “1. …”, “1) …”, “(1) …”, “1 …”, “¹ …”, “* …”, “† …”
NOTE = re.compile(
    r"(?:\[(?P<b>\d{1,4}|[*†‡]+)\]|\((?P<p>\d{1,4})\)|(?P<d>\d{1,4})[.)]?|(?P<u>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<s>\*{1,5}|[†‡§]{1,3}))"
    r"(?:(?<=[\])*†‡§⁰¹²³⁴⁵⁶⁷⁸⁹])[ \t\n]*|[ \t\n]+)(?=\S)"
)
# Behind which characters a number may be glued to its word: a letter that is no lone capital, or punctuation.
AT_END = r"(?<=[^\W\d_]) "
GLUED = r"(?:(?<=[^\W\d_A-Z])|(?<=[A-Z]{2})|(?<=[.,;:!?…\"'”’»)\]]))"


@dataclass(frozen=True)
class _Note:
    """A block that may be a note: its place among the blocks, its mark, and where its words begin."""

    index: int
    mark: str
    form: str
    start: int


@dataclass(frozen=True)
class _Reference:
    """The mark of a note in the text: block, offsets in its text."""

    index: int
    start: int
    end: int


@rule(
    41,
    "Notes at the end of a text or page, called by “[1]”, “*” or a number glued to its word, are note with @n in the "
    "place of their mark.",
)
def end_note(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Move notes to their marks, where every note of a series finds its mark in the text before it, in order."""
    draft = _split_lines(draft)
    marks = _Marks(draft.blocks)
    since = page = 0
    placed: list[tuple[list[_Note], list[_Reference]]] = []
    for notes in _series(draft.blocks):
        first = notes[0].index
        if first > since:
            page = since
        found = _references(marks, notes, page)
        if found is not None:
            placed.append((notes, found))
            since = notes[-1].index + 1
        elif first and heads_notes(draft.blocks[first - 1].text.plain, settings):
            report.add(
                codes.NOTE_WITHOUT_MARK,
                draft.source.location(draft.blocks[first].text.start),
                f"the notes {notes[0].mark}–{notes[-1].mark} do not all have a mark in the text; they stay where they are",
            )
    for notes, found in reversed(placed):
        draft = _moved(draft, notes, found, settings)
    return draft


def _split_lines(draft: Draft) -> Draft:
    """The draft with blocks whose lines are all notes, or begin with one each, as a block for each note."""
    blocks: list[Block] = []
    for block in draft.blocks:
        starts = [
            m.start() for m in re.finditer(r"(?m)^(?=\S)", block.text.plain) if NOTE.match(block.text.plain, m.start())
        ]
        if block.kind != "paragraph" or block.role or len(starts) < 2 or starts[0] or not _count_on(block, starts):
            blocks.append(block)
            continue
        bounds = [*starts, len(block.text.plain)]
        blocks += [
            replace(block, text=block.text.slice(a, b).strip()) for a, b in zip(bounds, bounds[1:], strict=False)
        ]
    return replace(draft, blocks=tuple(blocks))


def _count_on(block: Block, starts: Sequence[int]) -> bool:
    marks = [_mark(match)[0] for start in starts if (match := NOTE.match(block.text.plain, start))]
    return all(_next(a, b) for a, b in zip(marks, marks[1:], strict=False))


def _mark(match: re.Match[str]) -> tuple[str, str]:
    """The mark of a note without its brackets, and the form it is written in."""
    form = next(name for name, value in match.groupdict().items() if value)
    return match[form].translate(SUPERSCRIPT), form


def _next(mark: str, other: str) -> bool:
    """Whether a mark follows another in a series: 2 after 1, ** after *, † after *."""
    if mark.isdigit() and other.isdigit():
        return int(other) == int(mark) + 1
    return not mark.isdigit() and not other.isdigit() and (len(other) == len(mark) + 1 or other[0] != mark[0])


def _note(block: Block, index: int) -> _Note | None:
    if block.kind == "item" and block.label and not block.blocks:
        mark = block.label.plain.strip(" .()[]")
        return _Note(index, mark, "d", -1) if mark.isdigit() else None
    match = NOTE.match(block.text.plain) if block.is_plain else None
    return _Note(index, *_mark(match), match.end()) if match else None


def _series(blocks: Sequence[Block]) -> Iterator[list[_Note]]:
    """Blocks right behind one another whose marks count on: at the end of the text, or of a page."""
    series: list[_Note] = []
    for index, block in enumerate(blocks):
        note = _note(block, index)
        follows = series and series[-1].index == index - 1
        if note and follows and _next(series[-1].mark, note.mark) and note.form == series[-1].form:
            series.append(note)
            continue
        if series and _ends_a_page(blocks, series):
            yield series
        series = [note] if note else []
    if series:
        yield series


def _ends_a_page(blocks: Sequence[Block], series: Sequence[_Note]) -> bool:
    """Whether notes stand before a page break or behind a line that sets them off."""
    behind = blocks[series[-1].index + 1]
    if _note(behind, series[-1].index + 1):
        # another series, of other marks, goes on
        return True
    before = blocks[series[0].index - 1] if series[0].index else None
    return behind.role == "pb" or (before is not None and bool(SEPARATOR.fullmatch(before.text.plain.strip())))


def _references(marks: _Marks, series: Sequence[_Note], since: int) -> list[_Reference] | None:
    """The marks of a series in the text before it, one for each note and in order; nothing if one is missing."""
    found: list[_Reference] = []
    index, at = since, 0
    for note in series:
        reference = marks.first(note, (index, at), series[0].index)
        if reference is None:
            return None
        found.append(reference)
        index, at = reference.index, reference.end
    return found


def _pattern(note: _Note) -> str:
    mark = re.escape(note.mark)
    raised = re.escape(_raised(note.mark))
    if not note.mark.isdigit():
        return rf"\[{mark}\]|(?<![*†‡§\s]){mark}(?![*†‡§\w])"
    forms = {"b": rf"\[{mark}\]", "u": raised, "p": rf"(?<=\S)\({mark}\)|\[{mark}\]"}
    return forms.get(note.form, rf"\[{mark}\]|{raised}|{GLUED}{mark}(?![\w–-]|[.,:]\d)|{AT_END}{mark}\s*\Z")


class _Marks:
    """Finds the marks of notes in blocks; no block is searched twice for one mark, however many notes have it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        # the blocks that hold a number, up to four raised digits, or a sign
        self.holding: dict[str, list[int]] = {}
        # by pattern: from where to where there is no mark, and the mark that stands there
        self.searched: dict[str, tuple[tuple[int, int], tuple[int, int], _Reference | None]] = {}
        for index, block in enumerate(blocks):
            if block.kind in ("paragraph", "heading", "item", "quote") and block.role != "pb":
                for key in _keys(block.text.plain):
                    self.holding.setdefault(key, []).append(index)

    def first(self, note: _Note, start: tuple[int, int], end: int) -> _Reference | None:
        """The first mark of a note behind a place (block, offset) and before a block."""
        pattern = _pattern(note)
        since, until, found = self.searched.get(pattern, (start, start, None))
        if not since <= start <= until:
            since, until, found = start, start, None
        if found is None:
            found = self._search(note, re.compile(pattern), until, end)
            until = (found.index, found.start) if found else max(until, (end, 0))
            self.searched[pattern] = since, until, found
        return found if found and found.index < end else None

    def _search(self, note: _Note, pattern: re.Pattern[str], start: tuple[int, int], end: int) -> _Reference | None:
        for index in self._candidates(note, start[0], end):
            match = pattern.search(self.blocks[index].text.plain, start[1] if index == start[0] else 0)
            if match:
                return _Reference(index, match.start() + match[0].startswith(" "), match.end())
        return None

    def _candidates(self, note: _Note, start: int, end: int) -> list[int]:
        keys = [note.mark, _raised(note.mark)[:4]] if note.mark.isdigit() else [note.mark[0]]
        found: list[int] = []
        for key in keys:
            holding = self.holding.get(key, [])
            found += holding[bisect_left(holding, start) : bisect_left(holding, end)]
        return sorted(found)


def _keys(plain: str) -> set[str]:
    """What a mark in a text can be found by."""
    keys = set(re.findall(r"\d+|[*†‡§]", plain))
    for run in re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", plain):
        keys |= {run[at : at + length] for at in range(len(run)) for length in range(1, 5)}
    return keys


def _raised(mark: str) -> str:
    return mark.translate({ord(digit): raised for digit, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)})


def _moved(draft: Draft, series: Sequence[_Note], found: Sequence[_Reference], settings: Settings) -> Draft:
    blocks, consumed = list(draft.blocks), list(draft.consumed)
    for note, reference in zip(reversed(series), reversed(found), strict=True):
        body = blocks[note.index]
        label = body.label if note.start < 0 else body.text.slice(0, note.start)
        consumed += _used(label)
        words = body.text if note.start < 0 else body.text.slice(note.start)
        text = blocks[reference.index].text
        mark = text.slice(reference.start, reference.end)
        consumed += _used(mark, _word_before(text.plain, reference))
        run = Run(
            "", mark.start, mark.start, point=Point("note", _attributes(note, words), (Block("paragraph", words),))
        )
        kept = (one for one in mark.runs if one.point)
        blocks[reference.index] = replace(
            blocks[reference.index], text=text.replaced(reference.start, reference.end, *kept, run)
        )
    gone = {note.index for note in series} | _separators(blocks, series[0].index, consumed, settings)
    kept_blocks = tuple(block for index, block in enumerate(blocks) if index not in gone)
    return replace(draft, blocks=kept_blocks, consumed=tuple(consumed))


def _used(text: Text, quote: str = "") -> Iterator[Consumed]:
    for number, run in enumerate(run for run in text.runs if run.text):
        yield Consumed(run.start, run.end, "end-note", "" if number else quote)


def _word_before(plain: str, reference: _Reference) -> str:
    """The word with its mark, as written, for the header."""
    before = re.search(r"\S{0,40}$", plain[: reference.start])
    return (before[0] if before else "") + plain[reference.start : reference.end]


def _attributes(note: _Note, words: Text) -> tuple[tuple[str, str], ...]:
    kind = (("type", "source"),) if re.match(r"(?:Source|Quelle|Источник)\s*:", words.plain) else ()
    return (("n", note.mark), ("place", "foot"), *kind, *((("cert", "medium"),) if note.form == "d" else ()))


def _separators(blocks: Sequence[Block], index: int, consumed: list[Consumed], settings: Settings) -> set[int]:
    """The line or heading that sets the notes off."""
    if index == 0:
        return set()
    plain = blocks[index - 1].text.plain.strip()
    if not (SEPARATOR.fullmatch(plain) or heads_notes(plain, settings)):
        return set()
    consumed += _used(blocks[index - 1].text, plain)
    return {index - 1}
