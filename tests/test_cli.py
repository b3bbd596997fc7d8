"""The command line: exit codes, forms of the report, explanations, and that help is there at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from editio.explain import all_codes, explanation, listing


def test_a_clean_edition_gives_exit_code_0(run: Run, project: Path) -> None:
    assert run("convert", cwd=project).returncode == 0
    assert run("validate", cwd=project).returncode == 0


def test_a_problem_gives_exit_code_1_and_its_place(run: Run, project: Path) -> None:
    run("convert", cwd=project)
    tei = project / "tei/letter.xml"
    tei.write_text(tei.read_text().replace("Your letter", '<persName ref="#anna2">Your</persName> letter'))
    done = run("validate", cwd=project)
    line, text = next((number, text) for number, text in enumerate(tei.read_text().splitlines(), 1) if "anna2" in text)
    column = text.index("<persName") + 1
    assert done.returncode == 1
    assert f"tei/letter.xml:{line}:{column}: error: no element has the id “anna2” [dangling-pointer]" in done.stdout


def test_wrong_use_gives_exit_code_2(run: Run) -> None:
    assert run("no-such-command").returncode == 2
    assert run("convert", "-o", "x.xml").returncode == 2
    assert run("explain", "no-such-code").returncode == 2
    assert "did you mean “dangling-pointer”?" in run("explain", "dangling-pointr").stderr
    assert run("explain", "Dangling-Pointer").stdout == run("explain", "dangling-pointer").stdout


def test_strict_counts_warnings(run: Run, project: Path) -> None:
    (project / "sources/letter.txt").write_text("One [ bracket stands alone in this letter, for no reason at all.\n")
    assert run("convert", cwd=project).returncode == 0
    assert run("convert", "--strict", cwd=project).returncode == 1


def test_the_json_report_has_the_documented_form(run: Run, project: Path) -> None:
    (project / "sources/letter.txt").write_text("One [ bracket stands alone in this letter, for no reason at all.\n")
    done = run("convert", "--format", "json", cwd=project)
    report = json.loads(done.stdout)
    assert set(report) == {"diagnostics", "summary"}
    found = next(one for one in report["diagnostics"] if one["code"] == "unbalanced-bracket")
    assert found == {
        "file": "sources/letter.txt",
        "line": 1,
        "column": 5,
        "severity": "warning",
        "stage": "encode",
        "code": "unbalanced-bracket",
        "message": "“[” has no partner in its paragraph",
        "hint": "add the missing bracket in the source",
    }
    assert report["summary"] == {"error": 0, "warning": 1, "info": 1}


def test_an_ignored_problem_is_none_and_an_unused_ignore_is_one(run: Run, project: Path) -> None:
    (project / "sources/letter.txt").write_text("One [ bracket stands alone in this letter, for no reason at all.\n")
    settings = project / "edition.toml"
    ignore = '\n[[ignore]]\ncode = "{}"\nreason = "the scribe forgot it"\n'
    settings.write_text(settings.read_text() + ignore.format("unbalanced-bracket"))
    assert run("convert", "--strict", cwd=project).returncode == 0
    settings.write_text(settings.read_text() + ignore.format("duplicate-id"))
    said = run("build", "html", cwd=project).stdout
    assert "edition.toml: warning: nothing has the code “duplicate-id” [unused-ignore]" in said


def test_an_ignore_of_no_code_at_all_is_told_with_the_code_that_was_meant(run: Run, project: Path) -> None:
    settings = project / "edition.toml"
    ignore = '\n[[ignore]]\ncode = "{}"\nreason = "the scribe forgot it"\n'
    settings.write_text(settings.read_text() + ignore.format("Duplicate_Ids") + ignore.format("xyz"))
    said = run("validate", cwd=project).stdout
    assert said.count("[unused-ignore]") == 2
    assert (
        "edition.toml: warning: there is no code “Duplicate_Ids” [unused-ignore]\n    did you mean “duplicate-id”?"
        in said
    )
    assert "there is no code “xyz” [unused-ignore]\n    copy the code from the report" in said


def test_an_ignore_without_a_reason_is_refused(run: Run, project: Path) -> None:
    settings = project / "edition.toml"
    settings.write_text(settings.read_text() + '\n[[ignore]]\ncode = "duplicate-id"\n')
    done = run("validate", cwd=project)
    assert done.returncode == 1 and "reason" in done.stdout and "malformed-settings" in done.stdout


def test_on_a_terminal_an_explanation_breaks_between_words_and_the_list_has_a_line_for_each_code() -> None:
    assert all(len(line) <= 80 for line in str(explanation("dangling-pointer", 80)).splitlines())
    assert str(explanation("dangling-pointer", 80)).split() == str(explanation("dangling-pointer")).split()
    lines = listing(80).splitlines()
    assert len(lines) == len(all_codes()) and max(map(len, lines)) == 80
    assert [line.split()[0] for line in lines] == list(all_codes())


def test_every_code_is_explained_with_cause_and_cure(run: Run) -> None:
    listed = run("explain").stdout
    for name, code in all_codes().items():
        assert name in listed
        assert len(code.cause) > 20 and len(code.cure) > 10, name
    explained = run("explain", "dangling-pointer").stdout
    assert "What to do:" in explained and "Example:" in explained


@pytest.mark.parametrize("group", [[], ["names"]])
def test_what_each_command_does_is_said_in_one_line_of_80_columns(run: Run, group: list[str]) -> None:
    commands = run(*group, "--help").stdout.split("Commands:\n")[1]
    assert [line for line in commands.splitlines() if line.endswith("...") or len(line) > 80] == []


def test_help_loads_neither_saxon_nor_lxml() -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom editio.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "sys.exit(any(name in sys.modules for name in ('saxonche', 'lxml', 'typst', 'spellchecker')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_one_source_is_converted_to_a_file_outside_a_project(run: Run, project: Path, tmp_path: Path) -> None:
    done = run("convert", project / "sources/letter.txt", "-o", tmp_path / "out.xml")
    assert done.returncode == 0, done.stdout
    assert "Your letter reached me" in (tmp_path / "out.xml").read_text()


def test_an_unknown_format_is_wrong_use_and_the_known_ones_are_named(run: Run, project: Path) -> None:
    done = run("build", "docx", cwd=project)
    assert done.returncode == 2 and "no format “docx”; known formats: html, print" in done.stderr


def test_a_new_edition_builds_at_once_and_init_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    assert run("init", "demo").returncode == 0
    demo = tmp_path / "demo"
    built = run("build", "html", "--strict", cwd=demo)
    assert built.returncode == 0, built.stdout
    assert (demo / "output/html/lincoln-to-greeley-1862-08-22.html").is_file()
    assert run("init", "demo").returncode == 2


def test_a_fault_in_one_of_several_tables_is_named_at_that_table(run: Run, tmp_path: Path) -> None:
    ignores = '[[ignore]]\ncode = "duplicate-id"\nreason = "legacy"\n\n[[ignore]]\ncode = "dangling-pointer"\n'
    (tmp_path / "edition.toml").write_text(f'[edition]\ntitle = "Letters"\n\n{ignores}')
    said = run("validate", cwd=tmp_path).stdout
    assert "edition.toml:8: error: required setting missing: `reason` (in [[ignore]] number 2)" in said
