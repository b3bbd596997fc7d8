"""Word documents: each construct as the TEI it becomes, and files that nobody should open.

A case is a folder of ``cases/docx`` with the parts of a document (``document.xml``, ``footnotes.xml`` …), whose
roots need no declaration of namespaces, perhaps an ``edition.toml``, and the ``text`` it becomes: ``expected.xml``.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import encode, read, tei
from editio.config import ConvertSettings, EditionSettings, Settings
from editio.container import OLE
from editio.diagnostics import Report
from editio.encode import Encoded
from editio.ooxml.context import address
from editio.ooxml.numbers import shown
from editio.ooxml.styles import read_styles
from editio.ooxml.symbols import sign

CASES = sorted(path for path in (Path(__file__).parent / "cases/docx").iterdir() if path.is_dir())
OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "w": f"{OFFICE}/wordprocessingml/2006/main",
    "r": f"{OFFICE}/officeDocument/2006/relationships",
    "m": f"{OFFICE}/officeDocument/2006/math",
    "a": f"{OFFICE}/drawingml/2006/main",
    "pic": f"{OFFICE}/drawingml/2006/picture",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": f"{OFFICE}/package/2006/metadata/core-properties",
}
DECLARATIONS = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
RELATED = re.compile(r"(styles|numbering|settings|footnotes|endnotes|comments|header|footer)\d*\.xml")


def packed(parts: dict[str, str], relations: str = "") -> bytes:
    """A DOCX of parts by the names of their files; ``relations`` are those of the text besides."""
    found = [(name, match[1]) for name in parts if (match := RELATED.fullmatch(name))]
    own = "".join(
        f'<Relationship Id="{name[:-4]}" Type="{NAMESPACES["r"]}/{kind}" Target="{name}"/>' for name, kind in found
    )
    start = f'<Relationships xmlns="{OFFICE}/package/2006/relationships">'
    office = f'<Relationship Id="r1" Type="{NAMESPACES["r"]}/officeDocument" Target="word/document.xml"/>'
    members = {"_rels/.rels": f"{start}{office}</Relationships>"}
    members["word/_rels/document.xml.rels"] = f"{start}{own}{relations}</Relationships>"
    for name, text in parts.items():
        members["docProps/core.xml" if name == "core.xml" else f"word/{name}"] = text
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, re.sub(r"\A\s*(<[\w:]+)(?![^>]*xmlns:w=)", rf"\1{DECLARATIONS}", text))
    return buffer.getvalue()


def document(body: str) -> str:
    """A part document.xml with this body."""
    return f"<w:document><w:body>{body}</w:body></w:document>"


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def converted(data: bytes, folder: Path, own: Settings | None = None) -> tuple[Encoded | None, Report]:
    """The TEI of a document, and what was reported."""
    path = folder / "letter.docx"
    path.write_bytes(data)
    report = Report(folder)
    chosen = own or Settings(edition=EditionSettings(title="Letters"))
    draft = read.read(path, chosen, report)
    return (encode.encode(draft, chosen, report) if draft else None), report


def text_of(encoded: Encoded | None) -> str:
    """The text of the TEI as it is written."""
    assert encoded is not None and encoded.balance.balanced
    return tei.serialise(tei.part(encoded.root, "text")).decode().partition("\n")[2].replace(f' xmlns="{tei.NS}"', "")


def codes(report: Report) -> list[str]:
    """The codes that were reported."""
    return [one.code.name for one in report]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_word_document_becomes_the_expected_tei(
    case: Path, accept: bool, tmp_path: Path, tei_all: etree.RelaxNG
) -> None:
    parts = {one.name: one.read_text(encoding="utf-8") for one in case.glob("*.xml") if one.name != "expected.xml"}
    relations = parts.pop("relations.xml", "")
    toml = case / "edition.toml"
    own = msgspec.convert(tomllib.loads(toml.read_text()), Settings) if toml.exists() else None
    encoded, report = converted(packed(parts, relations), tmp_path, own)
    assert encoded is not None and encoded.balance.balanced, list(report)
    written = tei.parse(tei.serialise(encoded.root))
    assert tei_all.validate(written.getroottree()), tei_all.error_log
    notes = [
        tei.serialise(one).decode().partition("\n")[2]
        for one in written.iter(f"{tei.TEI}note")
        if one.get("type") == "furniture"
    ]
    found = text_of(encoded)
    found += "".join(f"<!-- {re.sub(' xmlns=.[^ >]*', '', note)} -->\n" for note in notes)
    found += "".join(f"<!-- {rule}: {count} -->\n" for rule, count in encoded.balance.consumed.items())
    found += "".join(
        f"<!-- {one.location.line}: {one.code.name} -->\n" for one in report if one.code.name != "missing-title"
    )
    expected = case / "expected.xml"
    if accept:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


# --- files that nobody should open --------------------------------------------------------------

WORDS = paragraph("It is a soft air, and the sun shines upon the pond.")


def zipped(members: dict[str, bytes]) -> bytes:
    """A container of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def declared(text: str) -> bytes:
    """A part with its namespaces declared."""
    return re.sub(r"\A(<[\w:]+)", rf"\1{DECLARATIONS}", text).encode()


