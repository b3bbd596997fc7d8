"""PAGE XML, ALTO, hOCR and TEI as sources: what they must become, and what bad files may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from editio import encode, read, tei
from editio.build import encode_document
from editio.config import EditionSettings, Settings
from editio.diagnostics import Report
from editio.model import Edition

SETTINGS = Settings(edition=EditionSettings(title="Cases"))
TEXT = "<TextEquiv><Unicode>{}</Unicode></TextEquiv>"
SAMPLES = Path(__file__).resolve().parents[2] / "shared/samples/tei"
TEI_SAMPLES = sorted(SAMPLES.rglob("*.xml"))
XML_NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def converted(folder: Path, name: str, data: str | bytes) -> tuple[etree._Element | None, list[str]]:
    """The TEI of a source, if there is any, and the codes of what was reported."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    report = Report(folder)
    draft = read.read(path, SETTINGS, report)
    made = encode.encode(draft, SETTINGS, report) if draft else None
    return (made.root if made else None), [one.code.name for one in report if one.code.name != "missing-title"]


def page(inside: str, attributes: str = 'imageFilename="a.jpg" imageWidth="100" imageHeight="200"') -> str:
    namespace = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"
    return f'<PcGts xmlns="{namespace}"><Page {attributes}>{inside}</Page></PcGts>'


def region(id: str, *lines: str, attributes: str = "", before: str = "") -> str:
    inside = "".join(f'<TextLine id="{id}l{i}">{TEXT.format(line)}</TextLine>' for i, line in enumerate(lines))
    return f'<TextRegion id="{id}" {attributes}>{before}{inside}</TextRegion>'


def alto(inside: str) -> str:
    source = "<Description><sourceImageInformation><fileName>a.tif</fileName></sourceImageInformation></Description>"
    return f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{source}<Layout>{inside}</Layout></alto>'


def body_of(root: etree._Element | None) -> str:
    assert root is not None
    return tei.serialise(tei.part(root, "text/body")).decode()


# --- which reader ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("page.xml", page(region("r1", "Call me Ishmael.")), "Call me Ishmael."),
        ("alto.xml", alto('<Page><PrintSpace><TextBlock ID="b"><TextLine><String CONTENT="Call"/></TextLine>'
                          "</TextBlock></PrintSpace></Page>"), "Call"),
        ("page16.xml", page(region("r1", "Call me Ishmael.")).encode("utf-16"), "Call me Ishmael."),
        ("hocr.html", "<html><body><div class='ocr_page' title='image \"a.png\"'><p class='ocr_par'>Call me</p></div>",
         "Call me"),
        ("tei.xml", f"<!-- a --><TEI {XML_NS}><text><body><p>Call me</p></body></text></TEI>", "Call me"),
    ],
)  # fmt: skip
def test_a_format_is_known_by_its_root(tmp_path: Path, name: str, data: str | bytes, found: str) -> None:
    root, reported = converted(tmp_path, name, data)
    assert reported == [] and found in tei.whole_text(tei.units(tei.part(root, "text/body")))  # type: ignore[arg-type]


def test_xml_of_another_kind_has_no_reader(tmp_path: Path) -> None:
    assert converted(tmp_path, "a.xml", "<menu><dish>Chowder</dish></menu>") == (None, ["unknown-format"])


# --- PAGE --------------------------------------------------------------------------------------


def test_a_word_divided_by_its_sign_is_one_word(tmp_path: Path) -> None:
    root, _ = converted(tmp_path, "a.page", page(region("r1", "Ish¬", "mael and the white-", "whale, and the", "sea")))
    assert (
        '<lb facs="#facs-1-r1l0"/>Ish¬<lb facs="#facs-1-r1l1" break="no"/>mael and the white-'
        '<lb facs="#facs-1-r1l2" break="maybe"/>whale, and the <lb facs="#facs-1-r1l3"/>sea'
    ) in body_of(root)


