"""Hostile sources: one among good ones is a diagnostic or harmless; nothing hangs, leaks, is fetched, or is touched."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import run_editio
from test_bad_input import Canary, Ended, canary, editio
from test_docx import document as docx_document
from test_docx import packed as docx
from test_docx import paragraph
from test_facsimile import alto, page, region
from test_odt import document as odt_document
from test_odt import packed as odt

from editio.readers import pandoc
from editio.wildcards import expression

__all__ = ["canary"]

WORDS = "It is a soft air, and the sun shines upon the pond."
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Walden</title></titleStmt><publicationStmt><p>x</p></publicationStmt>"
    "<sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>"
)
LINE = '<div class="ocr_page" title="image a.png; bbox 0 0 9 9"><span class="ocr_line" title="bbox 0 0 1 1">{}</span></div>'


def container(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def epub(inside: str = WORDS) -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>x</dc:title></metadata><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    rootfile = '<rootfile full-path="c.opf" media-type="application/oebps-package+xml"/>'
    return container(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            f"<rootfiles>{rootfile}</rootfiles></container>",
            "c.opf": package,
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{inside}</p></body></html>',
        }
    )


GOOD: dict[str, bytes] = {
    "txt": WORDS.encode(),
    "md": f"# Walden\n\n{WORDS}\n".encode(),
    "html": f"<html><body><p>{WORDS}</p></body></html>".encode(),
    "docx": docx({"document.xml": docx_document(paragraph(WORDS))}),
    "odt": odt(content=odt_document(f"<text:p>{WORDS}</text:p>")),
    "fodt": odt_document(f"<text:p>{WORDS}</text:p>").replace("document-content", "document").encode(),
    "xml": f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body><p>{WORDS}</p></body></text></TEI>'.encode(),
    "page": page(region("r1", WORDS)).encode(),
    "alto": alto(
        '<Page ID="p" WIDTH="9" HEIGHT="9"><PrintSpace><TextBlock ID="b"><TextLine><String CONTENT="a soft air"/></TextLine>'
        "</TextBlock></PrintSpace></Page>"
    ).encode(),
    "hocr": f'<html><head><meta name="ocr-system" content="t"/></head><body>{LINE.format(WORDS)}</body></html>'.encode(),
    "rst": f"Walden\n======\n\n{WORDS}\n".encode(),
    "tex": f"\\section{{Walden}}\n{WORDS}\n".encode(),
    "org": f"* Walden\n{WORDS}\n".encode(),
    "epub": epub(),
    "docbook": f'<article xmlns="http://docbook.org/ns/docbook" version="5.0"><para>{WORDS}</para></article>'.encode(),
    "rtf": rb"{\rtf1\ansi " + WORDS.encode() + rb"\par}",
}
BY_PANDOC = frozenset("rst tex org epub docbook".split())
TAGGED = ("fodt", "xml", "page", "alto")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition of two good sources."""
    made = tmp_path / "edition"
    (made / "sources").mkdir(parents=True)
    (made / "edition.toml").write_text('[edition]\ntitle = "Walden"\n')
    (made / "sources/aaa.txt").write_text(WORDS)
    (made / "sources/zzz.md").write_text(f"# Head\n\n{WORDS}")
    return made


