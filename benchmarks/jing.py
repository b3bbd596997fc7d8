"""Asks jing, the reference among RELAX NG validators, what it says of documents; it needs Java, and takes no part elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAID = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|fatal|warning): (?P<message>.*)")
EXTERNAL = re.compile(rb"""<!DOCTYPE\s+[^\s\[>]+\s+(?:SYSTEM|PUBLIC\s*(?:"[^"]*"|'[^']*'))\s*["']([^"']+)["']""")
DRIVER = "com.thaiopensource.relaxng.util.Driver"
JARS = Path("/usr/share/java")  # where Debian's package jing has it
NEEDED = ("jing", "isorelax", "xercesImpl", "xml-apis", "xml-resolver")


@dataclass(frozen=True, order=True)
class Said:
    """One error that jing names: line and column of the end of the tag, from 1."""

    line: int
    column: int
    severity: str
    message: str


class JingFailed(Exception):
    """Jing gave up before it had looked at all documents."""


def command(schema: Path, paths: Sequence[Path | str], *, compact: bool = False) -> list[str]:
    """The command that runs jing: not Debian's own, which follows XInclude and so judges other documents than are there."""
    jars = ":".join(str(JARS / f"{one}.jar") for one in NEEDED)
    return ["java", "-cp", jars, DRIVER, *(["-c"] if compact else []), str(schema), *map(str, paths)]


def is_installed() -> bool:
    """Whether Java and jing are there."""
    return bool(shutil.which("java")) and (JARS / "jing.jar").is_file()


def errors(schema: Path, documents: Mapping[str, bytes], *, compact: bool = False) -> dict[str, list[Said]]:
    """What jing says of each document, by its name; nothing is said of a valid one."""
    with tempfile.TemporaryDirectory() as name:
        written = laid(documents, Path(name).resolve())
        found: dict[str, list[Said]] = {one: [] for one in documents}
        for path, said in _run(schema, list(written), compact):
            found[written[path]].append(said)
    return found


def laid(documents: Mapping[str, bytes], within: Path) -> dict[str, str]:
    """Writes documents into a folder; their names by the paths of their files."""
    folder = within / "a/b"  # a DTD may be named two folders up
    folder.mkdir(parents=True)
    written = {str(folder / f"{at:05d}.xml"): one for at, one in enumerate(documents)}
    for path, one in written.items():
        Path(path).write_bytes(documents[one])
        _lay_dtd(Path(path), documents[one], within)
    return written


def complaint(schema: Path, *, compact: bool = False) -> str:
    """What jing says of a schema that it does not take; empty if it takes it."""
    with tempfile.TemporaryDirectory() as name:
        document = Path(name) / "x.xml"
        document.write_text("<x/>")
        out = _output(schema, [str(document)], compact)
    wrong = [line for line in out.splitlines() if ": error:" in line or ": fatal:" in line]
    return "\n".join(line for line in wrong if not line.startswith(str(document)))


def _lay_dtd(path: Path, data: bytes, within: Path) -> None:
    """Lays down an empty file for a DTD that is not there, for jing reads it and gives up if it cannot."""
    found = EXTERNAL.search(data)
    if not found or b":" in found[1]:
        return
    dtd = (path.parent / found[1].decode()).resolve()
    if dtd.is_relative_to(within) and not dtd.exists():
        dtd.parent.mkdir(parents=True, exist_ok=True)
        dtd.touch()


def _run(schema: Path, paths: list[str], compact: bool) -> Iterator[tuple[str, Said]]:
    """What jing says; where a document makes it give up, it is called again for those after it."""
    rest = paths
    while rest:
        todo, rest = rest, []
        for line in _output(schema, todo, compact).splitlines():
            said = SAID.match(line)
            if not said or said["file"] not in todo:
                raise JingFailed(line)
            if said["severity"] == "fatal":
                rest = todo[todo.index(said["file"]) + 1 :]
            if said["severity"] != "warning":
                yield said["file"], Said(int(said["line"]), int(said["column"]), said["severity"], said["message"])


def _output(schema: Path, paths: list[str], compact: bool) -> str:
    return subprocess.run(command(schema, paths, compact=compact), capture_output=True, text=True, check=False).stdout
