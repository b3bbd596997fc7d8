"""Renderings of a survey: a table that fits a terminal, CSV that a spreadsheet may open, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence

from editio.diagnostics import printable
from editio.registers.cells import formula_safe
from editio.scanning.ranking import Candidate, Likely, Pair, selected
from editio.scanning.scan import Survey

# How many candidates a table has unless it is said.
SHOWN = 40

COLUMNS = (
    "id",
    "kind",
    "name",
    "variants",
    "count",
    "documents",
    "score",
    "certainty",
    "reason",
    "entry",
    "entry_form",
    "entry_similarity",
    "entry_reason",
    "source",
    "context",
)
# Cells that a spreadsheet would take for a formula; numbers and dates, negative ones too, are none.
# What of the width goes to names, entries and reasons, the rest to the context.
NARROWEST = 60
SHARES = (0.24, 0.2, 0.26)
FIXED = (6, 5, 7)
GAP = 2
MOST_PAIRS = 20


def render(survey: Survey, form: str, kind: str, least: int, limit: int | None) -> str:
    """A survey as ``table`` (as wide as the terminal), ``csv`` or ``json``: candidates of a kind, named so often.

    ``limit`` is how many of them; none is ``SHOWN`` in a table and else all, as is 0.
    """
    found = tuple(selected(survey.candidates, kind, least))
    shown = found[: (SHOWN if limit is None and form == "table" else limit) or None]
    if form == "csv":
        return as_csv(shown)
    if form == "json":
        return as_json(shown, survey.pairs, survey.documents)
    width = shutil.get_terminal_size((120, 24)).columns
    return table(shown, survey.pairs, survey.documents, len(found), width)


def table(candidates: Sequence[Candidate], pairs: Sequence[Pair], documents: int, total: int, width: int) -> str:
    """A line for each candidate, then the names spelled in two ways; no line is wider than ``width`` columns."""
    width = max(width, NARROWEST)
    flexible = width - sum(FIXED) - GAP * (len(FIXED) + len(SHARES))
    widths = [int(flexible * share) for share in SHARES]
    widths = [*FIXED, *widths, flexible - sum(widths)]
    right = {0, 1}
    heads = ("count", "docs", "kind", "name", "register", "because", "context")
    rows = [heads, *(_row(one) for one in candidates)]
    lines = [_line(row, widths, right) for row in rows]
    shown = f"{len(candidates)} of {total} candidates in {documents} {'document' if documents == 1 else 'documents'}"
    return "\n".join([*lines, "", shown, *_pair_lines(pairs, width)])


def _row(one: Candidate) -> tuple[str, ...]:
    context = ""
    if one.quotations:
        first = one.quotations[0]
        context = f"{_end(first.before)}{first.words}{first.after}"
    others = "? " + " / ".join(one.shared) if one.shared else ""
    return (
        str(one.count),
        str(len(one.documents)),
        one.kind or "?",
        one.name,
        " / ".join(map(_entry, one.likely)) or others,
        one.reason,
        context,
    )


def _end(text: str) -> str:
    return "…" + text[-17:].partition(" ")[2] if len(text) > 18 else text


def _entry(likely: Likely) -> str:
    sign = "=" if likely.similarity == 1 else "≈"
    return f"{sign} #{likely.entry}{'!' if likely.reason.startswith('the register') else ''}"


def _pair_lines(pairs: Sequence[Pair], width: int) -> Iterator[str]:
    if not pairs:
        return
    yield ""
    yield "likely the same name:"
    for pair in pairs[:MOST_PAIRS]:
        (one, two), (first, second) = pair.names, pair.counts
        yield cut(f"  {_flat(one)} ({first}) – {_flat(two)} ({second}): {pair.reason}", width)
    if len(pairs) > MOST_PAIRS:
        yield f"  … and {len(pairs) - MOST_PAIRS} more: see --format json"


def _line(cells: Sequence[str], widths: Sequence[int], right: set[int]) -> str:
    padded = []
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        shown = cut(_flat(cell), width)
        space = " " * (width - columns(shown))
        padded.append(space + shown if number in right else shown + space)
    return (" " * GAP).join(padded).rstrip()


def _flat(text: str) -> str:
    return printable(" ".join(text.split()))


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide characters, none for marks that combine."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """A text that takes at most ``width`` columns, with … where something was cut off."""
    if columns(text) <= width:
        return text
    kept, taken = [], 0
    for character in text:
        taken += _columns_of(character)
        if taken > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def as_csv(candidates: Sequence[Candidate]) -> str:
    """A row for each candidate under ``COLUMNS``, the first of which are those of the table of registers.

    ``id`` is left empty for the editor; variants are parted by “; ”, as that table has them, documents and contexts by |.
    """
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in candidates:
        rows.writerow([formula_safe(printable(cell)) for cell in _cells(one)])
    return written.getvalue()


def _cells(one: Candidate) -> tuple[str, ...]:
    likely = one.likely[0] if one.likely else None
    return (
        "",
        one.kind,
        one.name,
        "; ".join(re.sub(r"([\\;\[])", r"\\\1", variant) for variant in _others(one)),
        str(one.count),
        " | ".join(one.documents),
        f"{one.score}",
        f"{one.certainty}",
        one.reason,
        likely.entry if likely else "",
        likely.form if likely else "",
        f"{likely.similarity}" if likely else "",
        likely.reason if likely else "",
        one.source,
        " | ".join(f"{quote.before}[{quote.words}]{quote.after}".strip() for quote in one.quotations),
    )


def _others(one: Candidate) -> list[str]:
    """The variants besides the name itself, without those that differ from another in capitals only."""
    found = {one.name.casefold(): one.name}
    for variant, _ in sorted(one.variants, key=lambda counted: counted[0].isupper()):
        found.setdefault(variant.casefold(), variant)
    return list(found.values())[1:]


def as_json(candidates: Sequence[Candidate], pairs: Sequence[Pair], documents: int) -> str:
    """All that is known of candidates and pairs, in a fixed order of keys."""
    found = {
        "documents": documents,
        "candidates": [_object(one) for one in candidates],
        "pairs": [
            {"names": pair.names, "counts": pair.counts, "similarity": pair.similarity, "reason": pair.reason}
            for pair in pairs
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _object(one: Candidate) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind,
        "reason": one.reason,
        "score": one.score,
        "certainty": one.certainty,
        "count": one.count,
        "linked": one.linked,
        "documents": one.documents,
        "variants": [{"words": words, "count": count} for words, count in one.variants],
        "contexts": [
            {"document": quote.document, "before": quote.before, "words": quote.words, "after": quote.after}
            for quote in one.quotations
        ],
        "entries": [
            {"id": near.entry, "form": near.form, "similarity": near.similarity, "reason": near.reason}
            for near in one.likely
        ],
        "may_be": one.shared,
        "source": one.source,
    }
