"""Dates: each expression of the tables in cases/dates means what the table says; whatever the text, values are sound."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editio.dating import FoundDate, find_dates, iso_date, only_date

CASES = Path(__file__).parent / "cases/dates"
MARKED = re.compile(r"\[\[(.*?)\]\]")


def rows() -> list[tuple[str, str, str, str]]:
    """Language, the document's date, marked text, expectation, of all tables."""
    found: list[tuple[str, str, str, str]] = []
    for path in sorted(CASES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                language, own, text, expected = line.split("\t")
                found.append((language, own, text, expected))
    return found


def said(found: FoundDate, keys: set[str]) -> dict[str, str]:
    """What was found of the dating attributes and of what else is expected."""
    every = {**found.attributes, "cert": found.cert, "element": found.element}
    values = set(found.attributes) - {"when-custom", "datingMethod", "calendar"}
    return {name: value for name, value in every.items() if name in keys | values}


@pytest.mark.parametrize(("language", "own", "text", "expected"), rows(), ids=lambda value: value)
def test_an_expression_means_what_the_table_says(language: str, own: str, text: str, expected: str) -> None:
    plain = MARKED.sub(lambda match: match[1].partition("|")[0], text)
    found = list(find_dates(plain, own, (language,)))
    if expected == "-":
        assert [(plain[one.start : one.end], one.attributes) for one in found] == []
        return
    marked = MARKED.search(text)
    assert marked is not None
    words = marked[1].rpartition("|")[2]
    wanted = dict(part.split("=", 1) for part in expected.split())
    assert [(plain[one.start : one.end], said(one, set(wanted))) for one in found] == [(words, wanted)]
