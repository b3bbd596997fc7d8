"""Finds and reads the TEI files of a project; whatever cannot be read is a diagnostic."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from editio import codes, tei
from editio.diagnostics import Code, Report
from editio.files import read_file
from editio.model import Document


def find_documents(folder: Path) -> tuple[Path, ...]:
    """The TEI files right in a folder, in name order; registers lie in a folder of their own."""
    return tuple(sorted(path for path in folder.glob("*.xml") if not path.name.startswith(".")))


def read_documents(
    paths: Iterable[Path], report: Report, malformed: Code = codes.MALFORMED_TEI
) -> tuple[Document, ...]:
    """The documents of these files; one that cannot be read or parsed is a diagnostic, the latter with that code."""
    found: list[Document] = []
    for path in paths:
        place = report.place(path)
        try:
            data = read_file(path)
            root = tei.parse(data)
        except OSError as error:
            report.add(codes.UNREADABLE_FILE, place, f"the file cannot be read: {error.strerror}")
        except tei.MalformedXml as error:
            report.add(malformed, report.place(path, error.line, error.column), error.message)
        else:
            found.append(Document(root.get(tei.XML_ID, path.stem), place.file, root, data))
    return tuple(found)
