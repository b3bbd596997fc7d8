"""What a validation looks at and what fails it: changes since a revision, baselines, severities."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from editio import baseline as baselines
from editio import codes
from editio.baseline import Baseline
from editio.diagnostics import Diagnostic, Examined, Location, Report
from editio.fingerprints import identity

DANGLING = '<persName ref="#{}">Your</persName> letter'
IGNORE = '\n[[ignore]]\ncode = "{}"\nfile = "{}"\nreason = "it is so in the manuscript"\n'


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def letters(project: Path, run: Run) -> Path:
    """An edition of three letters, the second with an old fault, all committed."""
    with (project / "edition.toml").open("a") as settings:
        settings.write('licence = "https://creativecommons.org/licenses/by/4.0/"\n')
    run("convert", cwd=project)
    written = (project / "tei/letter.xml").read_text()
    for number in (2, 3):
        (project / f"tei/letter-{number}.xml").write_text(
            written.replace('xml:id="letter"', f'xml:id="letter-{number}"')
        )
    break_letter(project, 2, "anna")
    git(project, "init", "-q", ".")
    (project / ".gitignore").write_text(".editio/\n")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "letters")
    return project


def break_letter(project: Path, number: int, name: str) -> None:
    path = project / f"tei/letter-{number}.xml"
    path.write_text(path.read_text().replace("Your letter", DANGLING.format(name), 1))


def found(run: Run, project: Path, *arguments: str) -> list[tuple[str, str]]:
    """File and code of what is found, without remarks."""
    done = run("validate", "--format", "json", *arguments, cwd=project)
    assert done.returncode in (0, 1), done.stderr
    read = json.loads(done.stdout)["diagnostics"]
    return [(one["file"], one["code"]) for one in read if one["severity"] != "info"]


# --- severities -------------------------------------------------------------------------------------------


def test_how_bad_it_must_be_is_said_by_option_or_setting(run: Run, letters: Path) -> None:
    codes_of = {
        word: run("validate", "--fail-on", word, cwd=letters).returncode
        for word in ("never", "error", "warning", "info")
    }
    assert codes_of == {"never": 0, "error": 1, "warning": 1, "info": 1}
    settings = letters / "edition.toml"
    plain = settings.read_text()
    settings.write_text(plain + '[validate]\nfail_on = "warn"\n')
    done = run("validate", cwd=letters)
    assert done.returncode == 1
    assert "validate.fail_on is “warn”; it must be one of “error”, “warning”, “info”, “never”" in done.stdout
    settings.write_text(plain + '[validate]\nfail_on = "never"\n')
    assert run("validate", cwd=letters).returncode == 0
    assert run("validate", "--fail-on", "error", cwd=letters).returncode == 1
    settings.write_text(
        plain + IGNORE.format("dangling-pointer", "tei/letter-*.xml") + IGNORE.format("duplicate-id", "")
    )
    results = [
        run("validate", *given, cwd=letters).returncode for given in ([], ["--strict"], ["--fail-on", "warning"])
    ]
    assert results == [0, 1, 1]
    assert run("validate", "--strict", "--fail-on", "never", cwd=letters).returncode == 2


def test_what_could_not_be_checked_at_all_always_fails(run: Run, letters: Path) -> None:
    assert run("validate", "--schema", "edition.toml", "--fail-on", "never", cwd=letters).returncode == 1
    (letters / "edition.toml").write_text("[edition\n")
    assert run("validate", "--fail-on", "never", cwd=letters).returncode == 1


# --- what has changed ---------------------------------------------------------------------------------------


def test_only_what_has_changed_is_looked_at(run: Run, letters: Path) -> None:
    assert found(run, letters) == [("tei/letter-2.xml", "dangling-pointer")]
    assert found(run, letters, "--changed-since", "HEAD") == []
    break_letter(letters, 3, "bertha")  # in the working tree
    (letters / "tei/ö new.xml").write_text((letters / "tei/letter-2.xml").read_text())  # not known to git
    changed = [("tei/letter-3.xml", "dangling-pointer"), ("tei/ö new.xml", "dangling-pointer")]
    assert [one for one in found(run, letters, "--changed-since", "HEAD") if one[1] == "dangling-pointer"] == changed
    git(letters, "add", "-A")
    git(letters, "commit", "-q", "-m", "changes")
    assert found(run, letters, "--changed-since", "HEAD") == []
    assert [one for one in found(run, letters, "--changed-since", "HEAD~1") if one[1] == "dangling-pointer"] == changed


def test_what_others_did_on_their_branch_is_no_change(run: Run, letters: Path) -> None:
    git(letters, "checkout", "-q", "-b", "mine")
    git(letters, "checkout", "-q", "main")
    break_letter(letters, 3, "bertha")
    git(letters, "commit", "-q", "-a", "-m", "theirs")
    git(letters, "checkout", "-q", "mine")
    assert found(run, letters, "--changed-since", "main") == []


def test_a_renamed_file_has_changed_and_so_has_one_that_names_a_deleted_one(run: Run, letters: Path) -> None:
    git(letters, "mv", "tei/letter-2.xml", "tei/moved.xml")
    assert ("tei/moved.xml", "dangling-pointer") in found(run, letters, "--changed-since", "HEAD")
    path = letters / "tei/letter-3.xml"
    path.write_text(path.read_text().replace("Your letter", '<ref target="letter.xml">Your</ref> letter'))
    git(letters, "add", "-A")
    git(letters, "commit", "-q", "-m", "a pointer")
    (letters / "tei/letter.xml").unlink()
    done = run("validate", "--changed-since", "HEAD", cwd=letters)
    assert done.stdout.splitlines()[-2] == "1 file checked" and "tei/letter-3.xml" in done.stdout


@pytest.mark.parametrize("name", ["edition.toml", "tei/registers/persons.xml", "schema/own.rng"])
def test_a_change_of_what_bears_upon_all_documents_has_all_looked_at(run: Run, letters: Path, name: str) -> None:
    path = letters / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(path.read_text() + "\n" if path.exists() else "<!-- new -->")
    assert ("tei/letter-2.xml", "dangling-pointer") in found(run, letters, "--changed-since", "HEAD")


def test_of_files_that_are_named_those_are_looked_at_that_have_changed(run: Run, letters: Path) -> None:
    break_letter(letters, 3, "bertha")
    files = ("tei/letter.xml", "tei/letter-2.xml", "tei/letter-3.xml")
    assert found(run, letters, *files, "--changed-since", "HEAD") == [("tei/letter-3.xml", "dangling-pointer")]


def test_an_edition_in_a_folder_of_its_repository_is_looked_at_as_well(run: Run, letters: Path, tmp_path: Path) -> None:
    (letters / ".git").rename(tmp_path / ".git")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "moved")
    assert found(run, letters, "--changed-since", "HEAD") == []
    break_letter(letters, 3, "bertha")
    (tmp_path / "edition.toml").write_text("that of nobody")
    assert found(run, tmp_path, "-C", "project", "--changed-since", "HEAD") == [
        ("tei/letter-3.xml", "dangling-pointer")
    ]


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD..main", "", "a\nb", "HEAD:edition.toml"])
def test_a_revision_that_is_none_is_wrong_use(run: Run, letters: Path, revision: str) -> None:
    done = run("validate", f"--changed-since={revision}", cwd=letters)
    assert done.returncode == 2 and "Error: " in done.stderr and "Traceback" not in done.stderr
    assert not (letters / "x").exists()


def test_without_git_or_a_repository_it_is_said(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    done = run("validate", "--changed-since", "HEAD", cwd=project)
    assert done.returncode == 2 and "not in a git repository" in done.stderr
    monkeypatch.setenv("PATH", os.devnull)
    done = run("validate", "--changed-since", "HEAD", cwd=project)
    assert done.returncode == 2 and "git is not installed" in done.stderr


def test_an_ignore_is_unused_only_where_everything_was_looked_at(run: Run, letters: Path) -> None:
    settings = letters / "edition.toml"
    settings.write_text(settings.read_text() + IGNORE.format("dangling-pointer", "tei/letter-2.xml"))
    git(letters, "commit", "-q", "-a", "-m", "ignored")
    assert found(run, letters) == []
    break_letter(letters, 3, "bertha")
    assert found(run, letters, "--changed-since", "HEAD") == [("tei/letter-3.xml", "dangling-pointer")]
    assert found(run, letters, "tei/letter-3.xml") == [("tei/letter-3.xml", "dangling-pointer")]
    assert found(run, letters, "tei/letter-2.xml") == []
    settings.write_text(settings.read_text().replace("letter-2", "letter-9"))
    assert ("edition.toml", "unused-ignore") in found(run, letters)


# --- baselines ----------------------------------------------------------------------------------------------


def test_only_what_is_new_counts_wherever_the_old_has_gone(run: Run, letters: Path) -> None:
    known = ("--baseline", "known.json")
    assert run("validate", *known, cwd=letters).returncode == 1  # there is none yet
    done = run("validate", *known, "--update-baseline", cwd=letters)
    assert done.returncode == 0 and "known.json: " in done.stdout
    assert found(run, letters, *known) == [] and run("validate", *known, cwd=letters).returncode == 0
    path = letters / "tei/letter-2.xml"
    path.write_text(
        path.read_text().replace("<body>", "<body>\n\n<!-- shifted -->\n").replace("reached me", "came to me")
    )
    assert found(run, letters, *known) == []
    break_letter(letters, 3, "anna")
    assert found(run, letters, *known) == [("tei/letter-3.xml", "dangling-pointer")]
    path.write_text(path.read_text().replace("Dear Sir", '<persName ref="#anna">Dear</persName> Sir'))
    assert len([one for one in found(run, letters, *known) if one[0] == "tei/letter-2.xml"]) == 1


def test_problems_that_are_gone_are_told_and_taken_out(run: Run, letters: Path) -> None:
    settings = letters / "edition.toml"
    settings.write_text(settings.read_text() + '[validate]\nbaseline = "known.json"\n')
    run("validate", "--update-baseline", cwd=letters)
    before = (letters / "known.json").read_text()
    path = letters / "tei/letter-2.xml"
    path.write_text(path.read_text().replace(' ref="#anna"', ""))
    said = run("validate", cwd=letters)
    assert said.returncode == 0 and "known.json: info: 1 problem of it is gone [outdated-baseline]" in said.stdout
    assert "outdated-baseline" not in run("validate", "tei/letter-3.xml", cwd=letters).stdout
    assert "outdated-baseline" in run("validate", "tei/letter-2.xml", cwd=letters).stdout
    run("validate", "--update-baseline", cwd=letters)
    after = (letters / "known.json").read_text()
    assert set(before.splitlines()) - set(after.splitlines()) and "#anna" not in after
    path.unlink()
    assert "outdated-baseline" not in run("validate", "tei/letter-3.xml", cwd=letters).stdout


def test_a_baseline_of_some_files_leaves_the_others_alone(run: Run, letters: Path) -> None:
    break_letter(letters, 3, "bertha")
    run("validate", "--baseline", "known.json", "--update-baseline", cwd=letters)
    path = letters / "tei/letter-3.xml"
    path.write_text(path.read_text().replace(' ref="#bertha"', ""))
    run("validate", "tei/letter-3.xml", "--baseline", "known.json", "--update-baseline", cwd=letters)
    text = (letters / "known.json").read_text()
    assert "anna" in text and "bertha" not in text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{", 1),
        ("[]", 0),
        ('{"version": 2, "problems": []}', 0),
        ('{"version": 1,\n"problems": [\n<<<<\n]}', 3),
    ],
)
def test_a_baseline_that_is_none_is_reported(run: Run, letters: Path, text: str, line: int) -> None:
    (letters / "known.json").write_text(text)
    done = run("validate", "--format", "json", "--baseline", "known.json", cwd=letters)
    faults = [one for one in json.loads(done.stdout)["diagnostics"] if one["code"] == "malformed-baseline"]
    assert done.returncode == 1 and [one["file"] for one in faults] == ["known.json"]
    assert not line or faults[0]["line"] in (0, line)
    assert run("validate", "--baseline", "known.json", "--update-baseline", cwd=letters).returncode == 1
    assert (letters / "known.json").read_text() == text


def test_a_baseline_without_a_name_is_wrong_use(run: Run, letters: Path) -> None:
    assert run("validate", "--update-baseline", cwd=letters).returncode == 2


def test_a_baseline_outside_the_edition_is_refused(run: Run, letters: Path) -> None:
    settings = letters / "edition.toml"
    settings.write_text(settings.read_text() + '[validate]\nbaseline = "../known.json"\n')
    assert "lies outside the edition" in run("validate", cwd=letters).stdout


FAULTS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(1, 30), st.sampled_from(["odd", "not even"])), max_size=12
)


def reported(faults: list[tuple[str, int, str]]) -> Report:
    report = Report(Path("/no/such/folder"))
    report.extend(Diagnostic(codes.MISPLACED_ELEMENT, Location(file, line), message) for file, line, message in faults)
    report.examined = Examined(("a", "b"), frozenset({"misplaced-element"}), True)
    return report


@given(FAULTS, FAULTS, st.randoms())
def test_every_baseline_tells_as_many_new_and_gone_as_there_are(
    old: list[tuple[str, int, str]], new: list[tuple[str, int, str]], chance: random.Random
) -> None:
    baseline = baselines.updated(Baseline(), reported(old))
    report = reported(new)
    before, after = (Counter(map(identity, one)) for one in (reported(old), report))
    baselines.compare(baseline, report)
    assert Counter(map(identity, report)) == after - before
    assert Counter(map(identity, report.known)) == after & before
    assert report.gone == (before - after).total()
    shuffled = reported(chance.sample(old, len(old)))
    assert baselines.text_of(baselines.updated(Baseline(), shuffled)) == baselines.text_of(baseline)


def test_a_new_problem_is_pointed_at_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<p>one</p>\n<p>two</p>\n")

    def report_at(*lines: int) -> Report:
        report = Report(tmp_path)
        report.extend(Diagnostic(codes.MISPLACED_ELEMENT, Location("a.xml", line), "odd") for line in lines)
        return report

    baseline = baselines.updated(Baseline(), report_at(1, 2))
    path.write_text("<p>two</p>\n<p>new</p>\n<p>one</p>\n")
    report = report_at(1, 2, 3)
    baselines.compare(baseline, report)
    assert [one.location.line for one in report] == [2]


def test_many_problems_that_say_the_same_are_compared_soon() -> None:
    report = reported([("a", line, "odd") for line in range(1, 10_000)])
    baseline = Baseline({identity(report.found[0]): Counter(f"{number:08x}" for number in range(10_000))})
    begin = time.process_time()
    baselines.compare(baseline, report)
    assert time.process_time() - begin < 3
    assert (len(report.found), len(report.known), report.gone) == (0, 9_999, 1)
