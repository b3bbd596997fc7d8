"""Whatever blocks a reader makes, in whatever order and depth: they become valid TEI with a balanced ledger.

``EDITIO_EXAMPLES`` sets how many examples are tried (default 100).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from editio import tei
from editio.config import ConvertSettings, EditionSettings, Settings
from editio.diagnostics import Report
from editio.encode import encode
from editio.model import Block, Consumed, Draft, Field, Mark, Point, Run, Source, Surface, Text, Zone
from editio.resources import shipped

properties = settings(
    max_examples=int(os.environ.get("EDITIO_EXAMPLES", "100")),
    deadline=None,
    derandomize="EDITIO_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
CONVERT = (
    ConvertSettings(),
    ConvertSettings(profile="minutes"),
    ConvertSettings(profile="drama"),
    ConvertSettings(brackets="off", lines="verse"),
)

words = st.sampled_from(
    ["Call me Ishmael. ", "some years ago", "[and]", "[[lost]]", "1. ", "a) first", "Dear Sir,", "N. KHRUSHCHEV"]
) | st.sampled_from(
    [
        "[Page 2]",
        "Colby: No. ",
        "\n",
        "P.S. It is lame.",
        "SUBJECT",
        "word1 ",
        "[1]",
        "Enclosure",
        "cc: all",
        "[",
        "May 1, 1850",
    ]
)
marks = st.lists(
    st.sampled_from(
        [
            Mark("hi", (("rend", "italic"),)),
            Mark("ref", (("target", "https://example.org/"),)),
            Mark("persName"),
            Mark("foreign", (("xml:lang", "ru"),)),
            Mark("del"),
        ]
    ),
    max_size=3,
    unique=True,
).map(tuple)
empty_points = st.sampled_from(
    [
        Point("pb", (("n", "3"),)),
        Point("lb"),
        Point("anchor"),
        Point("graphic", (("url", "a.png"),)),
        Point("milestone", (("unit", "x"),)),
    ]
)
ROLES = [
    "",
    "",
    "",
    "pb",
    "tei:salute",
    "tei:signed",
    "tei:quote",
    "tei:l",
    "tei:ab",
    "tei:stage",
    "tei:head",
    "tei:postscript",
]
KINDS = ["paragraph", "paragraph", "paragraph", "heading", "item", "verse", "verbatim", "rule"]

pieces = st.lists(st.tuples(words, marks, st.booleans()), max_size=4)


def leaves(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A block as a description: kind, role, level, labelled, begins an item, pieces, notes or points, what it holds."""
    points = st.lists(st.one_of(empty_points, st.lists(inner, min_size=1, max_size=2)), max_size=2)
    return st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(ROLES),
        st.integers(1, 4),
        st.booleans(),
        st.booleans(),
        pieces,
        points,
        st.just([]),
    )


def branches(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A block that holds others: a quotation, a table of cells, a figure, an item with more in it."""
    kinds = st.sampled_from(["quote", "table", "figure", "item"])
    held = st.lists(inner, max_size=3)
    return st.tuples(kinds, st.just(""), st.integers(1, 4), st.booleans(), st.booleans(), pieces, st.just([]), held)


paragraphs = st.tuples(
    st.just("paragraph"), st.just(""), st.just(0), st.just(False), st.just(False), pieces, st.just([]), st.just([])
)
descriptions = st.recursive(leaves(paragraphs), branches, max_leaves=8)
documents = st.lists(descriptions, min_size=1, max_size=10)


class Writer:
    """Makes blocks of descriptions, and the text that they are the blocks of."""

    def __init__(self) -> None:
        self.text = ""

    def run(self, words: str, marks: tuple[Mark, ...] = ()) -> Run:
        start = len(self.text)
        self.text += words
        return Run(words, start, len(self.text), marks)

    def block(self, description: Any) -> Block:
        kind, role, level, labelled, starts, pieces, points, held = description
        if kind not in ("paragraph", "item"):
            role = ""
        if role == "pb":
            return Block("paragraph", role="pb", n="7")
        label = Text((self.run("3."),)) if labelled and kind in ("item", "paragraph") else Text()
        runs = [self.run(words, marks if marked else ()) for words, marks, marked in pieces]
        for point in points:
            here = len(self.text)
            made = point if isinstance(point, Point) else Point("note", (("n", "1"),), tuple(map(self.block, point)))
            runs.append(Run("", here, here, point=made))
        inner = tuple(map(self.block, held))
        if kind == "table":
            inner = (Block("row", blocks=tuple(Block("cell", blocks=(one,)) for one in inner) or (Block("cell"),)),)
        first = "start" if kind == "item" and starts else ""
        return Block(kind, Text(tuple(runs)), level, role, "3" if label.runs else "", first, label, blocks=inner)


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shipped("schema") / "editio.rng"))


@properties
@given(documents, st.sampled_from(CONVERT))
def test_any_tree_of_blocks_becomes_valid_tei_with_a_balanced_ledger(
    found: list[Any], convert: ConvertSettings
) -> None:
    writer = Writer()
    blocks = tuple(map(writer.block, found))
    source = Source(Path("letter.txt"), "letter.txt", "letter", writer.text)
    report = Report(Path())
    encoded = encode(Draft(source, blocks), Settings(EditionSettings("Letters"), convert), report)
    assert encoded is not None, list(report)
    assert encoded.balance.balanced
    again = tei.parse(tei.serialise(encoded.root)).getroottree()
    assert schema().validate(again), (schema().error_log, tei.serialise(encoded.root).decode())


def test_what_no_block_holds_is_reported_as_lost_with_its_place() -> None:
    source = Source(Path("a.txt"), "a.txt", "a", "kept\nforgotten")
    report = Report(Path())
    assert (
        encode(Draft(source, (Block("paragraph", Text((Run("kept", 0, 4),))),)), Settings(EditionSettings("A")), report)
        is None
    )
    (found,) = [one for one in report if one.code.name != "missing-title"]
    assert (found.code.name, found.location.line) == ("ledger-out-of-balance", 2)


def test_fields_consumed_characters_and_page_images_are_in_the_account() -> None:
    source = Source(Path("a.txt"), "a.txt", "a", "Title: Moby-Dick\n\nCall me Ishmael.")
    draft = Draft(
        source,
        (Block("paragraph", Text((Run("Call me Ishmael.", 18, 34),)), attributes=(("facs", "#r1"),)),),
        (Field("title", Text((Run("Moby-Dick", 7, 16),)), "labelled-line"),),
        (Consumed(0, 6, "labelled-line", "Title:"),),
        (Surface("page-1", "1.jpg", 100, 200, (Zone("r1", "0,0 9,0 9,9 0,9"),)),),
    )
    encoded = encode(draft, Settings(EditionSettings("A")), Report(Path()))
    assert encoded is not None
    assert encoded.balance.consumed == {"labelled-line": 6}
    assert encoded.root.find(f".//{tei.TEI}zone").get("points") == "0,0 9,0 9,9 0,9"
    assert "“Title:”" in "".join(encoded.root.find(f".//{tei.TEI}editorialDecl").itertext())
