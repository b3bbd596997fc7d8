"""Metadata in a table: what it says reaches the header, below edition.toml; whatever is wrong with it has file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editio import tei
from editio.build import convert
from editio.diagnostics import Report
from editio.opening import open_edition

TEXT = "Your letter reached me on Monday, and I thank you for it.\n"


def project(folder: Path, table: str | bytes, name: str = "metadata.csv", settings: str = "") -> Path:
    (folder / "sources").mkdir()
    (folder / "edition.toml").write_text(
        f'[edition]\ntitle = "Letters"\n\n[convert]\nmetadata = "{name}"\n{settings}', encoding="utf-8"
    )
    for id in ("letter-1", "letter-2"):
        (folder / f"sources/{id}.txt").write_text(TEXT, encoding="utf-8")
    (folder / name).write_bytes(table.encode() if isinstance(table, str) else table)
    return folder


def converted(folder: Path) -> Report:
    report = Report(folder)
    convert(open_edition(folder, report), (), report)
    return report


def header_of(folder: Path, id: str) -> str:
    root = tei.parse((folder / f"tei/{id}.xml").read_bytes())
    return tei.serialise(tei.part(root, "teiHeader")).decode()


def problems(report: Report) -> list[str]:
    return [f"{one.location} {one.code.name}" for one in report if "metadata" in str(one.location)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_describes_its_document(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["id", "Title", "date", "author", "Original_Language", "archive", "shelfmark"],
        ["letter-1", '"Thoreau to Blake, 1848"', "1848-03-27", "H. D. Thoreau", "", "Berg Collection", "MS 7"],
        ["letter-2", "Blake to Thoreau", "", "", "", "", ""],
    ]
    project(tmp_path, "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows))
    assert problems(converted(tmp_path)) == []
    header = header_of(tmp_path, "letter-1")
    assert "<title>Thoreau to Blake, 1848</title>" in header
    assert "<author>H. D. Thoreau</author>" in header
    assert '<date when="1848-03-27">1848-03-27</date>' in header
    assert "<repository>Berg Collection</repository>" in header
    assert "<title>Blake to Thoreau</title>" in header_of(tmp_path, "letter-2")


@pytest.mark.parametrize(
    "table",
    [
        [
            {
                "id": "letter-1",
                "title": "Thoreau to Blake",
                "author": ["H. D. Thoreau", "H. G. O. Blake"],
                "funder": None,
            }
        ],
        {"letter-1": {"title": "Thoreau to Blake", "author": ["H. D. Thoreau", "H. G. O. Blake"]}},
        [{"file": "sources/letter-1.txt", "title": "Thoreau to Blake", "author": "H. D. Thoreau; H. G. O. Blake"}],
    ],
)
def test_json_says_the_same(tmp_path: Path, table: object) -> None:
    project(tmp_path, json.dumps(table), "letters.json")
    assert [one.code.name for one in converted(tmp_path) if one.code.name != "missing-title"] == []
    header = header_of(tmp_path, "letter-1")
    assert "<title>Thoreau to Blake</title>" in header
    assert "<author>H. D. Thoreau; H. G. O. Blake</author>" in header


def test_edition_toml_goes_before_the_table(tmp_path: Path) -> None:
    settings = '\n[documents.letter-1]\ntitle = "From Concord"\n'
    project(tmp_path, "file,title,author\nletter-1.txt,Thoreau to Blake,H. D. Thoreau\n", settings=settings)
    converted(tmp_path)
    header = header_of(tmp_path, "letter-1")
    assert "<title>From Concord</title>" in header and "<author>H. D. Thoreau</author>" in header


def test_a_column_that_is_no_field_is_kept_as_a_note(tmp_path: Path) -> None:
    project(tmp_path, "id,Zustand,titel\nletter-1,Wasserflecken,Brief\n")
    report = converted(tmp_path)
    assert problems(report) == ["metadata.csv:2 other-column", "metadata.csv:2 other-column"]
    assert any("did you mean “title”" in one.hint for one in report)
    assert '<note type="field" subtype="zustand">Wasserflecken</note>' in header_of(tmp_path, "letter-1")


def test_a_cell_may_have_line_ends_and_quotation_marks(tmp_path: Path) -> None:
    project(tmp_path, 'id,abstract\nletter-1,"He says\n""Simplify""."\nletter-9,x\n')
    assert problems(converted(tmp_path)) == ["metadata.csv:4 odd-metadata"]
    assert 'He says "Simplify".' in header_of(tmp_path, "letter-1")


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("id,title\nletter-1,A\nletter-3,B\n", ["metadata.csv:3 odd-metadata"]),
        ("id,title\nletter-1,A\n\nletter-1,B\n", ["metadata.csv:4 odd-metadata"]),
        ("id,title\n,B\n", ["metadata.csv:2 odd-metadata"]),
        ("id,title,title\nletter-1,A,B\n", ["metadata.csv:1 odd-metadata"]),
        ("id,title,?\nletter-1,A,B\n", ["metadata.csv:1 odd-metadata"]),
        ("id,title\nletter-1,A,B,C\n", ["metadata.csv:2 odd-metadata"]),
        ("id,profile\nletter-1,sonnet\n", ["metadata.csv:2 odd-metadata"]),
        ("id,title\nletter-1,A\x07B\n", ["metadata.csv:2 control-character"]),
        ("name,title\nletter-1,A\n", ["metadata.csv:1 malformed-metadata"]),
        ('id,title\nletter-1,"A\n', ["metadata.csv:2 malformed-metadata"]),
        ('id,title\nletter-1,"A"B\n', ["metadata.csv:2 malformed-metadata"]),
        ("id,title\nletter-1,A\x00B\n", ["metadata.csv:2 control-character"]),
        ("", ["metadata.csv:1 malformed-metadata"]),
        (" \n\n", ["metadata.csv:1 malformed-metadata"]),
        (b"id,title\nletter-1,caf\xe9\n", ["metadata.csv:2 malformed-metadata"]),
        (b"PK\x03\x04\xff", ["metadata.csv:1 malformed-metadata"]),
    ],
)
def test_a_fault_has_its_line_and_the_documents_are_converted(
    tmp_path: Path, table: str | bytes, found: list[str]
) -> None:
    project(tmp_path, table)
    assert problems(converted(tmp_path)) == found
    assert (tmp_path / "tei/letter-1.xml").is_file() and (tmp_path / "tei/letter-2.xml").is_file()


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ('[\n{"id": "letter-1",}\n]', 2),
        ('"letter-1"', 1),
        ('[{"id": "letter-1", "title": {"main": "A"}}]', 1),
        ("[1, 2]", 1),
        ("[" * 100_000, 1),
        ('[{"id": "letter-1", "title": ' + "9" * 10_000 + "}]", 1),
    ],
)
def test_json_that_is_no_table_is_refused(tmp_path: Path, table: str, line: int) -> None:
    project(tmp_path, table, "metadata.json")
    assert problems(converted(tmp_path)) == [f"metadata.json:{line} malformed-metadata"]


def test_the_same_id_twice_in_json_has_the_line_of_the_second(tmp_path: Path) -> None:
    project(tmp_path, '{\n"letter-1": {"title": "A"},\n"letter-1": {"title": "B"}\n}', "metadata.json")
    assert problems(converted(tmp_path)) == ["metadata.json:3 odd-metadata"]
    assert "<title>A</title>" in header_of(tmp_path, "letter-1")


def test_a_table_that_is_not_there_is_reported_at_its_setting(tmp_path: Path) -> None:
    project(tmp_path, "id\n")
    (tmp_path / "metadata.csv").unlink()
    found = [(str(one.location), one.code.name) for one in converted(tmp_path)]
    assert ("edition.toml:5", "missing-folder") in found


def test_a_table_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    folder = project(tmp_path, "id\n")
    (folder / "metadata.csv").unlink()
    (folder / "metadata.csv").symlink_to(folder / "sources/letter-1.txt")
    assert problems(converted(folder)) == ["metadata.csv unreadable-file"]
