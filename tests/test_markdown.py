"""Markdown: whatever the text, each character is in a run, a field or named markup, once, and at its place."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editio.config import ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Report
from editio.model import Block, Draft, Run, Source
from editio.readers.markdown import SAME_LENGTH, read_markdown

EXAMPLES = int(os.environ.get("EDITIO_EXAMPLES", "40"))
properties = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="EDITIO_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
SETTINGS = Settings(edition=EditionSettings(title="Letters"), convert=ConvertSettings())
# Pieces of Markdown that in any order make every construct there is, whole or broken.
PIECES = (
    'word |a |\n|\n\n|    |> |- |1. |23) |[^1]|[^1]: |[^x]:|^[|[|]|(u)|](u "t i")|*|**|_|`|```\n|~~~|~~|~|^|'
    "# |## |===\n|---\n|***|<u>|</u>|<br>|<div>|</div>|<!--|-->|<table><tr><td>|{.persName}|{#id}|{lang=ru}|:::|"
    '::: {.salute}\n|: |\\|&amp;|&#1|<http://a.b>|![|[a]: http://x "T"\n|[a]: foo\n|[ ] |[x] |\t|title: x\n|+++\n|é|'
    "\f|\r|\u2028|<pre>|<script>|</script>|<![CDATA[|]]>|%|Table: x\n"
).split("|")
PIECES += ["|", "| ", "|---|---|\n", "| a | b |\n", "\\|"]
documents = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def read(text: str) -> tuple[Draft, Report]:
    report = Report(Path("."))
    return read_markdown(Source(Path("walden.md"), "walden.md", "walden", text), SETTINGS, report), report


def runs_of(blocks: tuple[Block, ...]) -> Iterator[Run]:
    for block in blocks:
        for run in (*block.label.runs, *block.text.runs):
            yield run
            yield from runs_of(run.point.blocks if run.point else ())
        yield from runs_of(block.blocks)


def words_of(draft: Draft) -> list[str]:
    return "".join(run.text if not run.point else " " for run in runs_of(draft.blocks)).split()


@properties
@given(documents)
def test_each_character_is_text_or_named_markup(text: str) -> None:
    draft, _ = read(text)
    placed = [(one.start, one.end) for one in draft.consumed]
    placed += [(run.start, run.end) for field in draft.fields for run in field.text.runs]
    placed += [(run.start, run.end) for run in runs_of(draft.blocks)]
    assert all(0 <= start <= end <= len(text) for start, end in placed)
    covered = {offset for start, end in placed for offset in range(start, end)}
    lost = [offset for offset, character in enumerate(text) if not character.isspace() and offset not in covered]
    assert not lost, text[lost[0] :][:20]


@properties
@given(documents)
def test_each_run_has_the_characters_of_its_place_and_no_other_has_them(text: str) -> None:
    draft, _ = read(text)
    used: Counter[int] = Counter()
    for run in runs_of(draft.blocks):
        if run.text.strip():
            used.update(range(run.start, run.end))
        if run.end - run.start == len(run.text):
            assert "".join(text[run.start : run.end].translate(SAME_LENGTH).split()) == "".join(run.text.split())
    assert not [offset for offset, times in used.items() if times > 1]


@pytest.mark.parametrize("character", list('[]*_`<>#|(!^~:{&\\ +="1a'))
def test_a_long_line_of_one_character_is_read_in_no_time(character: str) -> None:
    begun = time.process_time()
    read(character * 1_000_000)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("pattern", ["[", "![", "^[", "[^", "[a](", "<!--", "*a_ ", "<![CDATA[", "- ", "> ", "**a "])
def test_unclosed_markup_takes_time_that_grows_with_its_length_only(pattern: str) -> None:
    begun = time.process_time()
    draft, _ = read(pattern * (100_000 // len(pattern)))
    assert time.process_time() - begun < 20
    assert draft.blocks or draft.consumed


def test_a_paragraph_longer_than_any_is_kept_with_its_markup_and_reported() -> None:
    draft, report = read("*I went to the woods* " * 10_000)
    assert draft.blocks[0].text.plain.startswith("*I went")
    assert [one.code.name for one in report] == ["markup-as-text"]


def test_what_is_nested_too_deep_is_kept_as_text_and_reported() -> None:
    draft, report = read("> " * 100 + "deliberately")
    assert words_of(draft)[-1] == "deliberately"
    assert {one.code.name for one in report} == {"markup-as-text"}


def test_a_note_that_refers_to_itself_or_in_a_circle_is_read_once() -> None:
    draft, _ = read("The woods.[^a]\n\n[^a]: See[^b].\n\n[^b]: See[^a] and[^b].\n")
    assert words_of(draft).count("See") + words_of(draft).count("See[^a]") == 2


def test_a_second_definition_of_a_note_is_kept_and_reported() -> None:
    draft, report = read("The woods.[^a]\n\n[^a]: One.\n\n[^a]: Two.\n")
    assert draft.blocks[-1].whole.plain == "[^a]: Two."
    assert [(one.code.name, one.location.line) for one in report] == [("unreferenced-note", 5)]


def test_a_form_feed_ends_a_line() -> None:
    draft, _ = read("# Economy\fThe woods.")
    assert [(block.kind, block.text.plain) for block in draft.blocks] == [
        ("heading", "Economy"),
        ("paragraph", "The woods."),
    ]


def test_an_id_is_given_once_and_never_one_that_editio_gives_itself() -> None:
    draft, _ = read("# One {#a}\n\n# Two {#a}\n\n# Three {#editio}\n\n# Four {#walden}\n")
    ids = [dict(block.attributes).get("xml:id") for block in draft.blocks]
    assert ids == ["a", None, None, None]


def test_toml_front_matter_is_read_with_its_places() -> None:
    text = '+++\ntitle = "Walden"\nauthors = ["H. D. Thoreau"]\n[extra]\npages = 357\n+++\nThe woods.\n'
    draft, _ = read(text)
    found = {field.name: text[field.text.start : field.text.end] for field in draft.fields}
    assert found == {"title": "Walden", "author": "H. D. Thoreau", "extra-pages": "357"}


@pytest.mark.parametrize(
    "block",
    [
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system ['true']",
        "a: " + "[" * 5000,
        "- a\n- b",
        "A line and no key",
        "\x01: b",
        "a: b: c",
    ],
)
def test_no_front_matter_makes_the_reader_do_anything_but_read(block: str) -> None:
    text = f"---\n{block}\n---\n\nThe woods.\n"
    draft, _ = read(text)
    assert "woods." in words_of(draft)
