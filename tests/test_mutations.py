"""A fault put by script into a sound edition is found: with its code, in its file, at its line; and none without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest
from conftest import SHARED
from mutations import FILES, FOLDER, REGISTERS, Row, references, rows

from editio import registers, tei
from editio.config import of_folder
from editio.diagnostics import Report
from editio.model import Document, Edition
from editio.registry import checks, edition_checks

Found = frozenset[tuple[str, str, int]]
ROWS = rows()
SAMPLES = SHARED / "samples/tei"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.code}-{number}" for number, row in enumerate(ROWS)])
def test_a_fault_is_found_at_its_line(row: Row) -> None:
    files = sound()
    root = tei.parse(files[row.file])
    faulty = row.mutate(root)
    path = "" if faulty is None else root.getroottree().getpath(faulty)
    changed = tei.serialise_as_it_is(root)
    line = tei.parse(changed).xpath(path)[0].sourceline if path else 0
    found = findings({**files, row.file: changed})
    named = {one for one in found if one[:2] == (row.code, row.named or row.file) and (not path or one[2] == line)}
    assert named, f"{row.code} is not found in line {line} of {row.file}, but {sorted(found)}"


def test_nothing_is_found_in_the_edition_without_faults() -> None:
    assert sorted(findings(sound())) == []


def test_every_check_has_a_row() -> None:
    known = {entry.code.name for entry in (*checks(), *edition_checks())}
    assert {row.code for row in ROWS} == known


@cache
def sound() -> Mapping[str, bytes]:
    """The files of the edition without faults."""
    return {name: (FOLDER / name).read_bytes() for name in FILES}


def findings(files: Mapping[str, bytes]) -> Found:
    """What all checks find in the edition of these files: code, file and line."""
    documents = tuple(Document(name.removesuffix(".xml"), name, tei.parse(data), data) for name, data in files.items())
    known = tuple(one for one in documents if one.name in REGISTERS)
    edition = Edition(FOLDER, of_folder("Cases"), registers.entries(known, Report()), known)
    alone = ((entry.code, entry.find(document, edition)) for entry in checks() for document in documents)
    together = ((entry.code, entry.find(documents, edition)) for entry in edition_checks())
    return frozenset(
        (code.name, one.location.file, one.location.line) for code, some in (*alone, *together) for one in some
    )


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples of TEI here")
def test_what_is_found_in_the_samples_has_been_looked_at() -> None:
    """judged.tsv says how often each code is found in each file; the rarer ones were all read, of the others up to 8 a file."""
    judged = [line.split("\t") for line in (FOLDER / "judged.tsv").read_text(encoding="utf-8").splitlines()]
    codes = {row.code for row in references.ROWS}
    edition = Edition(SAMPLES, of_folder("Samples"), {}, ())
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(SAMPLES.glob("*/*.xml")):
        name = path.relative_to(SAMPLES).as_posix()
        document = Document(path.stem, name, tei.parse(path.read_bytes()))
        for entry in checks():
            if entry.code.name in codes:
                found[name, entry.code.name] += sum(1 for _ in entry.find(document, edition))
    assert {key: count for key, count in found.items() if count} == {(file, code): int(n) for file, code, n in judged}