def test_notes_stand_by_their_paragraph_and_furniture_in_the_header(tmp_path: Path) -> None:
    regions = [
        region("h", "Moby-Dick", attributes='type="header"'),
        region("n", "— 12 —", attributes='type="page-number"'),
        region("m", "The whale.", attributes='type="marginalia"'),
        region("p", "Call me Ishmael.*"),
        region("f", "* A name.", attributes='type="footnote"'),
    ]
    root, reported = converted(tmp_path, "a.page", page("".join(regions)))
    body = body_of(root)
    assert reported == []
    assert '<pb facs="#facs-1" n="12"/>' in body
    assert body.index('<note place="margin"') < body.index("Call me") < body.index('<note place="foot"')
    assert "Moby-Dick" not in body and "Moby-Dick" in tei.text_of(tei.part(root, "teiHeader"))  # type: ignore[arg-type]


@pytest.mark.parametrize("attributes", ["row='{r}' col='{c}'", ""])
def test_cells_are_a_table(tmp_path: Path, attributes: str) -> None:
    role = "<Roles><TableCellRole rowIndex='{r}' columnIndex='{c}' header='{h}'/></Roles>"
    name = "TableCell" if attributes else "TextRegion"
    words = {(0, 0): "Ship", (0, 1): "Port", (1, 1): "Nantucket", (1, 0): "Pequod"}
    cells = "".join(
        f"<{name} id='c{r}{c}' {attributes.format(r=r, c=c)}>"
        + ("" if attributes else role.format(r=r, c=c, h=str(r == 0).lower()))
        + f"<TextLine id='l{r}{c}'>{TEXT.format(word)}</TextLine></{name}>"
        for (r, c), word in words.items()
    )
    root, reported = converted(tmp_path, "a.page", page(f"<TableRegion id='t'>{cells}</TableRegion>"))
    assert root is not None and reported == []
    rows = [[tei.text_of(cell) for cell in row] for row in root.iter(f"{tei.TEI}row")]
    assert rows == [["Ship", "Port"], ["Pequod", "Nantucket"]]


def test_tags_that_cross_are_both_kept(tmp_path: Path) -> None:
    custom = "person {offset:0; length:8;} textStyle {offset:5; length:6; bold:true;}"
    line = f'<TextLine id="l" custom="{custom}">{TEXT.format("Captain Ahab spoke")}</TextLine>'
    root, _ = converted(tmp_path, "a.page", page(f'<TextRegion id="r">{line}</TextRegion>'))
    assert '<persName>Capta<hi rend="bold">in </hi></persName><hi rend="bold">Aha</hi>b spoke' in body_of(root)


