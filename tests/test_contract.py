"""What a reader of the code may rely on: every rule has its case, and each library has one importer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT
from test_cases import CASES, SETTINGS, SOURCES

from editio import brackets, encode, read, tei
from editio.diagnostics import Report
from editio.explain import all_codes
from editio.registry import readers, rules

SOURCE = ROOT / "src/editio"
IMPORTERS = {
    "click": {
        "cli.py",
        "cli_names.py",
        "cli_link.py",
        "cli_review.py",
        "cli_serve.py",
        "cli_validate.py",
        "command.py",
    },
    "saxonche": {"xslt.py"},
    "typst": {"typeset.py"},
    "spacy": {"scanning/ner.py"},
    "markdown_it": {f"markdown/{name}.py" for name in ("blocks", "inline", "lines", "parser", "tables")},
}
# Readers that have another program convert the source first (test_programs.py).
PROGRAMS = {"office", "pandoc"}


@dataclass(frozen=True)
class Result:
    """What a source becomes, without the declarations that name the rules in force."""

    tei: str


@cache
def encoded(source: Path, off: tuple[str, ...]) -> Result:
    convert = msgspec.structs.replace(SETTINGS.convert, rules_off=off)
    settings = msgspec.structs.replace(SETTINGS, convert=convert)
    draft = read.read(source, settings, Report(CASES))
    assert draft is not None
    made = encode.encode(draft, settings, Report(CASES))
    assert made is not None
    return Result(re.sub(r"(?s)<editorialDecl>.*</editorialDecl>", "", tei.serialise(made.root).decode()))


@pytest.mark.parametrize("name", [entry.name for entry in rules()])
def test_switching_a_rule_off_changes_a_case(name: str) -> None:
    assert any(encoded(source, ()) != encoded(source, (name,)) for source in SOURCES), f"{name} has no case"


@pytest.mark.parametrize("name", [entry.name for entry in rules()])
def test_a_rule_switched_off_loses_nothing(name: str) -> None:
    for source in SOURCES:
        assert encoded(source, (name,))


def test_every_kind_of_bracket_has_a_case() -> None:
    consumed: set[str] = set()
    for name in ("brackets", "brackets-nested"):
        draft = read.read(CASES / f"convert/{name}.txt", SETTINGS, Report(CASES))
        made = draft and encode.encode(draft, SETTINGS, Report(CASES))
        assert made
        consumed |= set(made.balance.consumed)
    assert {kind.name for kind in brackets.KINDS} <= consumed


def test_every_reader_has_a_case() -> None:
    endings = {source.suffix for source in SOURCES}
    for reader in readers().values():
        # a container's cases are folders of its parts; what other programs convert is tested with them
        assert endings & set(reader.suffixes) or (CASES / reader.name).is_dir() or reader.name in PROGRAMS, reader.name


@pytest.mark.parametrize("library", IMPORTERS)
def test_a_library_has_one_importer(library: str) -> None:
    pattern = re.compile(rf"^\s*(?:import|from) {library}\b", re.MULTILINE)
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if pattern.search(path.read_text())}
    assert found == IMPORTERS[library]


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    here = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
    for path in [
        *SOURCE.rglob("*.py"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "xslt").rglob("*.xsl"),
        ROOT / "Makefile",
    ]:
        assert not here.search(path.read_text(encoding="utf-8")), path


def test_every_code_a_stylesheet_reports_is_declared() -> None:
    pattern = re.compile(r"name=\"code\" select=\"'([a-z-]+)'|diagnostic code=\"([a-z-]+)\"")
    found = {a or b for path in (ROOT / "xslt").rglob("*.xsl") for a, b in pattern.findall(path.read_text("utf-8"))}
    assert found and found <= set(all_codes())
