"""How well sources become TEI, and names are found: converts sample documents and scores them against their gold.

    python benchmarks/scores.py [SHARED]

SHARED (default: ../shared) holds ``samples/convert/ID/`` with ``gold.xml`` and the same text as ``plain.txt``,
``doc.md``, ``doc.docx``, ``doc.odt``, ``doc.html``, and ``tools/score_structure.py`` and ``tools/score_text_loss.py``.
The converter runs with its default settings and without registers. ``samples/names/`` is scored by ``names.py``;
the survey of names runs on it without registers.
The datelines of ``documents.json`` and the ``date`` with @when of ``gold.xml`` score dates.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from names import score_names

from editio import encode, read, tei
from editio.config import EditionSettings, Settings
from editio.dating.scan import find_dates
from editio.diagnostics import Report
from editio.model import Edition
from editio.resources import shipped
from editio.scanning.ranking import Candidate
from editio.scanning.reading import of_files
from editio.scanning.scan import scan

FORMATS = {"txt": "plain.txt", "md": "doc.md", "docx": "doc.docx", "odt": "doc.odt", "html": "doc.html"}
SETTINGS = Settings(EditionSettings("Samples"))
SHOWN = ("head", "p", "opener", "dateline", "salute", "closer", "signed", "list", "table", "note", "pb", "ALL BLOCK")


def main() -> None:
    """Score each format, then the survey of names, and print tables."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    conversion(shared)
    candidates(shared)


def conversion(shared: Path) -> None:
    """Structure and losses of converted samples, format by format."""
    samples = sorted((shared / "samples/convert").glob("*/gold.xml"))
    if not samples:
        sys.exit(f"no samples below {shared}")
    score_names(shared)
    schemas = [etree.RelaxNG(etree.parse(path)) for path in _schemas(shared)]
    for name, file in FORMATS.items():
        with tempfile.TemporaryDirectory() as folder:
            made = [_convert(gold.parent / file, gold.parent.name, Path(folder), schemas) for gold in samples]
            _print(name, made, shared, Path(folder))
    _print_dates(shared, samples)


def _print_dates(shared: Path, samples: list[Path]) -> None:
    """How many dates that the samples mark have the right day, and what share of all days found near them is right."""
    marked = [*_marked_dates(shared / "samples/names/documents.json"), *_gold_dates(samples)]
    right = met = 0
    for text, start, end, when in marked:
        hits = [one for one in find_dates(text, "") if one.start < end and start < one.end]
        met += len(hits)
        right += sum(one.day == when[:10] for one in hits[:1])
    print(f"dates: exact day of {right} of {len(marked)}; {met} found there")


def _marked_dates(path: Path) -> Iterator[tuple[str, int, int, str]]:
    """Text, offsets and value of each date of the marked documents."""
    for document in json.loads(path.read_text(encoding="utf-8")) if path.is_file() else ():
        for span in document["spans"]:
            if span["type"] == "DATE":
                yield document["text"], span["start"], span["end"], span["when"]


def _gold_dates(samples: list[Path]) -> Iterator[tuple[str, int, int, str]]:
    """The words and value of each date of the gold documents."""
    for path in samples:
        for node in tei.parse(path.read_bytes()).iter(f"{tei.TEI}date"):
            when = node.get("when") or node.get("from") or ""
            words = " ".join(tei.text_of(node).split())
            if len(when) >= 10:
                yield words, 0, len(words), when


def candidates(shared: Path) -> None:
    """How many of the persons that documents name the survey of names ranks, volume by volume and all together.

    A person is found where a candidate, at all or of likely kind person, has the surname.
    """
    path = shared / "samples/names/documents.json"
    if not path.is_file():
        return
    documents = json.loads(path.read_text(encoding="utf-8"))
    print(
        "names scan: surnames of persons found by any candidate, by a person; mentions; precision of the first persons"
    )
    for volume in [*sorted({one["register"] for one in documents}), ""]:
        wanted = [one for one in documents if volume in ("", one["register"])]
        named = [_surname(span["text"]) for one in wanted for span in one["spans"] if span["type"] == "PERSON"]
        found = _survey(wanted)
        persons = [_surnames(one) for one in found if one.kind == "person"]
        in_any, in_persons = set().union(*map(_surnames, found)), set().union(*persons)
        right = [bool(names & set(named)) for names in persons]
        figures = (
            f"{len(set(named) & in_any) / len(set(named)):.3f}",
            f"{len(set(named) & in_persons) / len(set(named)):.3f}",
            f"{sum(name in in_persons for name in named) / len(named):.3f}",
            *(f"@{rank} {sum(right[:rank]) / len(right[:rank]):.2f}" for rank in (10, 25, 50, 100)),
        )
        print(f"  {volume or 'all together':18}{len(set(named)):4} surnames  {'  '.join(figures)}")


def _survey(documents: list[Any]) -> tuple[Candidate, ...]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{one['id']}.txt" for one in documents]
        for path, one in zip(paths, documents, strict=True):
            path.write_text(one["text"], encoding="utf-8")
        edition = Edition(Path(folder), SETTINGS, {})
        return scan(of_files(paths, edition, Report(Path(folder))), {}).candidates


def _surnames(one: Candidate) -> set[str]:
    return {_surname(words) for words, _ in one.variants}


def _surname(name: str) -> str:
    return name.replace("’", "'").removesuffix("'s").split()[-1].strip(".,").casefold()


def _schemas(shared: Path) -> Iterator[Path]:
    yield shipped("schema") / "editio.rng"
    if (shared / "schema/tei_all.rng").is_file():
        yield shared / "schema/tei_all.rng"


def _convert(source: Path, id: str, folder: Path, schemas: list[etree.RelaxNG]) -> tuple[Path, Path, bool]:
    """The TEI of a source in a folder, and whether it is valid; nothing is written if its ledger does not balance."""
    named = folder / f"{id}{source.suffix}"
    named.write_bytes(source.read_bytes())
    report = Report(folder)
    draft = read.read(named, SETTINGS, report)
    encoded = encode.encode(draft, SETTINGS, report) if draft else None
    written = folder / f"{id}.xml"
    if encoded is None:
        return named, written, False
    written.write_bytes(tei.serialise(encoded.root))
    tree = tei.parse(written.read_bytes()).getroottree()
    return named, written, all(schema.validate(tree) for schema in schemas)


def _print(name: str, made: list[tuple[Path, Path, bool]], shared: Path, folder: Path) -> None:
    lost = [_lost(shared, source, written) for source, written, _ in made]
    done = _tool(shared, "score_structure.py", shared / "samples/convert", folder)
    valid = sum(valid for *_, valid in made)
    print(
        f"{name}: {valid} of {len(made)} valid; words lost {sum(a for a, _ in lost)}, numbers {sum(b for _, b in lost)}"
    )
    for element in SHOWN:
        row = done.get(element)
        if row and row["gold"]:
            figures = (f"{100 * (row[key] or 0):6.1f}" for key in ("precision", "recall", "f1"))
            print(f"  {element:10}{row['gold']:5} in the gold {row['out']:5} found  P R F {' '.join(figures)}")


def _lost(shared: Path, source: Path, written: Path) -> tuple[int, int]:
    """Words with letters, and bare numbers, of a source that its TEI lacks."""
    found = _tool(shared, "score_text_loss.py", "bag", source, written)
    return found["lettered_words_missing"], found["words_missing"] - found["lettered_words_missing"]


def _tool(shared: Path, name: str, *arguments: str | Path) -> Any:
    command = [sys.executable, str(shared / "tools" / name), *map(str, arguments), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
