"""Where names may stand in a text: capitalised sequences cut to names, each with the cues that speak for what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from editio.scanning import caseless, cues, lexicon
from editio.scanning.cues import Cue
from editio.scanning.passages import Marked, Part, Passage
from editio.scanning.sequences import HEADS, PARTS, Piece, fold, pieces, sequences
from editio.scanning.vocabulary import UPPER, Vocabulary, is_german_noun

# Stands for what is marked already: neither a letter nor a space, and ends no sentence.
MARKED = "\x01"
OPENING = frozenset(" \t\n\u00a0\u202f\"'“„«‘‚(["  "")
ENDING = frozenset(".!?…:")
LAST_WORD = re.compile(r"([^\W\d_]+)$")
CAPITALS = re.compile(rf"[{UPPER}\W\d_]+")


@dataclass(frozen=True)
class Occurrence:
    """A name at offsets of a passage: its words as a key, as written, with cues.

    ``ordinary``: the word is one of the language; ``firm``: its capital does not come of its place; ``determined``:
    an article stands before it; ``sure``: the TEI says what it is, ``linked``: to which entry it belongs.
    """

    start: int
    end: int
    words: tuple[str, ...]
    written: str
    cues: tuple[Cue, ...] = ()
    ordinary: bool = False
    firm: bool = True
    determined: bool = False
    sure: str = ""
    linked: bool = False


def occurrences(passage: Passage, vocabulary: Vocabulary) -> Iterator[Occurrence]:
    """All candidates of a text, in no order: what is marked as a name, and what is not marked and may be one."""
    for mark in passage.marked:
        if mark.kind:
            yield _of_mark(passage, mark)
    text = _masked(passage)
    parts = sorted(passage.parts, key=lambda part: (part.start, -part.end))
    starts = [part.start for part in parts]
    for run in sequences(text):
        found = pieces(run[0], passage.language)
        if not found:
            continue
        role = _role(parts, starts, run.start())
        opens = role in ("heading", "capitals") or _opens_sentence(text, run.start())
        shouted = len(run[0]) > 12 and CAPITALS.fullmatch(run[0]) is not None
        for piece in found:
            position = "heading" if role == "heading" or shouted else ("start" if opens and piece.first else "")
            one = _judged(text, run.start(), piece, position, passage.language, vocabulary)
            if one is not None:
                yield _with_cues(text, one, piece, position, role, passage.language, vocabulary)
    yield from _without_capitals(text)


def _of_mark(passage: Passage, mark: Marked) -> Occurrence:
    written = passage.text[mark.start : mark.end]
    words = tuple(fold(part["name"]).removesuffix("'s") for part in PARTS.finditer(written) if part["name"])
    words = words or tuple(fold(written).split()) or ("",)
    return Occurrence(mark.start, mark.end, words, written, sure=mark.kind, linked=mark.linked)


def _masked(passage: Passage) -> str:
    """The text with what is marked already made unreadable, offsets kept."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(passage.marked, key=lambda mark: mark.start):
        if mark.start < at:
            continue
        pieces += [passage.text[at : mark.start], MARKED * (mark.end - mark.start)]
        at = mark.end
    return "".join([*pieces, passage.text[at:]])


def _role(parts: list[Part], starts: list[int], at: int) -> str:
    """What the innermost part that holds an offset is."""
    for number in range(bisect_right(starts, at) - 1, max(bisect_right(starts, at) - 6, -1), -1):
        if parts[number].start <= at < parts[number].end:
            return parts[number].role
    return ""


def _opens_sentence(text: str, at: int) -> bool:
    """Whether a sentence, line of verse or paragraph begins at an offset."""
    before = at - 1
    while before >= 0 and text[before] in OPENING:
        if text[before] == "\n" and text[before - 1] == "\n":
            return True
        before -= 1
    if before < 0:
        return True
    if text[before] not in ENDING:
        return text[before] in "•▪–—" and text[before - 1 : before] in ("\n", "")
    if text[before] != ".":
        return True
    if before == at - 1:
        return False
    word = LAST_WORD.search(text[max(0, before - 20) : before])
    return word is None or not (len(word[1]) == 1 or word[1].casefold() in lexicon.ABBREVIATIONS)


def _judged(
    text: str, offset: int, piece: Piece, position: str, language: str, vocabulary: Vocabulary
) -> Occurrence | None:
    """A piece without the ordinary words that its place, or German, gave capitals to; nothing if no other is left."""
    start, end, words = offset + piece.start, offset + piece.end, piece.words

    def is_ordinary(word: str) -> bool:
        if word.endswith(".") or word in lexicon.FORENAMES or word in lexicon.PLACE_HEADS and len(words) > 1:
            return False
        return vocabulary.is_ordinary(word, language)

    headed = len(words) > 1 and any(word in HEADS for word in words)
    keeps = piece.title or headed or not (position or language == "de")
    if keeps or len(words) == 1:
        ordinary = is_ordinary(words[0]) if len(words) == 1 else all(map(is_ordinary, words)) and not headed
        if ordinary and position and not piece.title:
            return None
        return Occurrence(start, end, words, text[start:end], ordinary=ordinary, firm=not position)
    tokens = [part for part in PARTS.finditer(text, start, end) if part["name"]]
    while tokens and is_ordinary(fold(tokens[0][0])):
        del tokens[0]
        if position == "start" and language != "de":
            break
    while tokens and (position == "heading" or language == "de") and is_ordinary(fold(tokens[-1][0])):
        tokens.pop()
    if not tokens:
        return None
    start, end = tokens[0].start(), min(tokens[-1].end(), end)
    cut = pieces(text[start:end], language)
    if not cut or (len(cut[0].words) == 1 and is_ordinary(cut[0].words[0])):
        return None
    start, end = start + cut[0].start, start + cut[0].end
    return Occurrence(start, end, cut[0].words, text[start:end], firm=not position or start > offset + piece.start)


def _with_cues(
    text: str, one: Occurrence, piece: Piece, position: str, role: str, language: str, vocabulary: Vocabulary
) -> Occurrence:
    before, behind = text[max(0, one.start - 40) : one.start], text[one.end : one.end + 30]
    title = piece.title if one.start <= piece.start + one.start or piece.title else ""
    found = (
        *cues.of_title(title),
        *cues.of_role(role, before, behind),
        *cues.of_words(one.words, one.written, position),
        *cues.of_neighbours(before, behind),
    )
    determined = cues.is_determined(before)
    return Occurrence(
        one.start, one.end, one.words, one.written, found, one.ordinary and not title, one.firm, determined
    )


def _without_capitals(text: str) -> Iterator[Occurrence]:
    for start, end, title in caseless.names(text):
        written = text[start:end]
        yield Occurrence(start, end, tuple(written.split()), written, cues.of_title(title))
