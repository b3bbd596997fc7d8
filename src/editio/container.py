"""Opens documents that are ZIP containers (DOCX, ODT), closed: nothing is unpacked, nothing outside is fetched."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Location, Refusal, refuse
from editio.model import Source

MOST_MEMBERS = 10_000
# Of what expands; pictures hardly do and are not read.
LARGEST_TOTAL = 200 * 2**20
LARGEST_MEMBER = 64 * 2**20
# A part may be this many times larger than its compressed form; small parts may be larger still.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 8 * 2**20
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
# How texts of tags begin in encodings in which zero bytes are nothing odd
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0", b"\0<")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
OTHER_FORMATS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"\x1f\x8b": "a gzip archive",
    b"<": "a text with tags (XML or HTML)",
}


@dataclass(frozen=True)
class Container:
    """The members of a container by name; only those with safe names are there."""

    source: Source
    members: dict[str, zipfile.ZipInfo]
    archive: zipfile.ZipFile = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members in the order they are stored."""
        return tuple(self.members)

    @property
    def mimetype(self) -> str:
        """What an OpenDocument file or EPUB says it is; empty if it does not say."""
        data = self.read("mimetype") or b""
        return data[:200].decode("ascii", "replace").strip()

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; nothing if there is none of this name."""
        info = self.members.get(name)
        if info is None:
            return None
        if info.compress_type not in METHODS:
            raise damaged(self.source, f"“{name}” in it is compressed in an unknown way")
        if info.file_size > LARGEST_MEMBER:
            raise oversized(self.source, f"“{name}” in it is larger than {LARGEST_MEMBER >> 20} MB")
        try:
            with self.archive.open(info) as member:
                return member.read(LARGEST_MEMBER + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
            raise damaged(self.source, f"“{name}” in it is damaged") from None

    def tree(self, name: str) -> etree._Element | None:
        """The root of a member that is XML; nothing if there is none of this name. A part with a DTD is refused."""
        data = self.read(name)
        if data is None:
            return None
        try:
            root = tei.parse(data)
        except tei.MalformedXml as error:
            raise damaged(self.source, f"“{name}” in it is not XML in line {error.line}: {error.message}") from None
        if root.getroottree().docinfo.doctype:
            raise damaged(self.source, f"“{name}” in it has a DTD, which no word processor writes")
        return root


def open_container(source: Source) -> Container:
    """The container whose bytes a source has; refused if it is none, damaged, encrypted, or made to fill memory."""
    _refuse_other_formats(source)
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise damaged(source, "the container has no readable list of what is in it; it may have been cut off") from None
    infos = archive.infolist()
    _refuse_bombs(source, infos)
    if any(info.flag_bits & 0x1 for info in infos):
        raise encrypted(source)
    kept = [info for info in infos if _is_safe(info.filename)]
    members = {info.filename: info for info in kept}
    if len(members) != len(kept):
        raise damaged(source, "the container has two members of the same name")
    return Container(source, members, archive)


def _refuse_other_formats(source: Source) -> None:
    data = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:8] if source.data[:1] != b"P" else source.data[:8]
    if data.startswith(OLE):
        if ENCRYPTED_PACKAGE in source.data:
            raise encrypted(source)
        raise mistaken(source, "an old Word file")
    found = next((name for magic, name in OTHER_FORMATS.items() if data.startswith(magic)), "")
    if found:
        raise mistaken(source, found)


def refuse_binary(source: Source) -> None:
    """Refuse what is a container, a picture or other binary data where a text with tags is wanted."""
    data = source.data
    kinds = {ZIP: "a ZIP container (DOCX, ODT, EPUB)", OLE: "an old Word file", **OTHER_FORMATS}
    found = next((name for magic, name in kinds.items() if data.startswith(magic) and magic != b"<"), "")
    if not found and not data.startswith(WIDE_MARKS) and 10 * data.count(0) > len(data):
        found = "binary data"
    if found:
        raise mistaken(source, found)


def _refuse_bombs(source: Source, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        raise oversized(source, f"the container has more than {MOST_MEMBERS} members")
    if sum(info.file_size for info in infos if info.file_size > 2 * info.compress_size) > LARGEST_TOTAL:
        raise oversized(source, f"the container holds more than {LARGEST_TOTAL >> 20} MB")
    for info in infos:
        if info.file_size > RATIO_COUNTS_FROM and info.file_size > HIGHEST_RATIO * info.compress_size:
            raise oversized(source, f"“{info.filename}” in it expands more than {HIGHEST_RATIO} times")


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or name.endswith("/"))


def damaged(source: Source, message: str) -> Refusal:
    """The refusal of a container that cannot be read."""
    return refuse(codes.DAMAGED_SOURCE, Location(source.name), message)


def oversized(source: Source, message: str) -> Refusal:
    """The refusal of a container that would fill the memory."""
    return refuse(codes.OVERSIZED_SOURCE, Location(source.name), message)


def encrypted(source: Source) -> Refusal:
    """The refusal of a document under a password."""
    return refuse(codes.ENCRYPTED_SOURCE, Location(source.name), "the document is protected by a password")


def mistaken(source: Source, found: str) -> Refusal:
    """The refusal of a file whose ending promises another format than it has."""
    ending = source.path.suffix.lower()
    return refuse(codes.MISTAKEN_FORMAT, Location(source.name), f"the file ends in “{ending}” but is {found}")
