"""Pointers, numbers of pages and images: what resolves, what cannot be judged, and that nothing outside is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import SHARED

from editio import tei
from editio.config import of_folder
from editio.image_types import type_of_bytes
from editio.model import Document, Edition
from editio.page_numbers import breaks, read_number
from editio.pointer_attributes import NOT_ON, ONLY_ON, POINTERS, is_pointer, is_single
from editio.pointing import Pointing, Prefix

P5 = SHARED / "schema/p5subset.json"
# What the table leaves out on purpose: bases, and witnesses and images, which have checks of their own.
LEFT_OUT = {"xml:base", "wit"}
IMAGES = {("url", "graphic"), ("url", "media"), ("url", "binaryObject")}


def document(body: str, name: str = "tei/letter.xml") -> Document:
    data = f'<TEI xmlns="{tei.NS}" xml:id="letter"><text><body>{body}</body></text></TEI>'.encode()
    return Document("letter", name, tei.parse(data), data)


def fault(pointer: str, folder: Path, body: str = "<p/>", name: str = "tei/letter.xml") -> str:
    made = document(body, name)
    edition = Edition(folder, of_folder("Cases"), {}, ())
    return Pointing(made, edition).fault(pointer, made.lookup.elements("p")[0])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "tei").mkdir(parents=True)
    (folder / "tei/other.xml").write_text(f'<TEI xmlns="{tei.NS}"><text xml:id="t"/></TEI>')
    (folder / "tei/photograph.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "secret.xml").write_text('<x xml:id="t"/>')
    (folder / "tei/link.xml").symlink_to(tmp_path / "secret.xml")
    return folder


@pytest.mark.parametrize(
    "pointer",
    [
        "other.xml",
        "other.xml#t",
        "./../tei/other.xml#t",
        "letter.xml#letter",
        "photograph.jpg#xywh=1,2,3,4",
        "https://example.org/a#b",
        "/db/apps/data/other.xml#nobody",
        "#letter",
        "#xpath(//p[1])",
        "other.xml#range(left(a),right(b))",
        "?page=2",
    ],
)
def test_a_pointer_that_resolves_or_cannot_be_judged_is_sound(pointer: str, project: Path) -> None:
    assert fault(pointer, project) == ""


@pytest.mark.parametrize(
    "pointer",
    [
        "missing.xml",
        "other.xml#nobody",
        "#nobody",
        "#",
        "../../secret.xml",
        "link.xml#t",
        "%2e%2e/%2e%2e/secret.xml#t",
        "%00",
        "x" * 5000,
        "tei/other.xml#t",
    ],
)
def test_a_pointer_that_leads_nowhere_or_out_of_the_project_is_a_fault(pointer: str, project: Path) -> None:
    assert fault(pointer, project) != ""


def test_a_document_outside_the_project_does_not_have_its_neighbours_judged(project: Path) -> None:
    assert fault("missing.xml", project, name="../elsewhere/letter.xml") == ""


def test_a_mistyped_id_is_told_with_the_one_that_was_meant(project: Path) -> None:
    body = '<p xml:id="malinovsky"/><p xml:id="malenkov"/>'
    assert fault("#malinovski", project, body) == "no element has the id “malinovski”; did you mean “malinovsky”?"
    assert fault("#bulganin", project, body) == "no element has the id “bulganin”"


def test_an_entry_of_a_register_is_told_where_its_id_alone_is_written(project: Path) -> None:
    register = document('<p xml:id="concord"/>', "tei/registers/places.xml")
    edition = Edition(project, of_folder("Cases"), {}, (register,))
    letter = document("<p/>")
    pointing, place = Pointing(letter, edition), letter.lookup.elements("p")[0]
    assert pointing.fault("#concord", place).endswith(
        "; the entry of the register is pointed to by “registers/places.xml#concord”"
    )
    assert pointing.fault("register/places.xml#concord", place) == (
        "there is no file “register/places.xml”; did you mean “registers/places.xml”?"
    )
    assert pointing.fault("nowhere.xml#concord", place) == "there is no file “nowhere.xml”"


def test_folders_parted_by_backslashes_are_told_as_such(project: Path) -> None:
    (project / "tei/registers").mkdir()
    (project / "tei/registers/places.xml").write_text("<TEI/>")
    message = "there is no file “registers\\places.xml”; between folders stands “/”: “registers/places.xml”"
    assert fault("registers\\places.xml#concord", project) == message


def test_an_id_may_come_with_a_file_that_is_included(project: Path) -> None:
    body = '<p/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="other.xml"/>'
    assert fault("#t", project, body) == ""
    assert fault("#nobody", project, body) != ""
    assert fault("#nobody", project, body.replace("other.xml", "../../secret.xml")) == ""


def test_a_base_that_is_no_address_is_passed_over(project: Path) -> None:
    assert fault("other.xml", project, '<p xml:base="http://[">text</p>') == ""


def test_a_file_that_changed_is_read_again(project: Path) -> None:
    assert fault("other.xml#new", project) != ""
    (project / "tei/other.xml").write_text(f'<TEI xmlns="{tei.NS}"><text xml:id="new"><body/></text></TEI>')
    assert fault("other.xml#new", project) == ""


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)*b", "a*a*a*a*a*b", "(", "a{99999999999}", "(" * 300, "[a-z-[b]]", r"\i\c"]
)
def test_a_pattern_that_could_take_for_ever_is_not_tried(pattern: str) -> None:
    assert Prefix(pattern, "x#$1").expand("a" * 60) == ""


def test_a_prefix_stands_for_what_its_pattern_says() -> None:
    prefix = Prefix("([a-z]+)-([0-9]+)", "$1.xml#n$2")
    assert prefix.expand("letter-12") == "letter.xml#n12"
    assert prefix.expand("letter") is None


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1 2 3 5 6", [3]),
        ("1 2 2 3 4", [2]),
        ("7 8 80 10 11", [2]),
        ("i ii iii 1 2 3", []),
        ("i ii iv v", [2]),
        ("1r 1v 2r 3r 3v", [3]),
        ("1r 2r 3r 4r", []),
        ("a1 a2 a3 b1 b2", []),
        ("1 2 3 1 2 3", []),
        ("1 2 3 200 201", []),
        ("[1] [2] 3 [4]", []),
        ("12 plate 13 14", []),
        ("xx 1 mmmmm x", []),
        ("", []),
    ],
)
def test_pages_count_on(row: str, found: list[int]) -> None:
    assert [at for at, _ in breaks([read_number(words) for words in row.split()])] == found


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"II*\0", "TIFF"),
        (b'<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg">', "SVG"),
        (b"<html><svg>", ""),
        (b"<!---->" * 600, ""),
        (b" " * 4096, ""),
        (b"", ""),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(head: bytes, name: str) -> None:
    assert type_of_bytes(head) == name


def test_the_table_of_pointers_is_that_of_the_tei() -> None:
    if not P5.is_file():
        pytest.skip("no p5subset.json here")
    said = set(pointers_of_p5())
    expected = {(name, element) for name, element, _ in said if name not in LEFT_OUT} - IMAGES
    elements = {element for _, element, _ in said}
    assert {name for name, _ in expected} == set(POINTERS)
    limited = {(name, element) for name in {*ONLY_ON, *NOT_ON} for element in elements if is_pointer(name, element)}
    assert {one for one in expected if one[0] in ONLY_ON} == {one for one in limited if one[0] in ONLY_ON}
    assert all(is_pointer(name, element) for name, element in expected)
    assert all(is_single(name, element) is single for name, element, single in said if (name, element) in expected)


def pointers_of_p5() -> Iterator[tuple[str, str, bool]]:
    """Each attribute of type teidata.pointer of each element, and whether it holds one pointer."""
    definition = json.loads(P5.read_text(encoding="utf-8"))
    classes = {one["ident"]: one for one in definition["classes"]["attributes"]}
    for element in definition["elements"]:
        found: dict[str, Any] = {}
        for name in element["classes"]["atts"]:
            found.update(of_class(name, classes))
        for one in flat(element["attributes"]):
            if one.get("mode") == "delete":
                found.pop(one["ident"], None)
            else:
                found[one["ident"]] = {
                    **found.get(one["ident"], {}),
                    **{key: value for key, value in one.items() if value},
                }
        for name, one in found.items():
            if re.search(r'"key": "teidata\.pointer"', json.dumps(one.get("datatype", {}))):
                yield name, element["ident"], one["datatype"]["max"] == "1"


def of_class(name: str, classes: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a class and of those it belongs to."""
    found: dict[str, Any] = {}
    for above in classes.get(name, {}).get("classes", {}).get("atts", ()):
        found.update(of_class(above, classes))
    found.update({one["ident"]: one for one in flat(classes.get(name, {}).get("attributes", ()))})
    return found


def flat(attributes: Any) -> Iterator[dict[str, Any]]:
    """Attributes, those in groups too."""
    for one in attributes:
        if one.get("attributes"):
            yield from flat(one["attributes"])
        elif "ident" in one:
            yield one
