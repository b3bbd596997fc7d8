"""From files to Drafts: finds the sources, decodes them, gives them ids, and calls the reader of their format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from editio import codes, tei
from editio.config import Settings
from editio.diagnostics import Location, Report, refuse
from editio.model import Draft, Source
from editio.registry import ReaderEntry, readers

# Pages of the web edition that are no documents; a document may not have their names.
RESERVED_IDS = frozenset(
    {"index", "about", "persons", "places", "orgs", "assets", "registers", "con", "prn", "aux", "nul"}
)
MAGIC = {b"PK\x03\x04": "a ZIP container (DOCX, ODT, EPUB)", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Word file"}


def find_sources(root: Path, settings: Settings, report: Report) -> tuple[Path, ...]:
    """The source files of a project in name order; hidden files are left out."""
    folder = root / settings.convert.sources
    if not folder.is_dir():
        place = report.place(root / "edition.toml")
        raise refuse(codes.MISSING_FOLDER, place, f"the folder of sources “{settings.convert.sources}” does not exist")
    found = tuple(
        path
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        report.add(codes.NO_SOURCES, report.place(folder), "the folder of sources is empty")
    return found


def read_all(paths: Iterable[Path], settings: Settings, report: Report) -> tuple[Draft, ...]:
    """A Draft for each file that can be read; every other file is a diagnostic."""
    drafts = [draft for draft in (read(path, settings, report) for path in paths) if draft]
    by_id: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_id.setdefault(collision_key(draft.source.id), []).append(draft)
    for same in by_id.values():
        for other in same[1:]:
            report.add(
                codes.SAME_ID,
                report.place(other.source.path),
                f"“{same[0].source.path.name}” and “{other.source.path.name}” both give the id “{other.source.id}”",
            )
    return tuple(same[0] for same in by_id.values() if len(same) == 1)


def read(path: Path, settings: Settings, report: Report) -> Draft | None:
    """The Draft of one file, or nothing and a diagnostic."""
    place = report.place(path)
    entry = _reader_for(path)
    data = _bytes(path, report)
    if data is None:
        return None
    if entry is None:
        report.add(codes.UNKNOWN_FORMAT, place, f"no reader for files ending in “{path.suffix}”")
        return None
    text = _decode(data, path, settings.convert.encoding, report)
    if text is None:
        return None
    if not text.strip():
        report.add(codes.EMPTY_SOURCE, place, "the source is empty")
        return None
    id = document_id(path)
    if not id or collision_key(id) in RESERVED_IDS:
        report.add(codes.UNUSABLE_ID, place, f"the name “{path.name}” gives no usable id")
        return None
    source = Source(path, place.file, id, _clean(text, path, report))
    return _sniffed(entry, source.text).read(source, report)


def document_id(path: Path) -> str:
    """The id a file's name gives, which is an XML name and safe as a file name; empty if there is none."""
    name = unicodedata.normalize("NFC", path.stem)
    id = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    return id if re.match(r"[^\W\d]", id) else ""


def collision_key(id: str) -> str:
    """Two ids with the same key would be one file on some systems."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFD", id).casefold())


def _reader_for(path: Path) -> ReaderEntry | None:
    return next((entry for entry in readers().values() if path.suffix.lower() in entry.suffixes), None)


def _sniffed(entry: ReaderEntry, text: str) -> ReaderEntry:
    """The reader whose format the text itself shows, if another than its name says."""
    if entry.sniff(text):
        return entry
    return next((other for other in readers().values() if other.sniff(text)), entry)


def _bytes(path: Path, report: Report) -> bytes | None:
    place = report.place(path)
    if path.is_symlink():
        report.add(codes.UNREADABLE_FILE, place, "the source is a symbolic link", "put the file itself there")
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, place, f"the file cannot be read: {error.strerror}")
        return None


def _decode(data: bytes, path: Path, encoding: str, report: Report) -> str | None:
    place = report.place(path)
    kind = next((name for magic, name in MAGIC.items() if data.startswith(magic)), None)
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if kind or (b"\0" in data and not utf16 and not encoding.lower().startswith("utf-16")):
        report.add(codes.BINARY_SOURCE, place, f"the file holds {kind or 'binary data'}, not text")
        return None
    try:
        text = data.decode(encoding)
    except LookupError:
        report.add(codes.MALFORMED_SETTINGS, Location("edition.toml"), f"no encoding “{encoding}”")
        return None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = _guess(data)
        report.add(
            codes.WRONG_ENCODING,
            report.place(path, line),
            f"the file is not {encoding.upper()}; it may be {guess}",
            f'save it as UTF-8, or set encoding = "{guess}" under [convert]',
        )
        return None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    letters = [byte for byte in data if byte >= 0x80]
    cyrillic = sum(byte >= 0xC0 for byte in letters) > 0.9 * len(letters) and len(letters) > 0.3 * len(data)
    return "windows-1251" if cyrillic else "windows-1252"


def _clean(text: str, path: Path, report: Report) -> str:
    for found in _lines_with_controls(text):
        report.add(codes.CONTROL_CHARACTER, report.place(path, found), "control character replaced by U+FFFD")
    return tei.clean(text.replace("\f", "\n\n") if "\f" in text else text)


def _lines_with_controls(text: str) -> Iterator[int]:
    for number, line in enumerate(text.replace("\f", "").split("\n"), 1):
        if tei.NOT_XML.search(line):
            yield number
