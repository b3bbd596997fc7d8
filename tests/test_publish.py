"""The built edition: no text of the TEI is lost, pages and book are sound, and a second build gives the same bytes."""

from __future__ import annotations

import itertools
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, run_editio
from lxml import etree, html
from pypdf import PdfReader

from editio import tei

MEMORANDUM = "khrushchev-memorandum-1959-12-08"
PAGE_KINDS = ("index", "about", "persons", "places", "orgs", MEMORANDUM, "presidium-decision-1959-12-14")


@pytest.fixture(scope="module")
def pages(edition: Path) -> dict[str, Any]:
    return {path.stem: html.fromstring(path.read_bytes()) for path in (edition / "output/html").glob("*.html")}


@pytest.fixture(scope="module")
def book(edition: Path) -> PdfReader:
    return PdfReader(edition / "output/print/edition.pdf")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


# --- promise 2: no text of the TEI is lost -----------------------------------------------------------


# Every text node of a copy of the TEI gets a word of its own behind its last; the words are then looked for.
REGIONS = ("teiHeader", "text")


def mark(number: int) -> str:
    """A word that no text has: the number in letters between two z."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}")
    return f"z{letters}z"


@dataclass(frozen=True)
class Marked:
    """The built copy, and the marks of each document by region."""

    output: Path
    marks: dict[str, dict[str, list[str]]]


def with_mark(text: str, marks: list[str], numbers: Iterator[int]) -> str:
    """The text with a mark behind its last word, if it has one."""
    if not text.strip():
        return text
    marks.append(mark(next(numbers)))
    end = len(text.rstrip())
    return text[:end] + marks[-1] + text[end:]


def mark_document(root: etree._Element, numbers: Iterator[int]) -> dict[str, list[str]]:
    """Mark every text node of header and text in place."""
    found: dict[str, list[str]] = {}
    for region in REGIONS:
        marks = found.setdefault(region, [])
        part = tei.part(root, region)
        for node in part.iter(etree.Element):
            node.text = with_mark(node.text or "", marks, numbers)
            if node is not part:
                node.tail = with_mark(node.tail or "", marks, numbers)
    return found


@pytest.fixture(scope="module")
def marked(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Marked:
    folder = tmp_path_factory.mktemp("marked")
    shutil.copytree(edition / "tei", folder / "tei")
    numbers = itertools.count()
    marks: dict[str, dict[str, list[str]]] = {}
    for path in sorted((folder / "tei").glob("*.xml")):
        root = tei.parse(path.read_bytes())
        marks[path.stem] = mark_document(root, numbers)
        path.write_bytes(etree.tostring(root, encoding="utf-8"))
    built = run_editio("build", "--tei", "tei", "-o", "output", cwd=folder)
    assert built.returncode == 0, built.stdout
    return Marked(folder / "output", marks)


def test_every_text_node_of_the_tei_reaches_its_page(marked: Marked) -> None:
    for name, regions in marked.marks.items():
        page = html.fromstring((marked.output / f"html/{name}.html").read_bytes())
        shown = "".join(page.find("body").itertext())
        for region in REGIONS:
            assert regions[region]
            assert [one for one in regions[region] if one not in shown] == [], (name, region)


def test_every_text_node_of_the_text_reaches_the_book(marked: Marked) -> None:
    pages = PdfReader(marked.output / "print/edition.pdf").pages
    # a mark may be hyphenated
    printed = re.sub(r"[\s\u00ad-]", "", "".join(page.extract_text() for page in pages))
    for name, regions in marked.marks.items():
        assert [one for one in regions["text"] if one not in printed] == [], name


# --- pages ----------------------------------------------------------------------------------------------


def test_there_is_a_page_for_each_document_and_register_and_about_the_edition(pages: dict[str, Any]) -> None:
    assert sorted(pages) == sorted(PAGE_KINDS)


def test_every_link_within_the_site_leads_somewhere(pages: dict[str, Any]) -> None:
    ids = {name: {str(found) for found in page.xpath("//@id")} for name, page in pages.items()}
    for name, page in pages.items():
        for href in map(str, page.xpath("//a/@href")):
            file, _, fragment = href.partition("#")
            if ":" in file:
                continue
            target = Path(file).stem if file else name
            assert target in pages, (name, href)
            assert not fragment or fragment in ids[target], (name, href)


def test_no_page_has_an_id_twice(pages: dict[str, Any]) -> None:
    for name, page in pages.items():
        twice = [id for id, number in Counter(map(str, page.xpath("//@id"))).items() if number > 1]
        assert not twice, name


def test_every_mention_of_the_text_is_linked_from_its_register_and_back(edition: Path, pages: dict[str, Any]) -> None:
    for path in (edition / "tei").glob("*.xml"):
        body = tei.parse(path.read_bytes()).find(f"{tei.TEI}text")
        for name, register in (("persName", "persons"), ("placeName", "places"), ("orgName", "orgs")):
            entries = [node.get("ref").partition("#")[2] for node in body.iter(f"{tei.TEI}{name}")]
            for entry, number in Counter(entries).items():
                section = pages[register].get_element_by_id(entry)
                back = [
                    href
                    for href in map(str, section.xpath(".//a/@href"))
                    if href.startswith(f"{path.stem}.html#{entry}-")
                ]
                assert len(set(back)) == number, (path.name, entry)
                assert len(pages[path.stem].xpath(f"//main//a[@href='{register}.html#{entry}']")) >= number


def test_notes_link_both_ways(pages: dict[str, Any]) -> None:
    page = pages[MEMORANDUM]
    to_notes = [str(href)[1:] for href in page.xpath("//a[starts-with(@href, '#note-')]/@href")]
    for number in range(1, 6):
        note = page.get_element_by_id(f"note-{number}")
        backs = [str(href)[1:] for href in note.xpath(".//a[starts-with(@href, '#')]/@href")]
        assert f"note-{number}" in to_notes
        assert any(page.get_element_by_id(back) is not None for back in backs)


def test_a_page_says_what_its_document_is_without_javascript(pages: dict[str, Any]) -> None:
    for page in pages.values():
        assert not page.xpath("//script")
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy and "default-src 'none'" in policy[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGE_KINDS)
def test_a_browser_finds_no_fault_with_a_page(edition: Path, browser: Any, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((edition / f"output/html/{name}.html").as_uri())
    page.wait_for_load_state()
    assert problems == []
    # axe itself fetches the style sheet again, which a page from file:// may not
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in violations] == []
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("name", PAGE_KINDS)
def test_a_page_fits_its_window_with_style_sheet_and_policy(edition: Path, browser: Any, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto((edition / f"output/html/{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.styleSheets].length") == 1
    assert refused == []
    context.close()


# --- the book -------------------------------------------------------------------------------------------


def test_the_books_fonts_are_embedded(book: PdfReader) -> None:
    seen = 0
    for page in book.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            descendant = found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            seen += 1
    assert seen


def test_the_book_is_tagged_and_has_the_tei_attached(edition: Path, book: PdfReader) -> None:
    assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]
    metadata = book.xmp_metadata
    assert metadata is not None
    attached = {name: data[0] for name, data in book.attachments.items()}
    for path in (edition / "tei").glob("*.xml"):
        assert path.read_bytes() in attached.values(), path.name


def printed_number(page: Any) -> str:
    """The number a page of the book bears, in its head or foot."""
    lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
    found = [line for line in lines if re.fullmatch(r"\d+", line)] or re.findall(r"^\d+|\d+$", lines[0])
    return found[-1] if found else ""


def test_the_index_gives_the_right_pages(edition: Path, book: PdfReader) -> None:
    texts = [" ".join(page.extract_text().replace("-\n", "").split()) for page in book.pages]
    starts = [number for number, text in enumerate(texts, 1) if re.search(r"Index of persons", text, re.IGNORECASE)]
    assert starts, "there is an index of persons"
    body = {number: text for number, text in enumerate(texts, 1) if number < starts[-1]}
    index = " ".join(texts[starts[-1] - 1 :])
    for name, words_in_text in (
        ("Lenin", "what Lenin did"),
        ("Malinovsky", "Malinovsky)"),
        ("Kharkov", "Kharkov"),
        ("Germany", "divisions to Germany"),
    ):
        page = next(number for number, text in body.items() if words_in_text in text)
        entry = re.search(rf"{name}[^(\d]*(?:\([^)]*\))?\D*?(\d+)", index)
        assert entry is not None, name
        assert int(entry[1]) == page, name


def test_the_book_has_a_sensible_number_of_pages_and_an_outline(book: PdfReader) -> None:
    assert 12 <= len(book.pages) <= 24
    titles = [one.title for one in book.outline if not isinstance(one, list)]
    assert any("Khrushchev Memorandum" in title for title in titles)


def test_the_marginal_page_number_of_the_source_is_printed(book: PdfReader) -> None:
    assert any("2909" in page.extract_text() for page in book.pages)


# --- same input, same bytes ----------------------------------------------------------------------------------


def test_a_second_build_gives_the_same_bytes(edition: Path, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(edition, copy, ignore=shutil.ignore_patterns("output"))
    assert run("build", "--jobs", "1", cwd=copy).returncode == 0
    assert files(copy / "output/html") == files(edition / "output/html")
    assert files(copy / "output/print") == files(edition / "output/print")


def test_a_folder_of_tei_is_published_without_a_project(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/letter.xml").write_text(
        f'<TEI xmlns="{tei.NS}"><teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt></fileDesc></teiHeader>'
        "<text><body><p>Dear Sir, I am yours &amp; always.</p></body></text></TEI>"
    )
    built = run("build", "--tei", "letters", "-o", "site", "html")
    assert built.returncode == 0, built.stdout
    assert "I am yours &amp; always." in (tmp_path / "site/html/letter.html").read_text()
