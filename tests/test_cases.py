"""Golden cases: a source and the ``text`` it becomes, a TEI document and the page it becomes; ``--accept`` rewrites them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lxml import etree

from editio import encode, read, tei
from editio.config import ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Report
from editio.resources import shipped, stylesheet_layers
from editio.xslt import Stylesheets, Xml

CASES = Path(__file__).parent / "cases"
SOURCES = sorted(path for path in (CASES / "convert").iterdir() if path.suffix != ".xml")
PAGES = sorted(path for path in (CASES / "xslt").glob("*.xml") if path.name != "index.xml")
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


@pytest.fixture(scope="module")
def stylesheets() -> Iterator[Stylesheets]:
    with closing(Stylesheets(stylesheet_layers(None))) as opened:
        yield opened


def inner_html(page: str, id: str) -> str:
    """What a ``div`` of a page holds, as it is written there."""
    start = page.index(f'id="{id}">') + len(f'id="{id}">')
    depth = 1
    for tag in re.finditer(r"<(/?)div\b[^>]*>", page[start:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return page[start : start + tag.start()].strip()
    raise ValueError(f"the page has no whole div with the id {id}")


@pytest.mark.parametrize("source", PAGES, ids=lambda path: path.stem)
def test_a_document_becomes_the_expected_page(source: Path, accept: bool, stylesheets: Stylesheets) -> None:
    prepared = stylesheets.transform("prepare.xsl", source.read_text(encoding="utf-8"), {}).files["prepared"]
    parameters = {
        "index": Xml(str(CASES / "xslt/index.xml")),
        "labels": Xml(str(shipped("xslt") / "labels/en.xml")),
        "document": source.stem,
    }
    result = stylesheets.transform("html.xsl", prepared, parameters)
    found = inner_html(result.files[f"{source.stem}.html"], "ed:text") + "\n"
    expected = source.with_suffix(".html")
    if accept:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
