"""Which files a command line means: files, folders with all that is in them, and patterns that no shell has expanded."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

WILD = frozenset("*?[")


def named_files(arguments: Iterable[Path]) -> tuple[Path, ...]:
    """The files that are meant, each once, in the order given; FileNotFoundError names an argument that means none."""
    found: dict[Path, None] = {}
    for argument in arguments:
        files = list(_meant(argument))
        if not files:
            raise FileNotFoundError(str(argument))
        found |= dict.fromkeys(files)
    return tuple(found)


def _meant(argument: Path) -> Iterator[Path]:
    if argument.is_dir():
        yield from _inside(argument)
    elif os.path.lexists(argument):
        yield argument
    elif WILD & set(str(argument)):
        for name in sorted(glob.glob(str(argument), recursive=True)):
            yield from _inside(Path(name)) if Path(name).is_dir() else (Path(name),)


def _inside(folder: Path) -> Iterator[Path]:
    """All XML files below a folder; what begins with a dot is left out, and links are not followed."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here) / name for name in sorted(files) if name.endswith(".xml") and not name.startswith("."))
