"""Formats that other programs read first: pandoc and LibreOffice, where they are, where they are not, and where they fail."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from editio import encode, read, tei
from editio.config import EditionSettings, Settings
from editio.diagnostics import Report
from editio.encode import Encoded
from editio.readers import office, pandoc

SETTINGS = Settings(edition=EditionSettings(title="Cases"))
RST = """Economy
=======

When I wrote the following pages, [#a]_ or rather the *bulk* of them, I lived **alone**.

.. [#a] First published in 1854.

| I would not live
| without *thee*

#. first
#. second

   - inner

+-----+-----+
| A   | B   |
+=====+=====+
| c d       |
+-----+-----+

.. include:: /etc/passwd
"""
RTF = rb"{\rtf1\ansi I went to the {\i woods} because I wished to live deliberately.\par}"
needs_pandoc = pytest.mark.skipif(
    not pandoc.pandoc_program(), reason="pandoc is not installed: pip install pypandoc_binary"
)
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def converted(folder: Path, name: str, data: bytes) -> tuple[Encoded | None, Report]:
    (folder / name).write_bytes(data)
    report = Report(folder)
    draft = read.read(folder / name, SETTINGS, report)
    return (encode.encode(draft, SETTINGS, report) if draft else None), report


def body(encoded: Encoded | None) -> str:
    assert encoded is not None and encoded.balance.balanced
    return tei.serialise(tei.part(encoded.root, "text/body")).decode()


@needs_pandoc
def test_restructuredtext_is_read_and_what_pandoc_leaves_out_is_reported(tmp_path: Path) -> None:
    encoded, report = converted(tmp_path, "walden.rst", RST.encode())
    found = body(encoded)
    assert '<note place="foot">First published in 1854.</note>' in found
    assert "<l>without" in found and '<cell cols="2">c d</cell>' in found
    assert "root:" not in found
    assert [one.code.name for one in report if one.code.stage == "read"] == ["left-out-by-pandoc"]


@needs_pandoc
def test_a_page_break_of_latex_is_one_and_an_unknown_command_is_kept(tmp_path: Path) -> None:
    encoded, _ = converted(tmp_path, "letter.tex", rb"I lived \textsc{alone}.\newpage In the \unknown{woods}.")
    found = body(encoded)
    assert "<pb/>" in found and r"\unknown{woods}" in found and '<hi rend="small-caps">alone</hi>' in found


@needs_pandoc
@pytest.mark.parametrize(
    "xml",
    [
        '<article xmlns="http://docbook.org/ns/docbook"><para>Woods</para></article>',
        '<article article-type="letter"><front/><body><p>Woods</p></body></article>',
    ],
)
def test_docbook_and_jats_are_known_by_their_root(tmp_path: Path, xml: str) -> None:
    encoded, _ = converted(tmp_path, "walden.xml", xml.encode())
    assert "Woods" in body(encoded)


@needs_pandoc
def test_what_pandoc_cannot_read_is_a_diagnostic(tmp_path: Path) -> None:
    encoded, report = converted(tmp_path, "walden.epub", b"PK\x05\x06" + b"\0" * 18)
    assert encoded is None and [one.code.name for one in report] == ["program-failed"]


def test_without_pandoc_the_editor_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "pandoc_program", lambda: "")
    _, report = converted(tmp_path, "walden.rst", RST.encode())
    assert [(one.code.name, one.hint) for one in report] == [("missing-program", 'run pip install "editio[pandoc]"')]


@needs_office
def test_rtf_is_read_by_way_of_libreoffice_under_its_own_name(tmp_path: Path) -> None:
    encoded, _ = converted(tmp_path, "walden.rtf", RTF)
    assert encoded is not None and encoded.id == "walden"
    assert '<hi rend="italic">woods</hi>' in body(encoded)


def test_without_libreoffice_the_editor_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _, report = converted(tmp_path, "walden.rtf", RTF)
    assert [one.code.name for one in report] == ["missing-program"]
    assert "LibreOffice" in next(iter(report)).hint


def stand_in(folder: Path, script: str) -> str:
    """A folder for the PATH with a program in LibreOffice's place."""
    (folder / "bin").mkdir()
    (folder / "bin/soffice").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bin/soffice").chmod(0o755)
    return os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])


def test_a_libreoffice_that_makes_nothing_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", stand_in(tmp_path, "echo source file could not be loaded >&2"))
    _, report = converted(tmp_path, "walden.rtf", RTF)
    assert [one.code.name for one in report] == ["program-failed"]
    assert "could not be loaded" in next(iter(report)).message


def test_a_libreoffice_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", stand_in(tmp_path, "sleep 60"))
    monkeypatch.setattr(office, "SECONDS", 0.5)
    _, report = converted(tmp_path, "walden.doc", b"\xd0\xcf\x11\xe0 old Word")
    assert "longer than" in next(iter(report)).message
