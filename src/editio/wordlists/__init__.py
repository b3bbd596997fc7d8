"""The lists of words by which names are known, a file each, by section; in pairs where one stands for others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


def words(name: str, section: str) -> frozenset[str]:
    """The words of a section of a list."""
    return frozenset(pairs(name, section))


def pairs(name: str, section: str) -> Mapping[str, str]:
    """The words of a section, each with what stands behind its “=” (itself where nothing does)."""
    return _sections(name)[section]


@cache
def _sections(name: str) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif not line.startswith("#"):
            section.update((word, meaning or word) for word, _, meaning in (one.partition("=") for one in line.split()))
    return found
