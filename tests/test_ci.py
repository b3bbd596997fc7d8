"""What continuous integration runs: the workflows that “init --ci” lays down, and the hooks for pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import EDITIO, ROOT, Run

WORKFLOWS = {"github": ".github/workflows/edition.yml", "gitlab": ".gitlab-ci.yml"}
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
GIT = ["git", "-c", "user.name=Editor", "-c", "user.email=editor@example.org"]


def commands(service: str, workflow: Any) -> list[str]:
    """The commands of a workflow that call Editio."""
    job = workflow["jobs"]["edition"] if service == "github" else workflow["edition"]
    lines = [step["run"] for step in job["steps"] if "run" in step] if service == "github" else job["script"]
    assert lines[0] == "pip install editio"
    return [str(line) for line in lines[1:]]


@pytest.mark.parametrize("service", WORKFLOWS)
def test_a_workflow_is_valid_by_the_published_schema_of_its_service(run: Run, tmp_path: Path, service: str) -> None:
    assert run("init", "--ci", service).returncode == 0
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[service]]
    path = tmp_path / WORKFLOWS[service]
    extra = ["--data-transform", "gitlab-ci"] if service == "gitlab" else []
    done = subprocess.run([*checker, *extra, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    path.write_text(path.read_text().replace("script:" if service == "gitlab" else "runs-on:", "scripted:"))
    assert subprocess.run([*checker, *extra, path], capture_output=True, check=False).returncode == 1
    assert not (tmp_path / WORKFLOWS["gitlab" if service == "github" else "github"]).exists()


@pytest.mark.parametrize("service", WORKFLOWS)
def test_the_commands_of_a_workflow_run_and_leave_what_it_keeps(run: Run, tmp_path: Path, service: str) -> None:
    assert run("init", "--ci", service).returncode == 0
    assert run("convert").returncode == 0
    workflow = yaml.safe_load((tmp_path / WORKFLOWS[service]).read_text())
    environment = {**os.environ, "PATH": f"{EDITIO.parent}{os.pathsep}{os.environ['PATH']}"}
    for line in commands(service, workflow):
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    if service == "github":
        steps = workflow["jobs"]["edition"]["steps"]
        kept = [*steps[-1]["with"]["path"].split(), steps[-2]["with"]["sarif_file"]]
    else:
        artifacts = workflow["edition"]["artifacts"]
        kept = [*artifacts["paths"], *artifacts["reports"].values()]
    assert len(kept) > 3 and [name for name in kept if not (tmp_path / name).exists()] == []


def test_an_edition_that_is_there_gets_the_workflow_and_nothing_else(run: Run, project: Path) -> None:
    before = {path.relative_to(project) for path in project.rglob("*")}
    done = run("init", "--ci", "gitlab", cwd=project)
    assert (done.returncode, done.stdout) == (0, ".gitlab-ci.yml: written\n")
    assert {path.relative_to(project) for path in project.rglob("*")} - before == {Path(".gitlab-ci.yml")}
    (project / ".gitlab-ci.yml").write_text("own: {}\n")
    assert run("init", "--ci", "gitlab", cwd=project).returncode == 2
    assert (project / ".gitlab-ci.yml").read_text() == "own: {}\n"
    assert run("init", cwd=project).returncode == 2


@pytest.mark.parametrize("options", [("--ci", "both"), ("--ci", "github", "--ci", "gitlab")])
def test_an_edition_can_have_the_workflows_of_both_services(
    run: Run, tmp_path: Path, project: Path, options: tuple[str, ...]
) -> None:
    assert run("init", "new", *options).returncode == 0
    assert all((tmp_path / "new" / name).is_file() for name in WORKFLOWS.values())
    shutil.rmtree(project / ".github", ignore_errors=True)
    assert run("init", *options, cwd=project).returncode == 0
    assert all((project / name).is_file() for name in WORKFLOWS.values())
    assert run("init", *options, cwd=project).returncode == 2


def test_a_workflow_is_not_written_through_a_link(run: Run, project: Path, tmp_path: Path) -> None:
    (project / ".gitlab-ci.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert run("init", "--ci", "gitlab", cwd=project).returncode == 2
    assert not (tmp_path / "elsewhere.yml").exists()


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """A repository of this project's hooks, with a small package in place of Editio that calls the one that is installed.

    pre-commit makes an environment for each repository. “make hooks” has it make that of all Editio, which takes a
    minute and fetches what Editio needs.
    """
    if os.environ.get("EDITIO_HOOKS"):
        return ROOT
    folder = tmp_path / "hooks"
    folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    program = folder / "editio"
    text = (folder / ".pre-commit-hooks.yaml").read_text()
    (folder / ".pre-commit-hooks.yaml").write_text(text.replace("language: python", "language: script"))
    program.write_text(f'#!/bin/sh\nexec "{EDITIO}" "$@"\n')
    program.chmod(0o755)
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    subprocess.run([*GIT, "commit", "-q", "-m", "hooks"], cwd=folder, check=True)
    return folder


def test_the_hooks_run_under_pre_commit(run: Run, project: Path, hooks: Path) -> None:
    run("convert", cwd=project)
    subprocess.run(["git", "init", "-q", "."], cwd=project, check=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH" or hooks != ROOT}
    environment = {**kept, "PRE_COMMIT_HOME": str(project.parent / "home")}

    def committed() -> tuple[int, str]:
        subprocess.run(["git", "add", "-A"], cwd=project, check=True)
        line = [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(hooks),
            "--all-files",
            "--color",
            "never",
            "--verbose",
        ]
        done = subprocess.run(line, cwd=project, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    code, said = committed()
    assert code == 0 and said.count("Passed") == 2, said
    tei = project / "tei/letter.xml"
    tei.write_text(tei.read_text().replace("Your letter", '<persName ref="#anna2">Your</persName> letter'))
    code, said = committed()
    assert code == 1 and said.count("Failed") == 2, said
    assert said.count("no element has the id “anna2” [dangling-pointer]") == 2
