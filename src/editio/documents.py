"""Finds and reads the TEI files of a project; whatever cannot be read is a diagnostic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import overload

from editio import codes, tei
from editio.diagnostics import Code, Report
from editio.files import read_file
from editio.model import Document

# Documents of so many bytes in all may be held as trees at once, which take some six times as much.
MOST_KEPT = 32 * 2**20


def find_documents(folder: Path) -> tuple[Path, ...]:
    """The TEI files right in a folder, in name order; registers lie in a folder of their own."""
    return tuple(sorted(path for path in folder.glob("*.xml") if not path.name.startswith(".")))


def read_documents(
    paths: Iterable[Path], report: Report, malformed: Code = codes.MALFORMED_TEI
) -> tuple[Document, ...]:
    """The documents of these files; one that cannot be read or parsed is a diagnostic, the latter with that code."""
    found = (read_document(path, report, malformed) for path in paths)
    return tuple(document for document in found if document)


def read_document(path: Path, report: Report, malformed: Code = codes.MALFORMED_TEI) -> Document | None:
    """The document in a file; nothing, and a diagnostic, if it cannot be read or parsed."""
    place = report.place(path)
    try:
        data = read_file(path)
        root = tei.parse(data)
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, place, f"the file cannot be read: {error.strerror}")
    except tei.MalformedXml as error:
        report.add(malformed, report.place(path, error.line, error.column), error.message, error.hint)
    else:
        return Document(root.get(tei.XML_ID, path.stem), place.file, root, data)
    return None


class Shelf(Sequence[Document]):
    """The documents of files, in their order; of many, one is read whenever it is asked for, so that memory does not grow.

    Whoever goes through them twice reads them twice. What cannot be read is left out and said by nobody.
    """

    def __init__(self, paths: Sequence[Path], root: Path) -> None:
        self._paths, self._root = paths, root
        self._kept: tuple[Document, ...] | None = None
        if sum(map(_size, paths)) <= MOST_KEPT:
            self._kept = read_documents(paths, Report(root))

    def __iter__(self) -> Iterator[Document]:
        if self._kept is not None:
            yield from self._kept
            return
        for path in self._paths:
            yield from read_documents((path,), Report(self._root))

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._kept is None else len(self._kept)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        return tuple(self)[index] if isinstance(index, slice) else next(islice(self, index, None))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
