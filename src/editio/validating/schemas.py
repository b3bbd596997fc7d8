"""Loads the schemas that documents are held against: closed, once a process, compiled ones from a cache."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from editio import codes
from editio.config import FILE
from editio.diagnostics import Report, refuse
from editio.files import leads_out, read_file
from editio.relaxng import Schema, SchemaError, load

COMPACT = ".rnc"
# By their endings, what people take for a schema in RELAX NG, and what to do about it.
OTHERS = {
    ".dtd": ("this is a DTD", "name a schema in RELAX NG (.rng or .rnc); with tei_all.dtd comes tei_all.rng"),
    ".xsd": ("this is an XML Schema", "name a schema in RELAX NG (.rng or .rnc); with tei_all.xsd comes tei_all.rng"),
    ".odd": (
        "this is an ODD",
        "have a schema in RELAX NG made of it, as Roma and the TEI’s stylesheets do, and name that",
    ),
    ".sch": ("these are rules in Schematron", "name them by --schematron, or in edition.toml as [validate] schematron"),
}
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
CACHE = Path(".editio/cache")
# When a file was written, and how long it is: what has changed has another one of them.
Stamp = tuple[int, int]


@dataclass(frozen=True)
class SchemaFile:
    """A schema, how it is written, and the folder outside which it may include nothing."""

    path: Path
    grounds: Path
    compact: bool = False

    @property
    def name(self) -> str:
        """Its path in its grounds, as the schema's own includes see it."""
        return Path(os.path.relpath(self.path, self.grounds)).as_posix()


def schema_file(path: Path, root: Path) -> SchemaFile:
    """A schema that the user named: it may include what lies in the project or, if it lies outside, beside it."""
    path, root = path.resolve(), root.resolve()
    grounds = root if path.is_relative_to(root) else path.parent
    return SchemaFile(path, grounds, path.suffix == COMPACT)


@dataclass
class Reading:
    """Reads files of a schema's grounds, and remembers which."""

    grounds: Path
    stamps: dict[Path, Stamp] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """The bytes of a file by its path in the grounds; OSError, with the reason, for any other."""
        if ADDRESS.match(name):
            raise OSError(errno.EACCES, "nothing is fetched from the network; keep a copy in the project")
        path = self.grounds / name
        try:
            if leads_out(path, self.grounds):
                raise OSError(errno.EACCES, "it lies outside the project")
            self.stamps[path] = stamp(path)
            return read_file(path)
        except ValueError:  # a path with NUL in it
            raise OSError(errno.EINVAL, "that is not a path") from None


def stamp(path: Path) -> Stamp:
    """What changes when a file does; of no file, zeros."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@dataclass(frozen=True)
class _Loaded:
    schema: Schema
    stamps: Mapping[Path, Stamp]

    def is_current(self) -> bool:
        return all(stamp(path) == before for path, before in self.stamps.items())


_loaded: dict[SchemaFile, _Loaded] = {}


def load_schema(file: SchemaFile, cache: Path | None, report: Report) -> Schema:
    """A schema, loaded once as long as none of its files changes; refused if it is none that can be used."""
    known = _loaded.get(file)
    if known and known.is_current():
        return known.schema
    reading = Reading(file.grounds)
    try:
        schema = load(reading.read(file.name), file.name, reading.read, compact=file.compact, cache=cache)
    except OSError as error:
        message = f"the schema cannot be read: {error.strerror or error}"
        raise refuse(codes.UNUSABLE_SCHEMA, report.place(file.path), message) from None
    except SchemaError as error:
        place = report.place(file.grounds / error.name, error.line, error.column)
        raise refuse(codes.UNUSABLE_SCHEMA, place, *(_of_other_language(file.path) or (error.message,))) from None
    _loaded[file] = _Loaded(schema, reading.stamps)
    return schema


def _of_other_language(path: Path) -> tuple[str, str] | None:
    """What a file is, by its ending, that is no RELAX NG, and what to do about it."""
    ending = path.suffix.lower()
    return (f"{OTHERS[ending][0]}, not RELAX NG", OTHERS[ending][1]) if ending in OTHERS else None


def files_of_schema(file: SchemaFile, cache: Path | None, report: Report) -> tuple[Path, ...]:
    """A schema that can be used, with all files that it includes."""
    load_schema(file, cache, report)
    return tuple(_loaded[file].stamps)


def cache_folder(root: Path) -> Path | None:
    """Where compiled schemas are kept: in a project, or where the user's caches are; none if that cannot be."""
    folder = root / CACHE if (root / FILE).is_file() else _cache_of_user()
    if folder is None or (folder.is_relative_to(root) and leads_out(folder, root)):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n")
    except OSError:
        return None
    return folder


def _cache_of_user() -> Path | None:
    """The folder for caches of this platform: by the XDG base directory specification, or as the system has it."""
    own = os.environ.get("XDG_CACHE_HOME", "")
    if Path(own).is_absolute():
        return Path(own) / "editio"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "editio/Cache"
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "editio"
