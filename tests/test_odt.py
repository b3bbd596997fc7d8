"""OpenDocument texts: cases made of readable XML, bad containers, and trees of all shapes that must keep every character."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import encode, tei
from editio.config import ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Refusal, Report
from editio.encode import Encoded
from editio.model import Source
from editio.readers.odt import read_odt

CASES = Path(__file__).parent / "cases" / "odt"
SETTINGS = Settings(edition=EditionSettings(title="Cases"), convert=ConvertSettings())
NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def document(body: str, styles: str = "") -> str:
    """A content.xml with this text and these automatic styles."""
    return (
        f"<office:document-content {DECLARED}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def packed(**parts: str) -> bytes:
    """An ODT of parts: ``content`` is content.xml, and so on."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, text in parts.items():
            path = "META-INF/manifest.xml" if name == "manifest" else f"{name}.xml"
            archive.writestr(zipfile.ZipInfo(path), text.encode("utf-8", "surrogatepass"))
    return buffer.getvalue()


def converted(data: bytes, own: Settings = SETTINGS, name: str = "letter.odt") -> tuple[Encoded, Report]:
    """The TEI of a document, and what was reported."""
    report = Report(Path.cwd())
    draft = read_odt(Source(Path(name), name, "letter", "", data), own, report)
    encoded = encode.encode(draft, own, report)
    assert encoded is not None and encoded.balance.balanced, list(report)
    return encoded, report


def text_of(body: str, styles: str = "") -> str:
    """The text of the TEI of a body, white space collapsed."""
    encoded, _ = converted(packed(content=document(body, styles)))
    return " ".join(tei.text_of(tei.part(encoded.root, "text")).split())


def refused(data: bytes, name: str = "letter.odt") -> str:
    """The code with which a document is refused."""
    with pytest.raises(Refusal) as refusal:
        converted(data, name=name)
    return refusal.value.diagnostic.code.name


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_a_document_becomes_the_expected_tei(case: Path, accept: bool, tei_all: etree.RelaxNG) -> None:
    parts = {path.stem: path.read_text(encoding="utf-8") for path in case.glob("*.xml") if path.stem != "expected"}
    keeps = case.name.endswith("-kept")
    own = msgspec.structs.replace(SETTINGS, convert=ConvertSettings(changes="keep")) if keeps else SETTINGS
    encoded, report = converted(packed(**parts), own)
    tree = tei.parse(tei.serialise(encoded.root))
    assert tei_all.validate(tree.getroottree()), tei_all.error_log
    for one in tree.iter(f"{tei.TEI}editorialDecl"):
        tei.set_contents(one, [])
    found = tei.serialise(tree).decode() + "".join(f"<!-- {one.location.line}: {one.code.name} -->\n" for one in report)
    expected = case / "expected.xml"
    if accept:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_a_document_in_one_file_reads_the_same() -> None:
    flat = document("<text:h text:outline-level='1'>Walden</text:h><text:p>Economy.</text:p>")
    flat = flat.replace("office:document-content", "office:document")
    encoded, _ = converted(flat.encode(), name="letter.fodt")
    assert "Economy." in tei.text_of(tei.part(encoded.root, "text"))


def test_a_cut_off_container_is_refused() -> None:
    assert refused(packed(content=document("<text:p>Walden</text:p>"))[:-40]) == "damaged-source"


def test_cut_off_xml_is_refused() -> None:
    assert refused(packed(content=document("<text:p>Walden</text:p>")[:-40])) == "damaged-source"


def test_a_container_without_content_is_refused() -> None:
    assert refused(packed(styles="<a/>")) == "damaged-source"


def test_a_dtd_is_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert refused(packed(content=entity + document("<text:p>&a;</text:p>"))) == "damaged-source"
    assert refused((entity + document("")).encode(), "letter.fodt") == "damaged-source"


def test_an_encrypted_document_is_refused() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>'
    )
    assert refused(packed(content="\x07\x08", manifest=manifest)) == "encrypted-source"


