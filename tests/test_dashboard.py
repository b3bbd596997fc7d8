"""The page of problems: what it says, that a browser and axe find no fault with it, and that the preview has it."""

from __future__ import annotations

import os
import re
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from lxml import html

from editio.coverage import Share
from editio.diagnostics import Code, Location, Report, Severity
from editio.reports import format_named
from editio.resources import PACKAGE, VALUES, shipped
from editio.serving.problems import Problems
from editio.serving.rebuilding import Builder
from editio.serving.server import Registers, Site, serve

PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons"><teiHeader><fileDesc><titleStmt><title>Persons</title>
</titleStmt><publicationStmt><p>Register</p></publicationStmt><sourceDesc><p>Letters</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>
<person xml:id="thoreau"><persName type="main"><forename>Henry</forename> <surname>Thoreau</surname></persName></person>
<person xml:id="blake"><persName type="main"><forename>Harrison</forename> <surname>Blake</surname></persName></person>
</listPerson></standOff></TEI>
"""


@pytest.fixture
def written(project: Path, run: Run) -> Path:
    """An edition with a known problem, a new one, a name without entry and a date that says nothing."""
    (project / "tei/registers").mkdir(parents=True)
    (project / "tei/registers/persons.xml").write_text(PERSONS)
    (project / "edition.toml").write_text(
        '[edition]\ntitle = "Letters <b>of</b> & to"\n[validate]\nbaseline = "known.json"\n'
    )
    run("convert", cwd=project)
    tei = project / "tei/letter.xml"
    text = tei.read_text().replace("Dear Sir", 'Dear <persName ref="#anna">Sir</persName>')
    tei.write_text(text.replace("thank you", "<persName>thank</persName> <date>you</date><note>A note.</note>"))
    assert run("validate", "--update-baseline", cwd=project).returncode == 0
    tei.write_text(tei.read_text().replace("safely", '<persName ref="#bertha">safely</persName>'))
    run("validate", "--format", "html", "-o", "problems.html", cwd=project)
    return project


@pytest.fixture
def page(written: Path) -> Any:
    return html.fromstring((written / "problems.html").read_text(encoding="utf-8"))


def words(node: Any) -> str:
    return " ".join(" ".join(node.itertext()).split())


def rows(page: Any, section: str) -> dict[str, list[str]]:
    table = page.xpath(f"//h2[@id='{section}']/following-sibling::div[1]/table")[0]
    return {words(row[0]): [words(cell) for cell in row[1:]] for row in table.xpath("tbody/tr")}


def test_the_page_tells_of_problems_by_document_and_by_code(page: Any) -> None:
    assert words(page.xpath("//h1")[0]) == "Letters <b>of</b> & to"
    assert words(page.xpath("//header/p")[0]) == "2 files were checked. 1 problem fails the check."
    letter = rows(page, "documents")["tei/letter.xml"]
    assert letter[0] == "2" and letter[4:] == [letter[4], "1"]
    pointer = page.get_element_by_id("dangling-pointer")
    told = words(pointer)
    assert "error dangling-pointer 2 ×" in told and "What to do: correct the pointer" in told
    assert told.count("(known)") == 1 and "“#anna”" not in told and "no element has the id “bertha”" in told
    assert re.search(r"tei/letter\.xml:\d+", told)


def test_the_page_compares_with_the_baseline(page: Any) -> None:
    assert rows(page, "baseline")["dangling-pointer"] == ["1", "1"]
    for link in page.xpath("//h2[@id='baseline']/following-sibling::div[1]//a/@href"):
        assert page.get_element_by_id(link[1:]) is not None


def test_the_page_tells_how_far_the_edition_is_encoded(page: Any) -> None:
    shares = {name: cells[:2] for name, cells in rows(page, "coverage").items()}
    part, whole = map(int, shares["names of persons with an entry"][0].split(" of "))
    assert 2 <= part == whole - 1
    assert shares["persons of the registers that are mentioned"] == ["1 of 2", "50 %"]
    assert shares["dates that say when"] == ["1 of 2", "50 %"]
    assert shares["documents with notes"] == ["1 of 1", "100 %"]


def test_a_share_is_all_or_nothing_only_if_it_is() -> None:
    shares = [Share(0, 1000), Share(1, 1000), Share(500, 1000), Share(999, 1000), Share(1000, 1000), Share()]
    assert [share.percent for share in shares] == [0, 1, 50, 99, 100, 100]


def test_a_page_of_ten_thousand_problems_can_be_opened_and_says_what_it_leaves_out() -> None:
    code = Code("odd", Severity.WARNING, "check", "Odd.", "make it even")
    report = Report(Path())
    for number in range(10_000):
        report.add(code, Location(f"tei/{number % 3000}.xml", number), "odd")
    rendered = format_named("html").render(report)
    assert len(rendered) < 1_000_000
    assert "9900 more places are not shown" in rendered and "1000 more files are not shown" in rendered


@pytest.mark.parametrize("sheet", [PACKAGE / "dashboard/page.css", shipped("xslt") / "assets/editio.css"])
def test_fonts_and_colours_are_said_in_one_place(sheet: Path) -> None:
    values, rules = (shipped("xslt") / VALUES).read_text("utf-8"), sheet.read_text("utf-8")
    said, own = (set(re.findall(r"^ +(--[\w-]+):", text, re.MULTILINE)) for text in (values, rules))
    assert not said & own
    assert set(re.findall(r"var\((--[\w-]+)\)", rules)) <= said | own


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_browser_finds_no_fault_with_the_page(written: Path, browser: Any, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser

    address = (written / "problems.html").as_uri()
    problems: list[str] = []
    for bypass in (False, True):  # axe needs scripts, which the page's policy forbids
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=bypass)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("request", lambda request: problems.append(request.url) if request.url != address else None)
        page.goto(address)
        if not bypass:
            font = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert font == ("rgb(25, 24, 22)" if scheme == "dark" else "rgb(253, 252, 249)"), (
                "the policy forbids its style"
            )
            continue
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in violations] == []
        context.close()
    assert problems == []


def test_the_preview_shows_the_page_as_the_files_are_now(written: Path) -> None:
    builder = Builder(written, written / "output", "tei", lambda said: None)
    problems = Problems(written, builder.snapshot)
    from editio.config import load  # noqa: PLC0415 - beside what it is for

    registers = Registers(written, load(written, Report(written)))
    server = serve(Site(written / "output/html", registers, problems=problems), 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/.editio/problems"

    def shown() -> str:
        with urllib.request.urlopen(address) as answer:
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            return str(answer.read().decode("utf-8"))

    try:
        assert "no element has the id “bertha”" in shown()
        seen = problems.seen
        assert shown() and problems.seen is seen
        tei = written / "tei/letter.xml"
        tei.write_text(tei.read_text().replace(' ref="#bertha"', ""))
        os.utime(tei, (1, 1))
        assert "bertha" not in shown()
    finally:
        server.shutdown()
        server.server_close()


def test_a_folder_of_tei_that_is_no_edition_is_called_what_it_is(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "briefe"
    folder.mkdir()
    (folder / "persons.xml").write_text(PERSONS)
    run("validate", "persons.xml", "--format", "html", "-o", "problems.html", cwd=folder)
    page = html.fromstring((folder / "problems.html").read_text(encoding="utf-8"))
    assert page.findtext(".//h1") == "TEI files in “briefe”"
    assert page.findtext(".//title") == "Problems: TEI files in “briefe”"
