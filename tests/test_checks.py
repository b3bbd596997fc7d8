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
    data = path.read_bytes()
    register = Document("persons", "tei/registers/persons.xml", tei.parse(PERSONS))
    entries = registers.entries((register,), Report())
    edition = Edition(CASES, of_folder("Cases"), entries, (register,))
    document = Document("d", f"tei/{path.name}", tei.parse(data), data)
    expected = [number for number, line in enumerate(data.decode().splitlines(), 1) if "<!-- fault -->" in line]
    assert sorted(found.location.line for found in entry.find(document, edition)) == expected


def test_each_text_is_known_with_the_line_where_it_begins() -> None:
    data = b'<p\n n="1"\n>one\n<!-- c\n c\n --><b>\ntwo</b>\n\n<?pi a\n b?>three<c\n/>four<d>five<e/>six<f\n/></d>seven</p>'
    root = tei.parse(data)
    placed = []
    for one in tei.passages(tei.text_nodes(root), ("o", "i", "e")):
        before = one.text[: len(one.text) - len(one.text.lstrip())]
        placed.append((one.text.strip(), one.line + before.count("\n")))
    expected = [("one", 3), ("two", 7), ("three", 10), ("four", 11), ("five", 11), ("six", 11), ("seven", 12)]
    assert [one for one in placed if one[0]] == expected
