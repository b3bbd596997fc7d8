"""Golden cases: a source and the ``text`` it becomes, a TEI document and the page it becomes; ``--accept`` rewrites them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from editio import encode, read, tei
from editio.config import ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Report

CASES = Path(__file__).parent / "cases"
SOURCES = sorted(path for path in (CASES / "convert").iterdir() if path.suffix != ".xml")
SETTINGS = Settings(
    edition=EditionSettings(title="Cases", language="en", original_language="ru"), convert=ConvertSettings()
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_source_becomes_the_expected_tei(source: Path, accept: bool, tei_all: etree.RelaxNG) -> None:
    report = Report(CASES)
    draft = read.read(source, SETTINGS, report)
    assert draft is not None
    encoded = encode.encode(draft, SETTINGS, report)
    assert encoded is not None and encoded.balance.balanced, list(report)
    written = tei.serialise(encoded.root)
    tree = tei.parse(written).getroottree()
    assert tei_all.validate(tree), tei_all.error_log
    without_declarations = re.sub(r"(?s)(<editorialDecl>).*(</editorialDecl>)", r"\1\2", written.decode())
    found = without_declarations + "".join(f"<!-- {one.location.line}: {one.code.name} -->\n" for one in report)
    expected = source.with_suffix(".xml")
    if accept:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
