"""Begins a new edition from the files in ``template``, and lays workflows for continuous integration into one."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "template"
# Files that may not have their true name inside a package.
RENAMED = {"gitignore": ".gitignore", "gitattributes": ".gitattributes"}
# What each service wants, by the names of the files in ``ci``.
SERVICES = {
    "github": {"github.yml": ".github/workflows/edition.yml", "problem-matcher.json": ".github/editio-matcher.json"},
    "gitlab": {"gitlab.yml": ".gitlab-ci.yml"},
}


def scaffold(folder: Path, services: Iterable[str] = ("github",)) -> str:
    """Lay the template into a folder; nothing is overwritten. The name of the edition.toml that is there already, if one is."""
    settings = folder / "edition.toml"
    if settings.exists():
        return settings.name
    _lay([*_template(), *_workflows(services)], folder)
    return ""


def add_workflows(folder: Path, services: Iterable[str]) -> tuple[str, ...]:
    """Lay the workflows of services into an edition; the names of what was written, without what was there already."""
    return _lay([*_workflows(services)], folder)


def _template() -> Iterator[tuple[Path, str]]:
    for source in sorted(TEMPLATE.rglob("*")):
        name = source.relative_to(TEMPLATE).as_posix()
        if source.is_file():
            yield source, RENAMED.get(name, name)


def _workflows(services: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for service in dict.fromkeys(services):
        yield from ((HERE / "ci" / source, target) for source, target in SERVICES[service].items())


def _lay(files: list[tuple[Path, str]], folder: Path) -> tuple[str, ...]:
    """Copy files to their names in a folder; FileExistsError, before anything is written, if a file is in the way of a folder."""
    for _, name in files:
        for parent in [*(folder / name).parents][: len(Path(name).parts)]:
            if parent.exists() and not parent.is_dir():
                raise FileExistsError(errno.EEXIST, "a file is in the way", str(parent))
    laid = []
    for source, name in files:
        target = folder / name
        # a link that leads nowhere does not exist, but writing would follow it
        if target.exists() or target.is_symlink():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        laid.append(name)
    return tuple(laid)
