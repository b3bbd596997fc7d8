"""Documents of other projects and other vocabularies are judged usefully, whatever their root."""

from __future__ import annotations

from pathlib import Path

import pytest

from editio.config import of_folder
from editio.diagnostics import Report
from editio.model import Edition
from editio.tei import NS
from editio.validate import check
from editio.validating.criteria import Criteria, shipped_schema
from editio.validating.schemas import schema_file

HEADER = """<teiHeader><fileDesc><titleStmt><title>Letters</title><author>Emerson</author></titleStmt><publicationStmt>
<publisher>Nobody</publisher><availability><licence>free</licence></availability></publicationStmt><sourceDesc>
<p>Born digital.</p></sourceDesc></fileDesc></teiHeader>"""
TEXT = "<text><body><p>Text (never closed.</p></body></text>"
BRACKETS = ("unbalanced-brackets",)
ROOTS = {
    "corpus": (f'<teiCorpus xmlns="{NS}" xml:lang="en">{HEADER}<TEI>{HEADER}{TEXT}</TEI></teiCorpus>', BRACKETS),
    "prefix": (
        f'<t:TEI xmlns:t="{NS}" xml:lang="en"><t:text><t:body><t:p>(a</t:p></t:body></t:text></t:TEI>',
        BRACKETS,
    ),
    "text": (f'<text xmlns="{NS}" xml:lang="en"><body><p>(a</p></body></text>', BRACKETS),
    "div": (f'<div xmlns="{NS}"><p>(a</p></div>', BRACKETS),
    "listPerson": (
        f'<listPerson xmlns="{NS}"><person xml:id="a"/><person xml:id="a"/></listPerson>',
        ("duplicate-id",),
    ),
    "teiHeader": (HEADER.replace("<teiHeader", f'<teiHeader xmlns="{NS}"'), ()),
    "no-namespace": (f"<TEI>{HEADER}{TEXT}</TEI>", ("missing-namespace",)),
    "p4": ('<!DOCTYPE TEI.2 SYSTEM "x.dtd"><TEI.2><text><p id="a">(a</p></text></TEI.2>', ("missing-namespace",)),
    "docbook": ('<article xmlns="http://docbook.org/ns/docbook"><title>(a</title></article>', ()),
    "svg": ('<svg xmlns="http://www.w3.org/2000/svg"><a href="#b"/><text>(a</text></svg>', ()),
    "html": ("<html><body id='a'><p id='a'>(a</p></body></html>", ()),
    "egXML": ('<egXML xmlns="http://www.tei-c.org/ns/Examples"><p ref="#a">(a</p></egXML>', ()),
    "include": ('<include xmlns="http://www.w3.org/2001/XInclude" href="none.xml"/>', ("missing-include",)),
    "odd": (
        f'<TEI xmlns="{NS}" xml:lang="en">{HEADER}<text><body><schemaSpec ident="x" start="TEI" source="tei:4.9.0"><moduleRef '
        'key="tei"/><elementSpec ident="p" mode="change"><content><textNode/></content></elementSpec></schemaSpec></body>'
        "</text></TEI>",
        (),
    ),
}


def codes(folder: Path, text: str, schema: Path | None = None) -> list[str]:
    path = folder / "document.xml"
    path.write_text(text, encoding="utf-8")
    report = Report(folder)
    criteria = Criteria(schema_file(schema, folder)) if schema else Criteria()
    check(Edition(folder, of_folder("Any"), {}), [path], criteria, report)
    return [one.code.name for one in report if one.code.name != "no-schema"]


@pytest.mark.parametrize("name", ROOTS)
def test_a_document_of_any_root_is_looked_at(name: str, tmp_path: Path) -> None:
    text, expected = ROOTS[name]
    assert tuple(codes(tmp_path, text)) == expected


@pytest.mark.parametrize("name", ROOTS)
def test_a_document_of_any_root_is_held_against_a_schema(name: str, tmp_path: Path) -> None:
    text, expected = ROOTS[name]
    report = Report(tmp_path)
    (tmp_path / "document.xml").write_text(text, encoding="utf-8")
    edition = Edition(tmp_path, of_folder("Any"), {})
    check(edition, [tmp_path / "document.xml"], Criteria(shipped_schema("editio.rng")), report)
    found = {one.code.name for one in report}
    assert set(expected) <= found
    assert not found & {"failed-check", "too-costly"}
    assert found - {"missing-include"} or name in ("include",)


SCHEMAS = {
    "docbook": 'default namespace = "http://docbook.org/ns/docbook"\nstart = element article { element title { text } }',
    "svg": 'default namespace = "http://www.w3.org/2000/svg"\nstart = element svg { element a { attribute href { text } }, '
    "element text { text } }",
    "p4": "start = element TEI.2 { element text { element p { attribute id { text }, text } } }",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_documents_of_other_vocabularies_are_valid_by_their_own_schema(name: str, tmp_path: Path) -> None:
    schema = tmp_path / "own.rnc"
    schema.write_text(SCHEMAS[name], encoding="utf-8")
    text, expected = ROOTS[name]
    assert tuple(codes(tmp_path, text, schema)) == expected
    assert len(codes(tmp_path, text.replace("(a", "(<b/>"), schema)) == len(expected) + 1
