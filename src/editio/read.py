"""From files to Drafts: finds the sources, decodes them, gives them ids, and calls the reader of their format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from editio import codes, tei
from editio.config import Settings, place_of_setting
from editio.diagnostics import Refusal, Report, refuse
from editio.files import read_file
from editio.kinds import FILES
from editio.model import Draft, Source
from editio.output import WINDOWS_NAMES
from editio.registry import ReaderEntry, never, readers

# Pages of the web edition that are no documents; a document may not have their names.
PAGES = frozenset({"index", "about", "assets", "registers", *FILES.values()})
# Ids that the header of every document has or may have.
HEADER_IDS = frozenset({"editio", "editor", "translator"})
RESERVED_IDS = PAGES | HEADER_IDS
# A file's name must leave room for the endings that Editio adds (most systems allow 255 bytes).
LONGEST_ID = 200
MAGIC = {
    b"PK\x03\x04": "a ZIP container (DOCX, ODT, EPUB)",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"\x1f\x8b": "a gzip archive",
}
WIDE = {"utf-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "utf-16": (b"\xff\xfe", b"\xfe\xff")}


def find_sources(root: Path, settings: Settings, report: Report) -> tuple[Path, ...]:
    """The source files of a project in name order; hidden files are left out."""
    folder = root / settings.convert.sources
    if not folder.is_dir():
        place = place_of_setting(root, "convert.sources")
        raise refuse(codes.MISSING_FOLDER, place, f"the folder of sources “{settings.convert.sources}” does not exist")
    shown = (
        path
        for path in sorted(folder.rglob("*"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    found = tuple(path for path in shown if path.is_symlink() or not path.is_dir())
    if not found:
        report.add(codes.NO_SOURCES, report.place(folder), "the folder of sources is empty")
    return found


def read_all(paths: Iterable[Path], settings: Settings, report: Report) -> Iterator[Draft]:
    """A Draft for each file that can be read, one at a time; every other file is a diagnostic."""
    once = {path.absolute(): path for path in paths}.values()
    by_id: dict[str, list[Path]] = {}
    for path in once:
        if _is_readable_format(path):
            by_id.setdefault(collision_key(document_id(path)), []).append(path)
    for path in once:
        same = by_id.get(collision_key(document_id(path)), [path])
        if path in same[1:]:
            message = f"“{same[0].name}” and “{path.name}” both give the id “{document_id(path)}”"
            report.add(codes.SAME_ID, report.place(path), message)
        elif len(same) < 2 or path not in same:
            draft = read(path, settings, report)
            if draft:
                yield draft


def _is_readable_format(path: Path) -> bool:
    return any(path.suffix.lower() in entry.suffixes for entry in readers().values())


def read(path: Path, settings: Settings, report: Report) -> Draft | None:
    """The Draft of one file, or nothing and a diagnostic."""
    place = report.place(path)
    data = _bytes(path, report)
    if data is None:
        return None
    if not data.strip():
        report.add(codes.EMPTY_SOURCE, place, "the source is empty")
        return None
    entry = _reader_for(path, data)
    if entry is None:
        known = _is_readable_format(path)
        message = f"no reader for {'this kind of file' if known else 'files'} ending in “{path.suffix}”"
        report.add(codes.UNKNOWN_FORMAT, place, message)
        return None
    id = document_id(path)
    if not usable_id(id) or collision_key(id) in {*RESERVED_IDS, collision_key(settings.convert.brackets)}:
        report.add(codes.UNUSABLE_ID, place, f"the name “{path.name}” gives no usable id")
        return None
    source = Source(path, place.file, id, "", data)
    return (
        _read_binary(entry, source, settings, report) if entry.binary else _read_text(entry, source, settings, report)
    )


def _read_binary(entry: ReaderEntry, source: Source, settings: Settings, report: Report) -> Draft | None:
    """The Draft of a container or tree; a reader refuses what it cannot open."""
    try:
        draft = entry.read(source, settings.of_document(source.id), report)
    except Refusal as refusal:
        report.extend([refusal.diagnostic])
        return None
    if not draft.source.text.strip():
        report.add(codes.EMPTY_SOURCE, report.place(source.path), "the source holds no text")
        return None
    return draft


def _read_text(entry: ReaderEntry, source: Source, settings: Settings, report: Report) -> Draft | None:
    text = _decode(source.data, source.path, settings.convert.encoding, report)
    if text is None:
        return None
    if not text.strip():
        report.add(codes.EMPTY_SOURCE, report.place(source.path), "the source is empty")
        return None
    source = replace(source, text=_clean(text, source.path, report), data=b"")
    return _sniffed(entry, source.text).read(source, settings.of_document(source.id), report)


def document_id(path: Path) -> str:
    """The id a file's name gives, which is an XML name and safe as a file name; empty if there is none."""
    return tei.xml_name(path.stem)