@pytest.mark.parametrize("tag", ["person {offset:4; length:90;}", "gap {offset:99; length:1;}"])
def test_a_tag_outside_its_line_is_reported(tmp_path: Path, tag: str) -> None:
    line = f'<TextLine id="l" custom="{tag}">{TEXT.format("Captain")}</TextLine>'
    root, reported = converted(tmp_path, "a.page", page(f'<TextRegion id="r">{line}</TextRegion>'))
    assert reported == ["tag-outside-line"] and "Captain" in tei.text_of(tei.part(root, "text"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "custom",
    [
        "abbrev {offset:9; length:3; expansion:Captain;}",
        "comment {offset:99; length:0; comment:Captain;}",
        "sic {offset:0; length:0; correction:Captain;}",
    ],
)
def test_words_of_a_tag_are_kept_wherever_it_points(tmp_path: Path, custom: str) -> None:
    for words in ("Ahab", ""):
        line = f'<TextLine id="l" custom="{custom}">{TEXT.format(words)}</TextLine>'
        root, _ = converted(tmp_path, "a.page", page(f'<TextRegion id="r">{line}</TextRegion>'))
        assert "Captain" in body_of(root)


def test_texts_of_several_levels_are_taken_once_and_compared(tmp_path: Path) -> None:
    words = f'<Word id="w1">{TEXT.format("Call")}</Word><Word id="w2">{TEXT.format("me")}</Word>'
    line = f'<TextLine id="l">{words}{TEXT.format("Call me")}</TextLine>'
    same = f'<TextRegion id="r">{line}{TEXT.format("Call me")}</TextRegion>'
    other = f'<TextRegion id="s">{line}{TEXT.format("Call him")}</TextRegion>'
    only = f'<TextRegion id="t"><TextLine id="k">{words}</TextLine></TextRegion>'
    whole = f'<TextRegion id="u">{TEXT.format("Ahab" + chr(10) + "spoke")}</TextRegion>'
    assert converted(tmp_path, "a.page", page(same))[1] == []
    assert converted(tmp_path, "a.page", page(other))[1] == ["differing-texts"]
    assert ">Call me</p>" in body_of(converted(tmp_path, "a.page", page(only))[0])
    assert "<lb/>Ahab <lb/>spoke" in body_of(converted(tmp_path, "a.page", page(whole))[0])


@pytest.mark.parametrize(
    ("order", "found", "reported"),
    [
        ('<RegionRefIndexed index="0" regionRef="b"/><RegionRefIndexed index="1" regionRef="a"/>', "BA", []),
        ('<RegionRefIndexed index="0" regionRef="c"/><RegionRefIndexed index="1" regionRef="b"/>', "BA",
         ["odd-reading-order"]),
        ('<RegionRefIndexed index="0" regionRef="b"/><RegionRefIndexed index="1" regionRef="b"/>', "BA",
         ["odd-reading-order"]),
        ('<OrderedGroupIndexed id="g" index="x" regionRef="b"><RegionRefIndexed index="9" regionRef="a"/>'
         "</OrderedGroupIndexed>", "BA", []),
        ("", "AB", []),
    ],
)  # fmt: skip
def test_the_reading_order_is_followed_as_far_as_it_goes(
    tmp_path: Path, order: str, found: str, reported: list[str]
) -> None:
    given = f'<ReadingOrder><OrderedGroup id="o">{order}</OrderedGroup></ReadingOrder>'
    root, codes = converted(tmp_path, "a.page", page(given + region("a", "A") + region("b", "B")))
    assert ("".join(tei.whole_text(tei.units(tei.part(root, "text"))).split()), codes) == (found, reported)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("coordinates", "points", "reported"),
    [
        ('<Coords points="1,2 3,4 5,6"/>', "1,2 3,4 5,6", []),
        ('<Coords><Point x="1" y="2"/><Point x="3" y="4"/><Point x="5" y="6"/></Coords>', "1,2 3,4 5,6", []),
        ('<Coords points="-1,2 3,4 5.5,6"/>', "0,2 3,4 5,6", ["odd-coordinates"]),
        ('<Coords points="1,2 3,four 5,6"/>', None, ["odd-coordinates"]),
        ('<Coords points="1,2 3,4"/>', None, ["odd-coordinates"]),
        ('<Coords points="1,2 3,4 5"/>', None, ["odd-coordinates"]),
        (f'<Coords points="{"9" * 5000},2 3,4 5,6"/>', None, ["odd-coordinates"]),
        ('<Coords points=""/>', None, []),
        ("", None, []),
    ],
)
def test_coordinates_are_sound_or_left_out(
    tmp_path: Path, coordinates: str, points: str | None, reported: list[str]
) -> None:
    root, codes = converted(tmp_path, "a.page", page(region("r", "Call me", before=coordinates)))
    assert root is not None
    assert (tei.part(root, "facsimile/surface/zone").get("points"), codes) == (points, reported)


def test_ids_are_names_and_unique(tmp_path: Path, tei_all: etree.RelaxNG) -> None:
    regions = region("1 ä", "A") + region("1 ä", "B") + region("", "C") + region("", "D") + region("²", "E")
    root, _ = converted(tmp_path, "a.page", page(regions, 'imageFilename="Blatt 1 [recto]%.jpg" imageWidth="x"'))
    assert root is not None
    written = tei.parse(tei.serialise(root))
    assert tei_all.validate(written.getroottree()), tei_all.error_log
    ids = [node.get(tei.XML_ID) for node in written.iter(f"{tei.TEI}zone")]
    assert len(ids) == len(set(ids)) == 10
    facs = {one for node in written.iter() for one in (node.get("facs") or "").replace("#", "").split()}
    assert facs <= {*ids, "facs-1"}


