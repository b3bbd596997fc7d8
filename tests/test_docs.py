"""The manual keeps its word: its commands run, its lists are complete, its links lead somewhere.

What a fenced block of README.md or docs/*.md is, its info string says:

``console``               commands (lines that begin with ``$ ``) are run, in order, in a temporary folder that
                          lasts through the document; ``$ cd`` changes it. Other lines are expected output: each
                          must occur in what the command above them prints; ``…`` stands for lines left out.
                          A command ends with exit code 0, or the one that a comment behind it names: ``# exit 1``.
``console repository``    the same in a copy of this repository, without .venv and output.
``console no-run``        is shown only: what installs packages or asks services needs a network, ``editio serve`` runs
                          until it is stopped, and ``make test`` would run itself.
``text file=NAME``        the block (of any language) is written to this file of the folder, as a reader would do it.
``xml insert=NAME``       the block is put before the end of the list in this register.
``diff edit=NAME``        in this file, the text behind ``- `` becomes the text behind ``+ ``, line by line.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT, copy_of_repository

from editio.brackets import KINDS
from editio.config import IgnoreSettings, Settings, load
from editio.dating.scan import find_dates
from editio.diagnostics import Report
from editio.explain import manual
from editio.registry import rules

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
ALL_PAGES = (*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md")
FENCE = re.compile(r"^```(?P<info>\w.*)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NOT_RUN = (
    *("make ", "pip install", "python -m spacy download", ". ", "python3 -m venv"),
    *("editio names link --service", "editio serve"),
)


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page."""

    page: Path
    line: int
    info: str
    body: str

    @property
    def where(self) -> str:
        return f"{self.page.name}:{self.line}"


@dataclass(frozen=True)
class Command:
    """A command of a block, the output shown below it, and its exit code."""

    line: str
    expected: tuple[str, ...]
    code: int