def usable_id(id: str) -> bool:
    """Whether an id is an XML name and can be the name of a file on every system."""
    name = re.fullmatch(r"[^\W\d][\w.-]*", id) and not id.endswith((".", "-"))
    reserved = collision_key(id).split(".", maxsplit=1)[0] in WINDOWS_NAMES
    return bool(name) and not reserved and len(id.encode("utf-8")) <= LONGEST_ID


def collision_key(id: str) -> str:
    """Two ids with the same key would be one file on some systems."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFD", id).casefold())


def _reader_for(path: Path, data: bytes) -> ReaderEntry | None:
    """The reader for a file by its ending; among several, the one whose format the file's beginning shows."""
    entries = [entry for entry in readers().values() if path.suffix.lower() in entry.suffixes]
    if len(entries) == 1:
        return entries[0]
    head = data[:4096].decode("latin-1")
    shown = [entry for entry in entries if entry.sniff is not never and entry.sniff(head)]
    return next(iter(shown), None) or next((entry for entry in entries if entry.sniff is never), None)


def _sniffed(entry: ReaderEntry, text: str) -> ReaderEntry:
    """The reader whose format the text itself shows, if another than its name says."""
    if entry.sniff(text):
        return entry
    return next((other for other in readers().values() if not other.binary and other.sniff(text)), entry)


def _bytes(path: Path, report: Report) -> bytes | None:
    place = report.place(path)
    try:
        return read_file(path)
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, place, f"the file cannot be read: {error.strerror}")
        return None


def _decode(data: bytes, path: Path, encoding: str, report: Report) -> str | None:
    place = report.place(path)
    kind = next((name for magic, name in MAGIC.items() if data.startswith(magic)), None)
    if kind or (b"\0" in data and not _wide(data) and not encoding.lower().startswith(("utf-16", "utf-32"))):
        report.add(codes.BINARY_SOURCE, place, f"the file holds {kind or 'binary data'}, not text")
        return None
    try:
        text = _strictly(data, encoding)
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


def _strictly(data: bytes, encoding: str) -> str:
    wide = _wide(data)
    if wide and b"\0" in data and not encoding.lower().startswith(wide[:6]):
        raise UnicodeDecodeError(encoding, data, 0, 1, f"it is {wide}")
    return data.decode(encoding)


def _wide(data: bytes) -> str:
    """The encoding of two or four bytes a character that a file shows by its mark or by its zero bytes; else nothing."""
    marked = next((name for name, marks in WIDE.items() if data.startswith(marks)), "")
    if marked:
        return marked
    high, low = data[0::2], data[1::2]
    if high.count(0) > 0.7 * len(high) and not low.count(0):
        return "utf-16-be"
    return "utf-16-le" if low.count(0) > 0.7 * len(low) > 0 and not high.count(0) else ""


def _guess(data: bytes) -> str:
    if wide := _wide(data):
        return wide
    letters = [byte for byte in data if byte >= 0x80]
    cyrillic = sum(byte >= 0xC0 for byte in letters) > 0.9 * len(letters) and len(letters) > 0.3 * len(data)
    return "windows-1251" if cyrillic else "windows-1252"


def _clean(text: str, path: Path, report: Report) -> str:
    for found in _lines_with_controls(text):
        report.add(codes.CONTROL_CHARACTER, report.place(path, found), "control character replaced by U+FFFD")
    return "\f".join(tei.clean(page) for page in text.split("\f"))


def _lines_with_controls(text: str) -> Iterator[int]:
    for number, line in enumerate(text.replace("\f", "").split("\n"), 1):
        if tei.NOT_XML.search(line):
            yield number