def test_a_page_without_an_image_is_reported(tmp_path: Path, tei_all: etree.RelaxNG) -> None:
    root, reported = converted(tmp_path, "a.page", page(region("r", "Call me"), ""))
    assert reported == ["unnamed-image"] and root is not None
    assert tei_all.validate(tei.parse(tei.serialise(root)).getroottree()), tei_all.error_log


# --- files that are damaged --------------------------------------------------------------------

BOMB = (
    "<!DOCTYPE {0} [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.page", page(region("r", "Call"))[:-20], "damaged-source"),
        ("a.alto", "<alto", "damaged-source"),
        ("a.page", "", "empty-source"),
        ("a.alto", b"\xff\xfe\x00", "damaged-source"),
        ("a.page", BOMB.format("PcGts") + page(region("r", "&j;")), "damaged-source"),
        ("a.page", '<!DOCTYPE PcGts SYSTEM "file:///etc/passwd">' + page(region("r", "&x;")), "damaged-source"),
        ("a.page", page(""), "empty-source"),
        ("a.alto", alto('<Page WIDTH="1" HEIGHT="1"/>'), "empty-source"),
        ("a.hocr", "<div class='ocr_page'></div>", "empty-source"),
        ("a.hocr", b"<div class='ocr_page'>caf\xe9</div>", "wrong-encoding"),
        ("a.page", page(region("r", "Call me")).replace("<TextLine", "<Deep>" * 400 + "<TextLine"), "damaged-source"),
        ("a.tei", f"<TEI {XML_NS}><text>", "damaged-source"),
        ("a.tei", f"<teiCorpus {XML_NS}><TEI/></teiCorpus>", "unusable-tei"),
        ("a.xml", "<TEI.2><text><body><p>Call</p></body></text></TEI.2>", "unusable-tei"),
        ("a.xml", "<TEI><text><body><p>Call</p></body></text></TEI>", "unusable-tei"),
        ("a.xml", f"<div {XML_NS}><p>Call</p></div>", "unusable-tei"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_diagnostic(tmp_path: Path, name: str, data: str | bytes, code: str) -> None:
    root, reported = converted(tmp_path, name, data)
    assert root is None and [one for one in reported if one != "unnamed-image"] == [code]


def test_an_external_dtd_is_not_read(tmp_path: Path) -> None:
    root, reported = converted(tmp_path, "a.page", '<!DOCTYPE PcGts SYSTEM "a.dtd">' + page(region("r", "Call me")))
    assert reported == [] and "Call me" in body_of(root)


def test_a_hundred_thousand_lines_are_read(tmp_path: Path) -> None:
    line = '<TextLine HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"><String CONTENT="Call"/></TextLine>'
    block = f"<TextBlock>{line * 100}</TextBlock>"
    path = tmp_path / "a.alto"
    path.write_text(alto(f"<Page><PrintSpace>{block * 1000}</PrintSpace></Page>"))
    draft = read.read(path, SETTINGS, Report(tmp_path))
    assert draft is not None and len(draft.blocks) == 1001


def test_text_outside_the_lines_of_hocr_is_kept(tmp_path: Path) -> None:
    data = (
        "<p>Before</p><div class='ocr_page' title='image \"a.png\"; bbox 0 0 x 9'>Loose<div class='ocr_carea'>area"
        "<p class='ocr_par'>par <span class='ocr_line' title='bbox 1 2'>line <b>bold<i>both</i></b></span> behind</p>"
        "<script>hidden()</script></div></div>After"
    )
    root, reported = converted(tmp_path, "a.hocr", data)
    body = tei.whole_text(tei.units(tei.part(root, "text/body")))  # type: ignore[arg-type]
    assert "odd-coordinates" in reported and "hidden" not in body
    for word in ("Before", "Loose", "area", "par", "line", "boldboth", "behind", "After"):
        assert word in body


# --- TEI ---------------------------------------------------------------------------------------


def texts(data: bytes) -> list[str]:
    return [text for _, text in tei.texts(tei.parse(data))]


def is_within(few: list[str], many: list[str]) -> bool:
    """Whether one sequence stands in another, in order."""
    rest = iter(many)
    return all(any(one == other for other in rest) for one in few)


def tei_of(path: Path) -> bytes | None:
    report = Report(path.parent)
    draft = read.read(path, SETTINGS, report)
    made = encode_document(draft, Edition(path.parent, SETTINGS, {}), report) if draft else None
    return made[0] if made else None


BARE = f"""<?xml version="1.0"?>
<?xml-model href="tei_all.rng"?>
<!-- transcribed in 1999 -->
<!DOCTYPE TEI [<!ENTITY eacute "é">]>
<TEI {XML_NS} xml:id="lettre" xml:lang="fr"><!-- no header yet -->
  <text><body><p>Un caf&eacute;,  <ref target="#lettre">cette <hi>lettre</hi></ref> du 3 mai 1848.</p></body></text>
</TEI>
"""


def test_tei_is_kept_and_completed(tmp_path: Path, tei_all: etree.RelaxNG) -> None:
    path = tmp_path / "letter-1.xml"
    path.write_text(BARE, encoding="utf-8")
    made = tei_of(path)
    assert made is not None
    assert b'<?xml-model href="tei_all.rng"?>\n<!-- transcribed in 1999 -->\n<TEI' in made
    assert b"<!-- no header yet -->" in made and b"DOCTYPE" not in made
    assert b'xml:id="letter-1"' in made and b'target="#letter-1"' in made and b">lettre</idno>" in made
    assert b'<language ident="fr">' in made
    assert "Un café,  <ref" in made.decode()
    assert tei_all.validate(tei.parse(made).getroottree()), tei_all.error_log
    path.write_bytes(made)
    assert tei_of(path) == made


def test_a_header_keeps_what_it_has(tmp_path: Path) -> None:
    header = (
        "<teiHeader><fileDesc><titleStmt><!-- a --><title>Lettre</title></titleStmt><publicationStmt><p>Paris</p>"
        "</publicationStmt><sourceDesc><p>Archives</p></sourceDesc></fileDesc><profileDesc><langUsage>"
        '<language ident="fr">français</language></langUsage></profileDesc><revisionDesc><change>x</change>'
        "</revisionDesc></teiHeader>"
    )
    path = tmp_path / "lettre.xml"
    path.write_text(BARE.replace("<!-- no header yet -->", header), encoding="utf-8")
    made = tei_of(path)
    assert made is not None
    header_now = tei.part(tei.parse(made), "teiHeader")
    names = [tei.local_name(child) for child in header_now]
    assert names == ["fileDesc", "encodingDesc", "profileDesc", "revisionDesc"]
    said = tei.text_of(header_now)
    assert [said.index(words) for words in ("Lettre", "Paris", "Archives")] == sorted(
        said.index(words) for words in ("Lettre", "Paris", "Archives")
    )
    assert b"<!-- a --><title>Lettre</title>" in made
    assert b"<publicationStmt><p>Paris</p></publicationStmt>" in made and b"<change>x</change>" in made


@pytest.mark.parametrize("path", TEI_SAMPLES, ids=lambda path: path.stem)
def test_real_tei_loses_nothing_and_settles(path: Path, tmp_path: Path) -> None:
    if path.stem.endswith("testcorpus"):
        assert tei_of(path) is None
        return
    made = tei_of(path)
    assert made is not None
    # names are marked within a text, which divides it; nothing else may happen to one
    assert is_within(list("".join(texts(path.read_bytes()))), list("".join(texts(made))))
    copy = tmp_path / path.name
    copy.write_bytes(made)
    assert tei_of(copy) == made