def test_a_spreadsheet_is_refused() -> None:
    sheet = document("").replace("office:text", "office:spreadsheet")
    assert refused(packed(content=sheet)) == "mistaken-format"


def test_lists_deeper_than_the_parser_goes_are_refused() -> None:
    deep = "<text:list><text:list-item>" * 200 + "<text:p>x</text:p>" + "</text:list-item></text:list>" * 200
    assert refused(packed(content=document(deep))) == "damaged-source"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<text:list><text:list-item><text:p>bean</text:p>", "</text:list-item></text:list>"),
        ("<text:section>", "</text:section>"),
        ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>"),
    ],
    ids=["lists", "sections", "tables"],
)  # fmt: skip
def test_what_stands_deep_in_another_is_kept(before: str, behind: str) -> None:
    found = text_of(before * 60 + "<text:p>pond</text:p>" + behind * 60)
    assert found.count("bean") == 60 * before.count("bean") and "pond" in found


def test_notes_in_notes_are_kept() -> None:
    before = "<text:p>bean<text:note><text:note-citation>1</text:note-citation><text:note-body>"
    found = text_of(before * 40 + "<text:p>pond</text:p>" + "</text:note-body></text:note></text:p>" * 40)
    assert found.count("bean") == 40 and "pond" in found


def test_repeated_empty_cells_do_not_fill_the_memory() -> None:
    cells = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>'
    first = "<table:table-row><table:table-cell><text:p>beans</text:p></table:table-cell></table:table-row>"
    encoded, _ = converted(packed(content=document(f"<table:table>{first}{rows}</table:table>")))
    assert len(list(encoded.root.iter(f"{tei.TEI}cell"))) < 1000


def test_styles_in_a_circle_come_to_an_end() -> None:
    pair = ("AB", "BA")
    styles = "".join(
        f'<style:style style:name="{a}" style:family="paragraph" style:parent-style-name="{b}"/>' for a, b in pair
    )
    assert text_of('<text:p text:style-name="A">beans</text:p>', styles) == "beans"


def test_a_picture_of_the_network_is_named_and_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", fail)
    image = '<draw:frame><draw:image xlink:href="http://192.0.2.1/pond.png"/></draw:frame>'
    encoded, _ = converted(packed(content=document(f"<text:p>A {image} pond</text:p>")))
    assert [one.get("url") for one in encoded.root.iter(f"{tei.TEI}graphic")] == ["http://192.0.2.1/pond.png"]


def test_deleted_words_are_gone_and_accounted_for() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><text:p>peas</text:p></text:deletion>'
    )
    changes += "</text:changed-region></text:tracked-changes>"
    encoded, _ = converted(
        packed(content=document(f'{changes}<text:p>I hoed <text:change text:change-id="a"/>beans.</text:p>'))
    )
    assert encoded.balance.consumed == {"odt-deleted": 4}
    assert "peas" not in tei.text_of(encoded.root)


WORDS = st.sampled_from(["beans", " and  peas ", "\n", "7", "«é»", ""])
NAMES = st.sampled_from(
    "text:p text:h text:span text:list text:list-item text:list-header text:section table:table table:table-row "
    "table:table-cell table:covered-table-cell text:note text:note-body text:note-citation text:a draw:frame draw:text-box "
    "draw:image svg:title office:annotation dc:creator text:ruby text:ruby-base text:ruby-text text:s text:tab "
    "text:line-break text:number text:bookmark text:table-of-content text:index-body text:numbered-paragraph "
    "text:hidden-text draw:g text:soft-page-break text:change table:table-header-rows text:tracked-changes".split()
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", NAMES, st.lists(inner, max_size=4)
    ),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=5))
def test_whatever_stands_in_whatever_the_ledger_balances(trees: list[str]) -> None:
    encoded, _ = converted(packed(content=document("".join(trees) + "<text:p>end</text:p>")))
    assert encoded.balance.balanced
