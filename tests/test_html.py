"""Web pages: bad input of all kinds, and trees of all shapes that must keep every character."""

from __future__ import annotations

import html.parser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editio import encode, tei
from editio.config import ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Refusal, Report
from editio.encode import Encoded
from editio.model import Source
from editio.readers.html import read_html

SETTINGS = Settings(edition=EditionSettings(title="Cases"), convert=ConvertSettings())


def converted(page: str | bytes, own: Settings = SETTINGS, name: str = "walden.html") -> tuple[Encoded, set[str]]:
    """The TEI of a page, and the codes of what was reported."""
    data = page.encode() if isinstance(page, str) else page
    report = Report(Path.cwd())
    draft = read_html(Source(Path(name), name, "walden", "", data), own, report)
    encoded = encode.encode(draft, own, report)
    assert encoded is not None and encoded.balance.balanced, list(report)
    tei.parse(tei.serialise(encoded.root))
    return encoded, {one.code.name for one in report}


def text_of(page: str | bytes, own: Settings = SETTINGS) -> str:
    """The text of the TEI of a page, white space collapsed."""
    encoded, _ = converted(page, own)
    return " ".join(tei.text_of(tei.part(encoded.root, "text")).split())


def refused(page: str | bytes, own: Settings = SETTINGS) -> str:
    """The code with which a page is refused."""
    with pytest.raises(Refusal) as refusal:
        converted(page, own)
    return refusal.value.diagnostic.code.name


def with_content(selector: str) -> Settings:
    """Settings that name what holds the text of a page."""
    return msgspec.structs.replace(SETTINGS, convert=ConvertSettings(content=selector))


@pytest.mark.parametrize(
    "page", ["", "<html><body></body></html>", "<!-- beans", "<p>&nbsp;</p>", "<script>x</script>"]
)
def test_a_page_without_text_is_refused(page: str) -> None:
    assert refused(page) == "empty-source"


def test_a_page_of_frames_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refusal) as refusal:
        converted("<frameset><frame src='a.html'></frameset>")
    assert "frames" in refusal.value.diagnostic.hint


def test_a_page_that_breaks_off_keeps_what_it_has() -> None:
    assert text_of("<html><body><p>I hoed <b>beans</b> <a href='x") == "I hoed beans"
    assert text_of("<p>Grü".encode()[:-1]) == "Gr\ufffd"


def test_a_page_nested_beyond_all_measure_is_refused() -> None:
    assert refused("<div>" * 10_000 + "beans" + "</div>" * 10_000) == "damaged-source"


@pytest.mark.parametrize("tag", ["div", "blockquote", "em", "ul><li", "table><tr><td", "dl><dd", "section", "span"])
def test_deep_nesting_is_laid_flat_with_its_text(tag: str) -> None:
    encoded, found = converted(f"<{tag}>bean " * 200 + "pond")
    assert "nested-too-deep" in found
    assert tei.text_of(encoded.root).count("bean") == 200


def test_a_line_of_ten_megabytes_is_read() -> None:
    report = Report(Path.cwd())
    data = b"<p>" + b"bean " * 2_100_000 + b"pond"
    draft = read_html(Source(Path("a.html"), "a.html", "a", "", data), SETTINGS, report)
    assert draft.blocks[0].text.plain.endswith("bean pond")


def test_thousands_of_attributes_are_refused_at_once() -> None:
    assert refused("<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">beans") == "damaged-source"


def test_control_characters_become_the_sign_for_what_is_lost() -> None:
    encoded, found = converted(b"<p>a\0b\x01c&#0;d&#xD800;e&#1;f&#x110000;g")
    assert "control-character" in found
    assert set(tei.text_of(tei.part(encoded.root, "text")).split()[0]) == set("abcdefg\ufffd")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ('<meta charset="iso-8859-1"><p>Grüße'.encode("cp1252"), None),
        ('<meta charset="iso-8859-1"><p>Grüße'.encode(), "mistaken-encoding"),
        ('<?xml version="1.0" encoding="windows-1251"?><p>Grüße'.encode(), "mistaken-encoding"),
        ("<p>Grüße".encode("utf-16"), None),
        ("<html><p>Grüße".encode("utf-16-be"), None),
        ("\ufeff<p>Grüße".encode(), None),
    ],
)
def test_a_page_is_decoded_by_what_its_bytes_show(data: bytes, code: str | None) -> None:
    encoded, found = converted(data)
    assert "Grüße" in tei.text_of(encoded.root)
    assert code is None or code in found


