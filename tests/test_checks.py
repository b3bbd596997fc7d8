"""Each check finds the faults of its case, at their lines, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from editio import registers, tei
from editio.config import of_folder
from editio.diagnostics import Report
from editio.model import Document, Edition
from editio.registry import CheckEntry, checks

CASES = Path(__file__).parent / "cases/checks"
PERSONS = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>
<person xml:id="anna"><persName>Anna</persName></person></listPerson></standOff></TEI>"""


@pytest.mark.parametrize("entry", checks(), ids=lambda entry: entry.code.name)
def test_a_check_finds_the_faults_of_its_case(entry: CheckEntry) -> None:
    path = CASES / f"{entry.code.name}.xml"
    assert path.is_file(), f"the check {entry.code.name} has no case"
    assert_found(entry, path)


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.xml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_check_finds_no_fault_in_what_other_projects_have_for_good_reasons(path: Path) -> None:
    (entry,) = (one for one in checks() if one.code.name == path.parent.name)
    assert_found(entry, path)


def assert_found(entry: CheckEntry, path: Path) -> None:
    data = path.read_bytes()
    register = Document("persons", "tei/registers/persons.xml", tei.parse(PERSONS))
    entries = registers.entries((register,), Report())
    edition = Edition(CASES, of_folder("Cases"), entries, (register,))
    document = Document("d", f"tei/{path.name}", tei.parse(data), data)
    expected = [number for number, line in enumerate(data.decode().splitlines(), 1) if "<!-- fault -->" in line]
    assert sorted(found.location.line for found in entry.find(document, edition)) == expected
