"""Where names may stand in a text: capitalised sequences cut to names, each with the cues that speak for what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from editio.scanning import caseless, cues, lexicon
from editio.scanning.cues import Cue
from editio.scanning.passages import Marked, Part, Passage
from editio.scanning.sequences import HEADS, PARTS, POSSESSIVE, SMALL, Piece, fold, key_of, pieces, sequences
from editio.scanning.vocabulary import UPPER, Vocabulary
from editio.words import frequency

# Stands for what is marked already: neither a letter nor a space, and ends no sentence.
MARKED = "\x01"
OPENING = frozenset(" \t\n\u00a0\u202f\"'“„«‘‚([")
ENDING = frozenset(".!?…:")
# Who found an occurrence: the survey itself; a model adds its name.
OWN = "editio"
LINE = 60
LAST_WORD = re.compile(r"([^\W\d_]+)$")
CAPITALS = re.compile(rf"[{UPPER}\W\d_]+")


@dataclass(frozen=True)
class Occurrence:
    """A name at offsets of a passage: its words as a key, as written, with cues.

    ``ordinary``: the word is one of the language; ``firm``: its capital does not come of its place; ``determined``:
    an article stands before it; ``sure``: the TEI says what it is, ``linked``: to which entry it belongs. ``source``
    is who found it.
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
    source: str = OWN


def occurrences(passage: Passage, vocabulary: Vocabulary) -> Iterator[Occurrence]:
    """All candidates of a text, in no order: what is marked as a name, and what is not marked and may be one."""
    for mark in passage.marked:
        if mark.kind:
            yield _of_mark(passage, mark)
    text = _masked(passage)
    parts = sorted(passage.parts, key=lambda part: (part.start, -part.end))
    starts = [part.start for part in parts]
    for run in sequences(text):
        at, words = run.start(), run[0]
        if words[1:3] == ". " and not (passage.language == "fr" and words[0] == "M") and _labels(text, at):
            bare = words[2:].lstrip()
            at, words = at + len(words) - len(bare), bare
        found = pieces(words, passage.language)
        if not found:
            continue
        role = _role(parts, starts, at)
        opens = _opens_sentence(text, at)
        shouted = len(words) > 12 and CAPITALS.fullmatch(words) is not None
        for piece in found:
            position = "heading" if role == "heading" or shouted else ("start" if opens and piece.first else "")
            one = _judged(text, at, piece, position, passage.language, vocabulary)
            if one is not None:
                yield _with_cues(text, one, piece, position, role)
    yield from _without_capitals(text)


def _labels(text: str, at: int) -> bool:
    """Whether the letter at an offset numbers a paragraph: it begins one that goes on for more than a line."""
    if text[max(0, at - 2) : at] not in ("", "\n\n"):
        return False
    end = text.find("\n\n", at, at + LINE)
    return end < 0 and len(text) > at + LINE


def _of_mark(passage: Passage, mark: Marked) -> Occurrence:
    written = passage.text[mark.start : mark.end]
    found = [POSSESSIVE.sub("", part["name"]) for part in PARTS.finditer(written) if part["name"]]
    words = key_of([word for word in map(fold, found) if word not in SMALL]) or tuple(fold(written).split()) or ("",)
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
    if all(len(word) <= 2 and word.endswith(".") for word in words):  # initials alone count where a cue speaks for them
        return Occurrence(start, end, words, text[start:end], ordinary=True, firm=False) if len(words) > 1 else None

    def is_ordinary(word: str) -> bool:
        if word.endswith(".") or word in lexicon.FORENAMES or (word in lexicon.PLACE_HEADS and len(words) > 1):
            return False
        return (vocabulary.opens if position else vocabulary.is_ordinary)(word, language)

    headed = len(words) > 1 and any(word in HEADS for word in words)
    if len(words) > 1 and not (piece.title or headed) and (position or language == "de"):
        return _trimmed(text, start, end, position, language, is_ordinary)
    ordinary = not headed and all(map(is_ordinary, words))
    if ordinary and position and not piece.title:
        return None
    return Occurrence(start, end, words, text[start:end], ordinary=ordinary, firm=not position)


def _trimmed(
    text: str, start: int, end: int, position: str, language: str, is_ordinary: Callable[[str], bool]
) -> Occurrence | None:
    """What is left of several words: at the beginning of a sentence, all but the first; else, all but those at either end."""
    tokens = [part for part in PARTS.finditer(text, start, end) if part["name"]]
    first_only = position == "start" and language != "de"
    while tokens and (is_ordinary(fold(tokens[0][0])) or _is_apposed(tokens, language)):
        del tokens[0]
        if first_only:
            break
    while tokens and not first_only and is_ordinary(fold(tokens[-1][0])):
        tokens.pop()
    begins, ends = (tokens[0].start(), min(tokens[-1].end(), end)) if tokens else (start, start)
    cut = pieces(text[begins:ends], language)
    if not cut or (len(cut[0].words) == 1 and is_ordinary(cut[0].words[0])):
        return None
    begins, ends = begins + cut[0].start, begins + cut[0].end
    return Occurrence(begins, ends, cut[0].words, text[begins:ends], firm=not position or begins > start)


def _is_apposed(tokens: list[re.Match[str]], language: str) -> bool:
    """Whether a German noun stands before a forename: “Brüder Carl”."""
    if language != "de" or len(tokens) < 2 or fold(tokens[0][0]) in lexicon.FORENAMES:
        return False
    return fold(tokens[1][0]) in lexicon.FORENAMES and frequency(fold(tokens[0][0]), "de") > 0


def _with_cues(text: str, one: Occurrence, piece: Piece, position: str, role: str) -> Occurrence:
    before, behind = text[max(0, one.start - 40) : one.start], text[one.end : one.end + 30]
    near, title = cues.words_before(before), piece.title
    found = (
        *cues.of_title(title),
        *cues.of_role(role, before, behind),
        *cues.of_words(one.words, one.written, bool(position)),
        *cues.of_neighbours(near, behind),
        *cues.of_line(one.words, before, behind, role),
        *cues.of_speaker(before, behind),
    )
    determined = cues.is_determined(near)
    return Occurrence(
        one.start, one.end, one.words, one.written, found, one.ordinary and not title, one.firm, determined
    )


def _without_capitals(text: str) -> Iterator[Occurrence]:
    for start, end, title in caseless.names(text):
        written = text[start:end]
        yield Occurrence(start, end, tuple(written.split()), written, cues.of_title(title))