def test_a_wrong_encoding_is_refused_or_told_by_the_settings() -> None:
    data = '<meta charset="utf-8"><p>Grüße'.encode("latin-1")
    assert refused(data) == "wrong-encoding"
    assert text_of(data, msgspec.structs.replace(SETTINGS, convert=ConvertSettings(encoding="latin-1"))) == "Grüße"


def test_no_entity_of_a_page_reads_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("pond")
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><p>a &x; b</p></html>'
    assert "pond" not in text_of(page)


def test_a_selector_names_what_holds_the_text() -> None:
    page = "<body><div>Walden online</div><div class=text><p>I hoed beans.</div>"
    assert text_of(page, with_content("div.text")) == "I hoed beans."


def test_a_selector_that_finds_nothing_is_reported() -> None:
    assert "content-not-found" in converted("<p>I hoed beans.", with_content("div.text"))[1]


def test_a_selector_that_is_none_is_refused() -> None:
    assert refused("<p>I hoed beans.", with_content("div..")) == "malformed-settings"


def test_notes_that_only_refer_to_each_other_stay_where_they_are() -> None:
    page = "<p id=c>3 beans<sup><a href='#d'>4</a></sup></p><p id=d>4 ponds<sup><a href='#c'>3</a></sup></p>"
    found = text_of(page)
    assert "beans" in found and "ponds" in found


def test_notes_in_notes_come_to_an_end() -> None:
    links = "".join(f"<p id=n{i}>{i} bean<sup><a href='#n{i + 1}'>{i + 1}</a></sup></p>" for i in range(200))
    assert text_of(f"<p>pond<sup><a href='#n0'>0</a></sup></p>{links}").count("bean") == 200


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", fail)
    page = "<base href='http://192.0.2.1/'><link rel=stylesheet href=a.css><p>A <img src='http://192.0.2.1/a.png'> pond"
    assert "pond" in text_of(page)


class Visible(html.parser.HTMLParser):
    """The words of a page as another parser finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Take the words of a text node."""
        self.found += data.split()


WORDS = st.sampled_from(["beans", " and  peas ", "\n", "7", "«é»", "&amp;", "", "[1]"])
TAGS = st.sampled_from(
    "p div span em b i sup sub a ul ol li dl dt dd table tr td th thead caption blockquote pre h1 h2 h6 hr br section "
    "article main header footer nav aside figure figcaption q code abbr ruby rt rp form button center font address "
    "details summary label time cite del ins small noscript svg".split()
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' id="a"',
        ' href="#a"',
        ' class="footnote"',
        ' class="footnote-ref" href="#a"',
        ' class="poem"',
        ' class="page"',
        ' class="pagenum"',
        " hidden",
        ' style="font-style:italic; page-break-before:always"',
        ' lang="de"',
        ' title="t"',
        ' class="tei-quote"',
        ' class="signature"',
        ' id="title-block-header"',
        ' style="mso-list:l0 level2 lfo1"',
        ' role="presentation"',
    ]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, given, parts: f"<{tag}{given}>{''.join(parts)}</{tag}>",
        TAGS,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=6))
def test_whatever_stands_in_whatever_every_word_is_kept(trees: list[str]) -> None:
    page = f"<body>{''.join(trees)}<p>end</p></body>"
    report = Report(Path.cwd())
    draft = read_html(Source(Path("a.html"), "a.html", "a", "", page.encode()), SETTINGS, report)
    other = Visible()
    other.feed(page)
    assert "title=" in page or sorted("".join(other.found)) == sorted("".join(draft.source.text.split()))
    encoded = encode.encode(draft, SETTINGS, report)
    assert encoded is not None and encoded.balance.balanced, list(report)
    tei.parse(tei.serialise(encoded.root))