@dataclass
class Session:
    """Where the commands of one page run: a folder that lasts, and which folder of it they are in."""

    folder: Path
    at: Path

    def run(self, command: Command, where: str) -> None:
        """Run a command and compare exit code and output."""
        if command.line.startswith("cd "):
            self.at = (self.at / shlex.split(command.line)[1]).resolve()
            assert self.at.is_relative_to(self.folder.resolve()), f"{where}: {command.line} leaves the folder"
            return
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "COLUMNS": "120"}
        done = subprocess.run(
            ["/bin/sh", "-c", command.line],
            cwd=self.at,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        output = done.stdout + done.stderr
        assert done.returncode == command.code, f"{where}: {command.line} ended with {done.returncode}\n{output}"
        for line in command.expected:
            assert line in output, f"{where}: {command.line} did not print “{line}” but\n{output}"

    def write(self, name: str, text: str) -> None:
        """Write a file, as a reader of the manual would."""
        path = self.at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def insert(self, name: str, entry: str, where: str) -> None:
        """Put an entry before the end of a register's list."""
        before, end, after = (self.at / name).read_text(encoding="utf-8").rpartition("</list")
        assert end, f"{where}: {name} has no list"
        self.write(name, before + entry + end + after)

    def edit(self, name: str, difference: str, where: str) -> None:
        """Replace each text behind ``- `` by the one behind the ``+ `` that follows it."""
        text = (self.at / name).read_text(encoding="utf-8")
        lines = difference.splitlines()
        for old, new in zip(lines[::2], lines[1::2], strict=True):
            assert old[:2] == "- " and new[:2] == "+ ", f"{where}: not pairs of - and + lines"
            assert text.count(old[2:]) == 1, f"{where}: “{old[2:]}” is in {name} {text.count(old[2:])} times"
            text = text.replace(old[2:], new[2:])
        self.write(name, text)


def fences(page: Path) -> Iterator[Fence]:
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        yield Fence(page, text.count("\n", 0, match.start()) + 1, match["info"].strip(), match["body"])


def commands(fence: Fence) -> Iterator[Command]:
    """The commands of a block, each with the lines up to the next one."""
    for part in re.split(r"^\$ ", fence.body, flags=re.MULTILINE)[1:]:
        line, *shown = part.splitlines()
        ends = re.search(r"\s+# exit (\d)$", line)
        expected = tuple(words for words in (one.strip() for one in shown) if words and words != "…")
        yield Command(line[: ends.start()] if ends else line, expected, int(ends[1]) if ends else 0)


def take(fence: Fence, session: Session) -> None:
    """Do what a block says."""
    for command in commands(fence):
        session.run(command, fence.where)


def follow(fence: Fence, session: Session) -> None:
    """Do in the page's folder what a block says: run its commands, or write the file it shows."""
    does, _, name = fence.info.partition(" ")[2].partition("=")
    match does:
        case "file":
            session.write(name, fence.body)
        case "insert":
            session.insert(name, fence.body, fence.where)
        case "edit":
            session.edit(name, fence.body, fence.where)
        case _ if fence.info == "console":
            take(fence, session)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    session = Session(own, own)
    for fence in fences(page):
        if fence.info == "console repository":
            copy = tmp_path / "repository"
            take(fence, Session(copy, copy if copy.exists() else copy_of_repository(copy)))
        else:
            follow(fence, session)


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_only_commands_that_need_a_network_or_the_tests_themselves_are_not_run(page: Path) -> None:
    for fence in fences(page):
        if fence.info == "console no-run":
            for command in commands(fence):
                assert command.line.startswith(NOT_RUN), f"{fence.where}: “{command.line}” could be run"
        elif "$ " in fence.body and fence.body.startswith("$ "):
            assert fence.info in ("console", "console repository"), f"{fence.where}: commands in a block “{fence.info}”"


def settings() -> Iterator[str]:
    """Every setting as table.name; the table for each document, which may hold any field of the header, as one."""
    for table in msgspec.structs.fields(Settings):
        if table.name == "documents":
            yield "documents.ID"
            continue
        struct = IgnoreSettings if table.name == "ignore" else table.type
        yield from (f"{table.name}.{field.name}" for field in msgspec.structs.fields(struct))


def test_settings_md_names_every_setting_and_no_other() -> None:
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    described = re.findall(r"^### `([\w.]+)`$", text, re.MULTILINE)
    assert sorted(described) == sorted(settings())


def test_every_example_of_settings_md_is_accepted(tmp_path: Path) -> None:
    for fence in fences(ROOT / "docs/settings.md"):
        if fence.info == "toml":
            title = "" if "[edition]" in fence.body else '[edition]\ntitle = "Letters"\n'
            (tmp_path / "edition.toml").write_text(title + fence.body, encoding="utf-8")
            report = Report(tmp_path)
            load(tmp_path, report)
            assert not report.found, f"{fence.where}: {[found.message for found in report.found]}"


def test_diagnostics_md_is_what_editio_explains() -> None:
    # to write it anew: python -c "from editio.explain import manual; print(manual(), end='')" > docs/diagnostics.md
    assert (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8") == manual()


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file_or_heading(page: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for address in LINK.findall(text):
        if re.match(r"\w+:", address):
            continue
        name, _, heading = address.partition("#")
        target = (page.parent / name) if name else page
        assert target.exists(), f"{page.name}: there is no {address}"
        if heading:
            assert heading in anchors(target), f"{page.name}: {target.name} has no heading #{heading}"


def anchors(page: Path) -> set[str]:
    """The ids of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def test_architecture_md_names_every_module() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
    source = ROOT / "src/editio"
    modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py") if path.name != "__init__.py"}
    missing = sorted(name for name in modules if f"`{name}`" not in text)
    gone = sorted(set(re.findall(r"`([\w/]+\.py)`", text)) - modules - {"benchmarks/bench.py"})
    assert (missing, [name for name in gone if not (ROOT / name).exists()]) == ([], [])


def test_the_guide_names_every_rule_and_every_kind_of_bracket() -> None:
    text = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    named = [*(entry.name for entry in rules()), *(kind.name for kind in KINDS)]
    assert [name for name in named if f"`{name}`" not in text] == []


def test_the_dates_of_the_guide_are_read_as_it_says() -> None:
    text = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    table = text.partition("\n## Dates\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (`when|`notBefore|`notAfter|`from|not marked)(.*) \|$", table, re.MULTILINE)
    assert len(rows) > 5
    for written, first, rest in rows:
        expected = dict(re.findall(r'([\w-]+)="([^"]+)"', first + rest))
        for words in written.split(" · "):
            found = [
                {**one.attributes, "cert": one.cert, "evidence": one.rule}
                for one in find_dates(words, "1959-12-08", ("en", "de", "fr", "ru"))
            ]
            assert found == ([expected] if expected else []), words
