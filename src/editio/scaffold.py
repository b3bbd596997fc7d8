"""Begins a new edition from the files in ``template``."""

from __future__ import annotations

import errno
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent / "template"
# Files that may not have their true name inside a package, or whose folder is hidden.
RENAMED = {
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "edition-workflow.yml": ".github/workflows/edition.yml",
}


def scaffold(folder: Path) -> str:
    """Lay the template into a folder; nothing is overwritten. The name of the edition.toml that is there already, if one is."""
    settings = folder / "edition.toml"
    if settings.exists():
        return settings.name
    _check_ways(folder)
    for source in sorted(TEMPLATE.rglob("*")):
        name = source.relative_to(TEMPLATE).as_posix()
        target = folder / RENAMED.get(name, name)
        if source.is_dir() or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    return ""


def _check_ways(folder: Path) -> None:
    """Raise FileExistsError, before anything is written, if a file stands where a folder must be."""
    for source in TEMPLATE.rglob("*"):
        way = folder / RENAMED.get(source.relative_to(TEMPLATE).as_posix(), source.relative_to(TEMPLATE).as_posix())
        for parent in [*way.parents][: len(way.relative_to(folder).parts)]:
            if parent.exists() and not parent.is_dir():
                raise FileExistsError(errno.EEXIST, "a file is in the way", str(parent))