def files(folder: Path) -> dict[str, bytes]:
    """All files of an edition but those that convert writes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in ("tei", ".editio")
    }


def converted(folder: Path, *arguments: str) -> Ended:
    """The outcome of converting: without a traceback, soon, the good ones there, nothing written beside the TEI."""
    before = files(folder)
    began = time.monotonic()
    result = editio(folder, "convert", *arguments)
    assert time.monotonic() - began < 30
    assert result.code == bool(result.errors), result.printed
    assert all(one["hint"] and one["message"] for one in result.errors), result.errors
    assert {path.name for path in (folder / "tei").glob("*.xml")} >= {"aaa.xml", "zzz.xml"}, result.printed
    assert files(folder) == before
    return result


def refused(folder: Path, name: str, data: bytes) -> dict[str, object]:
    """The one error about a source; there is no TEI of it."""
    (folder / "sources" / name).write_bytes(data)
    result = converted(folder)
    assert [one["file"] for one in result.errors] == [f"sources/{name}"], result.printed
    assert not (folder / f"tei/{Path(name).stem}.xml").exists()
    return result.errors[0]


# --- files that are not what their name says --------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
WRONG: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty-source"),
    "white space": (b" \n\t\r\n" * 1000, "empty-source"),
    "zero bytes": (b"\0" * 1000, "mistaken-format|binary-source|damaged-source|unknown-format|wrong-encoding"),
    "a picture": (PNG, "mistaken-format|binary-source|unknown-format"),
    "compressed": (gzip.compress(WORDS.encode()), "mistaken-format|binary-source|unknown-format"),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + b"\1" * 500, "mistaken-format|binary-source|unknown-format"),
    "another container": (
        container({"a.txt": WORDS}),
        "mistaken-format|binary-source|damaged-source|program|unknown-format",
    ),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("ending", GOOD)
def test_a_file_of_another_kind_is_refused_and_the_others_are_converted(folder: Path, ending: str, what: str) -> None:
    if ending in BY_PANDOC and not pandoc.pandoc_program():
        pytest.skip("pandoc is not installed")
    data, code = WRONG[what]
    assert re.match(code, str(refused(folder, f"mmm.{ending}", data)["code"]))


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "odt", "fodt", "xml", "page", "alto", "hocr"])
def test_tei_stays_as_it_is_when_its_source_turns_bad(folder: Path, ending: str) -> None:
    source = folder / f"sources/mmm.{ending}"
    source.write_bytes(GOOD[ending])
    converted(folder)
    before = (folder / "tei/mmm.xml").read_bytes()
    source.write_bytes(PNG)
    assert len(converted(folder).errors) == 1
    assert (folder / "tei/mmm.xml").read_bytes() == before


@pytest.mark.parametrize("ending", ["docx", "odt", "fodt", "xml", "page", "alto"])
@pytest.mark.parametrize("share", [0.3, 0.99])
def test_a_truncated_file_is_refused(folder: Path, ending: str, share: float) -> None:
    data = GOOD[ending]
    assert refused(folder, f"mmm.{ending}", data[: int(share * len(data))])["code"] == "damaged-source"


LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
IN_XML = {
    "an outer entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    "a billion laughs": (f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>', "&i;"),
    "depth": ("", "<b>" * 5000 + "</b>" * 5000),
    "attributes": ("", "<b " + " ".join(f'a{n}="x"' for n in range(5000)) + "/>"),
    "zero bytes": ("", "\0"),
    "control characters": ("", "\x01\x1b"),
    "forbidden characters": ("", "&#0;&#1;&#xD800;&#x110000;"),
    "a long text": ("", "soft air " * 1_200_000),
    "an unknown entity": ("", "&nosuch;"),
}


@pytest.mark.parametrize("what", IN_XML)
@pytest.mark.parametrize("ending", TAGGED)
def test_xml_that_nobody_should_open_is_refused_with_its_line(folder: Path, ending: str, what: str) -> None:
    doctype, inside = IN_XML[what]
    text = GOOD[ending].decode()
    at = text.index(" soft")
    found = refused(folder, f"mmm.{ending}", f"{doctype}\n{text[:at]}{inside}{text[at:]}".encode())
    assert found["code"] == "damaged-source" and found["line"], found
    assert not re.search(r"\\n|HUGE|xmlC|pCDATA", str(found["message"]))


@pytest.mark.parametrize("ending", ["txt", "md", "html", "fodt", "xml", "page", "hocr"])
def test_directions_and_mixed_line_ends_are_kept_as_text(folder: Path, ending: str) -> None:
    odd = "so\u202e\u2066\u200bft\r\n\r\n\n"
    (folder / f"sources/mmm.{ending}").write_bytes(GOOD[ending].replace(b"soft", odd.encode()))
    assert not converted(folder).errors
    assert "so\u202e\u2066\u200bft" in (folder / "tei/mmm.xml").read_text()


def test_an_xml_of_no_known_kind_is_told_from_an_ending_without_reader(folder: Path) -> None:
    assert "this kind of file" in str(refused(folder, "mmm.xml", b"<recipe/>")["message"])


def test_containers_made_to_harm_are_refused_or_harmless(folder: Path, tmp_path: Path) -> None:
    bomb = container({"word/document.xml": b" " * (40 * 2**20)})
    assert refused(folder, "mmm.docx", bomb)["code"] == "oversized-source"
    (folder / "sources/mmm.docx").unlink()
    with zipfile.ZipFile(io.BytesIO(GOOD["docx"])) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    slips: dict[str, str | bytes] = {
        "../../evil.txt": b"x",
        "/tmp/evil-by-editio.txt": b"x",
        "word/media/../../../../evil.txt": b"x",
    }
    (folder / "sources/slip.docx").write_bytes(container(members | slips))
    assert not converted(folder).errors
    assert not list(tmp_path.rglob("evil*")) and not Path("/tmp/evil-by-editio.txt").exists()


# --- files that are no files, names that are no names -----------------------------------------


def test_folders_links_pipes_and_odd_names_among_sources_do_no_harm(folder: Path) -> None:
    (folder / "sources/folder.docx").mkdir()
    (folder / "sources/link.md").symlink_to(folder / "edition.toml")
    os.mkfifo(folder / "sources/pipe.odt")
    (folder / "sources/two\nlines.txt").write_text(WORDS)
    (folder / "sources/same.md").write_text(WORDS)
    (folder / "sources/same.docx").write_bytes(GOOD["docx"])
    found = {str(one["file"]): one["code"] for one in converted(folder).errors}
    assert found["sources/link.md"] == found["sources/pipe.odt"] == "unreadable-file"
    assert found["sources/same.md"] == "same-id" and len(found) == 3
    assert not any("\n" in name for name in found) and (folder / "tei/two-lines.xml").is_file()


# --- what is named in a source is not fetched -------------------------------------------------

RELATION = '<Relationship Id="x{}" Type="{}/{}" Target="{}/{}" TargetMode="External"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def fetching(address: str) -> Iterator[tuple[str, bytes]]:
    """Sources that name pictures, styles, templates and entities of the network."""
    relations = "".join(
        RELATION.format(n, OFFICE, kind, address, kind) for n, kind in enumerate(["image", "attachedTemplate"])
    )
    yield "docx", docx({"document.xml": docx_document(paragraph(WORDS))}, relations)
    doctype = f'<!DOCTYPE x SYSTEM "{address}/dtd" [<!ENTITY % p SYSTEM "{address}/pe"> %p; <!ENTITY e SYSTEM "{address}/e">]>'
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}/xi"/><img src="{address}/img"/>'
    for ending in ("fodt", "xml", "page", "alto", "html", "hocr", "docbook"):
        text = GOOD[ending].decode()
        at = text.index("soft")
        yield ending, f'<?xml-stylesheet href="{address}/css"?>{doctype}{text[:at]}{include}&e;{text[at:]}'.encode()
    yield "md", f"![x]({address}/a.png) <img src='{address}/b.png'> {WORDS}".encode()
    yield "rst", f".. image:: {address}/a.png\n\n.. raw:: html\n   :url: {address}/b\n\n{WORDS}".encode()
    yield "tex", f"\\input{{/etc/passwd}}\\includegraphics{{{address}/a.png}} {WORDS}".encode()
    yield "org", f'#+INCLUDE: "{address}/a"\n[[{address}/b.png]]\n{WORDS}'.encode()
    yield "epub", epub(f'<img src="{address}/a.png"/>{WORDS}')
    # LibreOffice would open these as what they are, and fetch the styles
    styled = f'<html><head><link rel="stylesheet" href="{address}/css"/></head><body><p>{WORDS}</p></body></html>'
    yield "rtf", styled.encode()
    yield "doc", styled.encode()


def test_nothing_that_a_source_names_is_fetched(folder: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    for number, (ending, data) in enumerate(fetching(canary.address)):
        (folder / f"sources/m{number}.{ending}").write_bytes(data)
    converted(folder)
    assert not canary.asked
    written = "".join(path.read_text() for path in (folder / "tei").glob("*.xml"))
    assert "root:x:0" not in written and "Kassiber" not in written


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_fetches_nothing_for_an_rtf(folder: Path, canary: Canary) -> None:
    picture = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{canary.address}/a.png" \\d}}{{\fldrslt x}}}}'
    template = rf"{{\*\template {canary.address}/t.dot}}"
    (folder / "sources/mmm.rtf").write_text(rf"{{\rtf1\ansi{template}{picture} {WORDS}}}")
    assert not converted(folder).errors and not canary.asked


# --- texts that take long ---------------------------------------------------------------------

REPEATED = (
    "Mr. |A. |(|1. |[|[]|]| |To com. |I |1|1 |\t|a-a-|.|a|A|Ab |8 December |end of January or |Dear |P.S. |[^1] |[1] |cc: |"
    "**a |*a|`|` |![|[a](b|<a |<!--|_|\u2028|\u00a0|\u0301|With a |Source: |1959 |3:30 |(see "
).split("|")


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_long_lines_of_near_matches_take_no_long_time(folder: Path, ending: str) -> None:
    for number, words in enumerate(REPEATED):
        text = f"{WORDS}\n\n{words * (15_000 // len(words))}\n\n{WORDS}\n"
        (folder / f"sources/m{number}.{ending}").write_text(text)
    assert not converted(folder).errors


@pytest.mark.parametrize("text", ["a\n", "a\n\n", "1. a\n\n", "1. a\n", "Q: a\n", "a\tb\n", "a\f", "> a\n", "- a\n\n"])
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_thousands_of_lines_take_no_long_time(folder: Path, ending: str, text: str) -> None:
    (folder / f"sources/mmm.{ending}").write_text(f"{WORDS}\n\n{text * 3000}\n{WORDS}\n")
    began = time.process_time()
    assert not converted(folder).errors
    assert time.process_time() - began < 6


# --- settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text", "first"),
    [
        ("Page * of *", "Page 3 of 9", "3"),
        ("*", "whatever", "whatever"),
        ("**Page**", "xPagey", "x"),
        ("a*a*a", "a1a2a3a", "1"),
        ("*.*", "a.b.c", "a"),
        ("a*b", "aXbX", None),
        ("ab*ba", "aba", None),
        ("(*)", "(a)", "a"),
    ],
)
def test_a_star_stands_for_anything(pattern: str, text: str, first: str | None) -> None:
    found = re.fullmatch(expression(pattern), text)
    assert (found and found[1]) == first


def test_patterns_of_many_stars_take_no_long_time(folder: Path) -> None:
    stars = "*a" * 500 + "*b"
    (folder / "edition.toml").write_text(
        f'[edition]\ntitle = "W"\n[convert.cues]\nheading = ["{stars}"]\nsalute = ["{stars}", "{"*" * 5000}x"]\n'
        f'signature = ["{stars}"]\npage = ["(a+)+$"]\n[[convert.bracket]]\npattern = "[{stars}]"\nbecomes = "gap"\n'
    )
    (folder / "sources/mmm.txt").write_text("a" * 50_000 + "\n\n" + "[" + "a" * 50_000 + "] b\n\n" + "a" * 50_000)
    began = time.process_time()
    converted(folder)
    assert time.process_time() - began < 10


SETTINGS = {
    "a cue that fits every line": ('[convert.cues]\npage = ["*"]\n', 4, "every line"),
    "a cue of nothing": ('[convert.cues]\nheading = [" ** "]\n', 4, "every line"),
    "a bracket of anything": ('[[convert.bracket]]\npattern = "**"\nbecomes = "gap"\n', 3, "brackets"),
    "an encoding of no file": ('[convert]\nencoding = "punycode"\n', 4, "punycode"),
    "an encoding that is none": ('[convert]\nencoding = "undefined"\n', 4, "undefined"),
    "tei among the sources": ('[convert]\ntei = "sources"\n', 4, "in each other"),
    "tei in the folder of sources": ('[convert]\ntei = "sources/tei"\n', 4, "in each other"),
    "all files are sources": ('[convert]\nsources = "."\n', 0, "in each other"),
    "tei everywhere": ('[convert]\ntei = ""\n', 4, "in each other"),
    "tei in what is kept": ('[convert]\ntei = ".editio/base"\n', 4, "Editio writes itself"),
    "tei in the output": ('[convert]\ntei = "output/tei"\n', 4, "Editio writes itself"),
    "a profile misspelt": ('[convert]\nprofile = "leter"\n', 4, "leter"),
    "a rule misspelt": ('[convert]\nrules_off = ["closr"]\n', 4, "closer"),
    "metadata outside": ('[convert]\nmetadata = "../x.csv"\n', 4, "outside"),
    "metadata elsewhere": ('[convert]\nmetadata = "/etc/passwd"\n', 4, "outside"),
}


@pytest.mark.parametrize("what", SETTINGS)
def test_settings_that_cannot_be_meant_are_refused_with_their_line(folder: Path, what: str) -> None:
    text, line, said = SETTINGS[what]
    (folder / "edition.toml").write_text(f'[edition]\ntitle = "W"\n{text}')
    before = files(folder)
    result = editio(folder, "convert")
    assert result.code == 1 and {one["file"] for one in result.errors} == {"edition.toml"}, result.printed
    assert any(said in f"{one['message']} {one['hint']}" and one["line"] == line for one in result.errors), (
        result.errors
    )
    assert files(folder) == before


@pytest.mark.parametrize("metadata", ["sources", "edition.toml", "tei"])
def test_metadata_that_are_no_table_are_one_fault(folder: Path, metadata: str) -> None:
    (folder / "tei").mkdir()
    (folder / "edition.toml").write_text(f'[edition]\ntitle = "W"\n[convert]\nmetadata = "{metadata}"\n')
    result = editio(folder, "convert")
    assert result.code == 1 and len(result.errors) == 1, result.printed


@pytest.mark.parametrize("selector", [":::[", "div " * 5000, "div:not(:not(:not(p)))", "p" + ":not(b)" * 3000])
def test_a_selector_that_is_none_refuses_the_page_only(folder: Path, selector: str) -> None:
    (folder / "edition.toml").write_text(f'[edition]\ntitle = "W"\n[convert]\ncontent = "{selector}"\n')
    (folder / "sources/mmm.html").write_bytes(GOOD["html"])
    result = converted(folder)
    assert [one["code"] for one in result.errors] in (["malformed-settings"], [])


def test_a_whole_run_stays_small(folder: Path) -> None:
    (folder / "sources/mmm.txt").write_text("a b " * 250_000)
    done = run_editio("convert", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
