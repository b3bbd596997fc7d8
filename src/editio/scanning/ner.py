"""Names that a model of spaCy suggests; the only importer of spacy, which is loaded only when a model is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from editio import codes
from editio.diagnostics import Location, refuse
from editio.scanning.cues import Cue
from editio.scanning.occurrences import Occurrence
from editio.scanning.passages import Passage
from editio.scanning.scan import Suggest
from editio.scanning.sequences import fold

# The labels of spaCy's models, by the kind of thing.
LABELS = {
    **dict.fromkeys(("PERSON", "PER", "PERS", "person"), "person"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "place", "PLACE"), "place"),
    **dict.fromkeys(("ORG", "org"), "org"),
    **dict.fromkeys(("EVENT", "EVT", "event"), "event"),
}
ARTICLES = frozenset("the der die das den dem des le la les".split())
WEIGHT = 1.5
LONGEST = 100_000
BATCH = 16


def suggester(model: str) -> Suggest:
    """What an installed model, or one in a folder, finds in a text; refused if spaCy or the model is missing."""
    try:
        import spacy  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise refuse(codes.UNUSABLE_MODEL, Location(), "spaCy is not installed", "pip install 'editio[ner]'") from None
    try:
        pipeline = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        folder = Path(model).is_dir()
        hint = "" if folder else f"install it: python -m spacy download {model}"
        raise refuse(codes.UNUSABLE_MODEL, Location(), f"the model “{model}” cannot be loaded: {said}", hint) from None
    cue = f"ner:{Path(model).name}"

    def suggest(passage: Passage) -> Iterator[Occurrence]:
        units = list(_units(passage.text))
        texts = (passage.text[start:end] for start, end in units)
        for (at, _), found in zip(units, pipeline.pipe(texts, batch_size=BATCH), strict=True):
            for span in found.ents:
                kind = LABELS.get(str(span.label_))
                if kind:
                    yield from _occurrence(passage.text, at + int(span.start_char), at + int(span.end_char), kind, cue)

    return suggest


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text begin and end; one that is too long for a model goes in pieces."""
    at = 0
    for unit in text.split("\n\n"):
        for start in range(at, at + len(unit), LONGEST):
            yield start, min(start + LONGEST, at + len(unit))
        at += len(unit) + 2


def _occurrence(text: str, start: int, end: int, kind: str, source: str) -> Iterator[Occurrence]:
    """A suggestion as an occurrence, without an article or possessive."""
    written = text[start:end]
    first = written.split(maxsplit=1)
    if len(first) == 2 and first[0].casefold() in ARTICLES:
        start = end - len(first[1])
        written = first[1]
    for possessive in ("'s", "’s"):
        written = written.removesuffix(possessive)
    words = tuple(fold(word.strip(',;:()[]«»„“”"')) for word in written.split())
    if any(words):
        yield Occurrence(start, start + len(written), words, written, (Cue(kind, WEIGHT, source),), source=source)
