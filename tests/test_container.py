"""Containers (DOCX, ODT) that nobody should open, and those that are fine."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from editio import container
from editio.container import Container, open_container
from editio.diagnostics import Refusal
from editio.model import Source

PART = b"<letter>Concord, 16 July 1860</letter>"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A container of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def opened(data: bytes) -> Container:
    """The container of these bytes."""
    return open_container(Source(Path("letter.docx"), "sources/letter.docx", "letter", "", data))


def refused(data: bytes) -> str:
    """The code with which these bytes are refused."""
    with pytest.raises(Refusal) as refusal:
        opened(data)
    return refusal.value.diagnostic.code.name


def test_members_are_read_by_name() -> None:
    found = opened(zipped({"word/document.xml": PART, "mimetype": b"application/epub+zip"}))
    assert found.names == ("word/document.xml", "mimetype")
    assert found.read("word/document.xml") == PART
    assert found.read("word/footnotes.xml") is None and found.tree("word/footnotes.xml") is None
    tree = found.tree("word/document.xml")
    assert tree is not None and tree.tag == "letter"
    assert found.mimetype == "application/epub+zip"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a/../../b.xml", "..\\evil.xml", "C:evil.xml"])
def test_members_with_unsafe_names_are_not_there(name: str) -> None:
    found = opened(zipped({"word/document.xml": PART, name: PART}))
    assert found.names == ("word/document.xml",)


def test_a_part_that_expands_out_of_all_proportion_is_refused() -> None:
    assert refused(zipped({"word/document.xml": b" " * (40 * 2**20)})) == "oversized-source"


def test_parts_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_TOTAL", 10_000)
    assert refused(zipped({f"word/{n}.xml": b"a" * 2000 for n in range(6)})) == "oversized-source"


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_MEMBERS", 5)
    assert refused(zipped({f"{n}.xml": b"" for n in range(6)})) == "oversized-source"


def test_a_part_that_is_too_large_is_refused_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_MEMBER", 10)
    with pytest.raises(Refusal, match="larger than"):
        opened(zipped({"word/document.xml": PART})).read("word/document.xml")


def test_pictures_do_not_count_as_expanding() -> None:
    picture = bytes(range(256)) * 4
    assert opened(zipped({"word/media/image1.png": picture}, zipfile.ZIP_STORED)).names


def test_a_small_part_may_expand_much() -> None:
    found = opened(zipped({"word/document.xml": b"<p>" + b" " * 2**20 + b"</p>"}))
    assert found.tree("word/document.xml") is not None


@pytest.mark.parametrize("at", [0, 3, 30, 80])
def test_a_truncated_container_is_refused(at: int) -> None:
    assert refused(zipped({"word/document.xml": PART})[:at]) == "damaged-source"


def test_a_damaged_part_is_refused() -> None:
    data = zipped({"word/document.xml": PART}, zipfile.ZIP_STORED).replace(b"1860", b"1861", 1)
    with pytest.raises(Refusal, match="damaged"):
        opened(data).read("word/document.xml")


def test_two_members_of_one_name_are_refused() -> None:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", PART)
        archive.writestr("word/document.xml", PART)
    assert refused(buffer.getvalue()) == "damaged-source"


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped({"word/document.xml": PART}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert refused(bytes(data)) == "encrypted-source"


def test_a_word_file_under_a_password_is_refused() -> None:
    assert refused(container.OLE + b"\0" * 600 + container.ENCRYPTED_PACKAGE) == "encrypted-source"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"{\\rtf1 Concord}", container.OLE + b"\0" * 600, b"<html>"])
def test_a_file_of_another_format_is_refused(data: bytes) -> None:
    assert refused(data) == "mistaken-format"


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        b'<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b"<a>" * 300 + b"</a>" * 300,
        b"<a>\0</a>",
        b"<a>",
        b"",
    ],
)
def test_a_part_with_a_dtd_or_that_is_no_xml_is_refused(part: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        opened(zipped({"word/document.xml": part})).tree("word/document.xml")
    assert refusal.value.diagnostic.code.name == "damaged-source"