REFUSED = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "mistaken-format"),
    "an ODT": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "mistaken-format",
    ),
    "a spreadsheet": (zipped({"xl/workbook.xml": b"<a/>"}), "mistaken-format"),
    "an old Word file": (OLE + b"\0" * 2000, "mistaken-format"),
    "under a password": (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "encrypted-source"),
    "cut off": (packed({"document.xml": document(WORDS)})[:-40], "damaged-source"),
    "empty": (b"", "empty-source"),
    "without text": (zipped({"word/styles.xml": b"<a/>"}), "damaged-source"),
    "another root": (zipped({"word/document.xml": b"<a/>"}), "damaged-source"),
    "a bomb": (zipped({"word/document.xml": b" " * (80 * 2**20)}), "oversized-source"),
    "a DTD": (
        zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY e "x">]>' + declared(document("&e;"))}),
        "damaged-source",
    ),
    "an outer entity": (
        zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'}),
        "damaged-source",
    ),
    "a NUL": (zipped({"word/document.xml": declared(document(paragraph("soft\0air")))}), "damaged-source"),
    "tables without end": (
        zipped({"word/document.xml": declared(document("<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200))}),
        "damaged-source",
    ),
    "no words": (packed({"document.xml": document("<w:p/>" * 5000)}), "empty-source"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_readable_document_is_refused(what: str, tmp_path: Path) -> None:
    data, code = REFUSED[what]
    encoded, report = converted(data, tmp_path)
    assert encoded is None
    assert codes(report) == [code]


def test_members_with_unsafe_names_are_left_alone(tmp_path: Path) -> None:
    members = {"word/document.xml": declared(document(WORDS)), "../evil.xml": b"<a/>", "/etc/evil": b"x"}
    encoded, _ = converted(zipped(members), tmp_path)
    assert "soft air" in text_of(encoded)
    assert sorted(one.name for one in tmp_path.parent.rglob("evil*")) == []


def test_a_document_without_any_other_part_is_read(tmp_path: Path) -> None:
    encoded, _ = converted(zipped({"word/document.xml": declared(document(WORDS))}), tmp_path)
    assert "the sun shines" in text_of(encoded)


def test_the_strict_form_of_the_format_is_read(tmp_path: Path) -> None:
    text = declared(document(paragraph("Economy", '<w:outlineLvl w:val="0"/>') + WORDS)).decode()
    for name in ("wordprocessingml", "officeDocument", "drawingml"):
        text = text.replace(f"{OFFICE}/{name}/2006/", f"http://purl.oclc.org/ooxml/{name}/")
    encoded, _ = converted(zipped({"word/document.xml": text.encode()}), tmp_path)
    assert "purl" in text and "<head>Economy</head>" in text_of(encoded)


def test_templates_and_pictures_elsewhere_are_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(*arguments: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr("socket.socket.connect", fetched)
    picture = '<w:p><w:r><w:drawing><wp:inline><a:blip r:link="i1"/></wp:inline></w:drawing></w:r></w:p>'
    relations = (
        f'<Relationship Id="i1" Type="{NAMESPACES["r"]}/image" Target="http://localhost:9/a.png" TargetMode="External"/>'
        f'<Relationship Id="t1" Type="{NAMESPACES["r"]}/attachedTemplate" Target="http://localhost:9/a.dotm" '
        'TargetMode="External"/>'
    )
    encoded, report = converted(packed({"document.xml": document(WORDS + picture)}, relations), tmp_path)
    assert 'url="http://localhost:9/a.png"' in text_of(encoded)
    assert "external-picture" in codes(report)


def test_lists_of_two_hundred_levels_are_read_as_deep_as_word_has_them(tmp_path: Path) -> None:
    numbers = "".join(f'<w:lvl w:ilvl="{n}"><w:lvlText w:val="%{n + 1}."/></w:lvl>' for n in range(9))
    numbering = f'<w:numbering><w:abstractNum w:abstractNumId="0">{numbers}</w:abstractNum><w:num w:numId="1">'
    numbering += '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    body = "".join(
        paragraph("boards", f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr>') for n in range(200)
    )
    own = Settings(edition=EditionSettings(title="Letters"), convert=ConvertSettings(numbered="list"))
    encoded, _ = converted(packed({"document.xml": document(body), "numbering.xml": numbering}), tmp_path, own)
    assert text_of(encoded).count("boards") == 200


def test_tables_nested_deep_keep_their_text(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + WORDS + "</w:tc></w:tr></w:tbl>" * 60
    encoded, report = converted(packed({"document.xml": document(body)}), tmp_path)
    assert text_of(encoded).count("soft air") == 1
    assert "nested-too-deep" in codes(report)


def test_wrappers_and_changes_nested_deep_keep_their_text(tmp_path: Path) -> None:
    for wrapper in ("smartTag", "ins", "sdt", "hyperlink", "fldSimple", "unknown"):
        start, end = f"<w:{wrapper}>" * 240, f"</w:{wrapper}>" * 240
        body = f"<w:p>{start}<w:r><w:t>a soft air</w:t></w:r>{end}</w:p>"
        own = Settings(edition=EditionSettings(title="Letters"), convert=ConvertSettings(changes="keep"))
        encoded, _ = converted(packed({"document.xml": document(body)}), tmp_path, own)
        assert text_of(encoded).count("a soft air") == 1


def test_thousands_of_empty_paragraphs_are_none(tmp_path: Path) -> None:
    encoded, _ = converted(packed({"document.xml": document("<w:p/>" * 20_000 + WORDS)}), tmp_path)
    assert text_of(encoded).count("<p>") == 1


def test_notes_that_refer_to_themselves_end(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnotes><w:footnote w:id="1"><w:p><w:r><w:t>See here.</w:t></w:r>{reference}</w:p></w:footnote></w:footnotes>'
    body = f"<w:p><w:r><w:t>The pond</w:t></w:r>{reference}</w:p>"
    encoded, _ = converted(packed({"document.xml": document(body), "footnotes.xml": note}), tmp_path)
    assert text_of(encoded).count("See here.") == 1


def test_a_chain_of_notes_in_notes_ends(tmp_path: Path) -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>Note {n}.</w:t><w:footnoteReference w:id="{n + 1}"/></w:r></w:p></w:footnote>'
        for n in range(1000)
    )
    body = '<w:p><w:r><w:t>The pond</w:t><w:footnoteReference w:id="0"/></w:r></w:p>'
    parts = {"document.xml": document(body), "footnotes.xml": f"<w:footnotes>{notes}</w:footnotes>"}
    encoded, _ = converted(packed(parts), tmp_path)
    assert encoded is not None and encoded.balance.balanced


def test_styles_based_on_one_another_end() -> None:
    root = tei.parse(
        declared(
            '<w:styles><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
            '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
        )
    )
    styles = read_styles(root, Settings(edition=EditionSettings(title="Letters")))
    assert styles.paragraph("A").names == ("A", "B")


def test_fields_that_never_end_hide_nothing(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    body = f"<w:p>{begin}<w:r><w:instrText> REF x </w:instrText></w:r></w:p>{WORDS}"
    encoded, _ = converted(packed({"document.xml": document(body)}), tmp_path)
    assert "soft air" in text_of(encoded)


@pytest.mark.parametrize(
    ("count", "format", "number"),
    [
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (22, "ordinal", "22nd"),
        (13, "ordinal", "13th"),
        (7, "decimalZero", "07"),
        (6, "chicago", "††"),
        (3, "decimalEnclosedCircle", "③"),
        (3, "none", ""),
        (5, "hebrew1", "5"),
        (-1, "upperRoman", "-1"),
    ],
)
def test_numbers_are_shown_as_word_shows_them(count: int, format: str, number: str) -> None:
    assert shown(count, format) == number


@pytest.mark.parametrize(
    ("code", "font", "character"),
    [
        (0xF061, "Symbol", "α"),
        (0x57, "Symbol", "Ω"),
        (0xF0FC, "Wingdings", "✓"),
        (0x2713, "Segoe UI", "✓"),
        (0xD800, "x", "\ufffd"),
    ],
)
def test_signs_of_symbol_fonts_are_characters(code: int, font: str, character: str) -> None:
    assert sign(code, font) == character


@pytest.mark.parametrize(
    ("written", "pointer"),
    [
        ("https://www.walden.org/a b#c#d", "https://www.walden.org/a%20b#c%23d"),
        ("urn:isbn:0-691-06194-X", "urn:isbn:0-691-06194-X"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("C:\\pond\\map.png", "C:%5Cpond%5Cmap.png"),
        ("http://host:port/", ""),
        ("odd thing: x", ""),
        ("50%/é", "50%25/%C3%A9"),
    ],
)
def test_addresses_become_pointers(written: str, pointer: str) -> None:
    assert address(written) == pointer


# --- whatever the tree -----------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="￾￿"), max_size=12).map(
    lambda text: f'<w:t xml:space="preserve">{text.replace("&", "&amp;").replace("<", "&lt;")}</w:t>'
)
leaves = st.one_of(
    texts,
    st.sampled_from(
        [
            "<w:tab/>",
            "<w:br/>",
            '<w:br w:type="page"/>',
            "<w:rPr><w:b/></w:rPr>",
            '<w:footnoteReference w:id="1"/>',
            '<w:commentReference w:id="1"/>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:fldChar w:fldCharType="separate"/>',
            '<w:fldChar w:fldCharType="end"/>',
            "<w:instrText>TOC</w:instrText>",
            '<w:instrText>XE "pond"</w:instrText>',
            "<w:delText>slowly</w:delText>",
            '<w:pPr><w:pStyle w:val="H"/></w:pPr>',
            "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
            "<w:tcPr><w:vMerge/></w:tcPr>",
            '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>',
            '<w:sym w:font="Symbol" w:char="F061"/>',
            '<w:bookmarkStart w:name="a"/>',
            "<!-- a comment -->",
        ]
    ),
)
TAGS = [
    "p",
    "p",
    "r",
    "r",
    "tbl",
    "tr",
    "tc",
    "ins",
    "del",
    "hyperlink",
    "sdt",
    "sdtContent",
    "txbxContent",
    "pict",
    "t",
]
trees = st.recursive(
    leaves,
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=5)).map(
        lambda made: f"<w:{made[0]}>{''.join(made[1])}</w:{made[0]}>"
    ),
    max_leaves=30,
)
OTHER_PARTS = {
    "styles.xml": '<w:styles><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>',
    "footnotes.xml": f'<w:footnotes><w:footnote w:id="1">{WORDS}</w:footnote></w:footnotes>',
    "comments.xml": f'<w:comments><w:comment w:id="1" w:author="F. Sanborn">{WORDS}</w:comment></w:comments>',
}


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(body=st.lists(trees, max_size=6).map("".join), keep=st.booleans())
def test_any_tree_of_elements_becomes_tei_without_loss(
    body: str, keep: bool, tmp_path_factory: pytest.TempPathFactory, tei_all: etree.RelaxNG
) -> None:
    own = Settings(
        edition=EditionSettings(title="Letters"),
        convert=ConvertSettings(changes="keep" if keep else "accept", comments="note" if keep else "header"),
    )
    data = packed({"document.xml": document(body), **OTHER_PARTS})
    encoded, report = converted(data, tmp_path_factory.mktemp("tree"), own)
    if encoded is None:
        assert codes(report) == ["empty-source"]
        return
    assert encoded.balance.balanced
    written = tei.parse(tei.serialise(encoded.root))
    assert tei_all.validate(written.getroottree()), (tei_all.error_log, tei.serialise(encoded.root).decode())
