"""Finds the functions that extend Editio: those of a folder of this package, and those of entry points.

A reader, rule, annotator, check or writer is a function under one of the decorators here; the
module it stands in only has to lie in the folder of that kind, or be named by a package's entry
point ``editio.readers`` and so on. Nothing else lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from editio.codes import code
from editio.config import Settings
from editio.diagnostics import Code, Location, Report, Severity
from editio.model import Artifact, Context, Document, Draft, Edition, Mention, Source

if TYPE_CHECKING:
    from editio.publish import Publication

Reader = Callable[[Source, Settings, Report], Draft]
Rule = Callable[[Draft, Settings, Report], Draft]
Annotator = Callable[[str, Edition, Context], Iterable[Mention]]
Check = Callable[[Document, Edition], Iterable["Finding"]]
EditionCheck = Callable[[Sequence[Document], Edition], Iterable["Finding"]]
Writer = Callable[["Publication", Report], Iterable[Artifact]]


@dataclass(frozen=True)
class Finding:
    """What a check found: where, what, and what to do if it is not what the code always says.

    ``about`` is there where another check or the schema may tell of the same mistake: attributes as ``@when``, a language
    or an id as ``“de”``, the element itself as an empty string.
    """

    location: Location
    message: str
    hint: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReaderEntry:
    """A reader with the file endings it is for and a test whether a text looks like its format.

    A ``binary`` reader works on ``Source.data``, the bytes of the file; any other on the decoded ``Source.text``.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    sniff: Callable[[str], bool]
    binary: bool = False


@dataclass(frozen=True)
class RuleEntry:
    """A rule of encoding: its name, when it runs, and the sentence for the editorial declaration."""

    name: str
    order: int
    means: str
    apply: Rule


@dataclass(frozen=True)
class AnnotatorEntry:
    """An annotator, and what the rules by which it finds something mean (for the editorial declaration)."""

    name: str
    find: Annotator
    rules: Mapping[str, str]


@dataclass(frozen=True)
class CheckEntry:
    """A check of single documents and the code it reports."""

    code: Code
    find: Check


@dataclass(frozen=True)
class EditionCheckEntry:
    """A check of all documents together and the code it reports."""

    code: Code
    find: EditionCheck


READERS: dict[str, ReaderEntry] = {}
RULES: dict[str, RuleEntry] = {}
ANNOTATORS: dict[str, AnnotatorEntry] = {}
CHECKS: dict[str, CheckEntry] = {}
EDITION_CHECKS: dict[str, EditionCheckEntry] = {}
WRITERS: dict[str, Writer] = {}


def never(text: str) -> bool:
    """The test of a reader that goes by a file's ending alone."""
    return False


def reader(*suffixes: str, sniff: Callable[[str], bool] = never, binary: bool = False) -> Callable[[Reader], Reader]:
    """Declare a reader for files with these endings.

    ``sniff`` claims texts of other endings (of a binary reader: the first 4096 bytes as Latin-1).
    """

    def declare(function: Reader) -> Reader:
        name = function.__module__.rsplit(".", 1)[-1]
        READERS[name] = ReaderEntry(name, suffixes, function, sniff, binary)
        return function

    return declare


def rule(order: int, means: str) -> Callable[[Rule], Rule]:
    """Declare an encoding rule, named after its function; rules run in ``order``."""

    def declare(function: Rule) -> Rule:
        name = function.__name__.replace("_", "-")
        RULES[name] = RuleEntry(name, order, means, function)
        return function

    return declare


def annotator(**rules: str) -> Callable[[Annotator], Annotator]:
    """Declare an annotator, named after its function.

    ``rules`` are the rules it puts to its mentions (``register_name`` for ``register-name``) and what each means,
    in words that go on behind “marked by”.
    """

    def declare(function: Annotator) -> Annotator:
        name = function.__name__.replace("_", "-")
        means = {rule.replace("_", "-"): words for rule, words in rules.items()}
        ANNOTATORS[name] = AnnotatorEntry(name, function, means)
        return function

    return declare


def check(severity: Severity, cure: str, example: str = "") -> Callable[[Check], Check]:
    """Declare a check of single documents; its code is its function's name, its cause its docstring."""

    def declare(function: Check) -> Check:
        declared = _code_of_check(function, severity, cure, example)
        CHECKS[declared.name] = CheckEntry(declared, function)
        return function

    return declare


def edition_check(severity: Severity, cure: str, example: str = "") -> Callable[[EditionCheck], EditionCheck]:
    """Declare a check that looks at all documents and registers of an edition together."""

    def declare(function: EditionCheck) -> EditionCheck:
        declared = _code_of_check(function, severity, cure, example)
        EDITION_CHECKS[declared.name] = EditionCheckEntry(declared, function)
        return function

    return declare


def _code_of_check(function: Check | EditionCheck, severity: Severity, cure: str, example: str) -> Code:
    cause = re.sub(r"\s+", " ", function.__doc__ or "").strip()
    return code(function.__name__.replace("_", "-"), severity, "check", cause, cure, example)


def readers() -> Mapping[str, ReaderEntry]:
    """All readers by name."""
    _load("readers")
    return READERS


def rules() -> tuple[RuleEntry, ...]:
    """All encoding rules in the order they run."""
    _load("rules")
    return tuple(sorted(RULES.values(), key=lambda entry: (entry.order, entry.name)))


def annotators() -> Mapping[str, AnnotatorEntry]:
    """All annotators by name, in name order."""
    _load("annotators")
    return dict(sorted(ANNOTATORS.items()))


def checks() -> tuple[CheckEntry, ...]:
    """All checks in name order."""
    _load("checks")
    return tuple(CHECKS[name] for name in sorted(CHECKS))


def edition_checks() -> tuple[EditionCheckEntry, ...]:
    """All checks of a whole edition in name order."""
    _load("checks")
    return tuple(EDITION_CHECKS[name] for name in sorted(EDITION_CHECKS))


def writer(function: Writer) -> Writer:
    """Declare a writer; its format is the name of its module."""
    WRITERS[function.__module__.rsplit(".", 1)[-1]] = function
    return function


def writers() -> Mapping[str, Writer]:
    """All writers by format."""
    _load("writers")
    return dict(sorted(WRITERS.items()))


@cache
def _load(kind: str) -> None:
    package = importlib.import_module(f"editio.{kind}")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"editio.{kind}.{module.name}")
    for entry in entry_points(group=f"editio.{kind}"):
        entry.load()
