"""What can be wrong with an edition: codes, places, diagnostics and the report that gathers them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from editio.wildcards import expression

if TYPE_CHECKING:
    from editio.coverage import Coverage

# Characters that turn the direction of the text around them, so that a name can look like another.
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# … and those that XML cannot hold, besides controls.
UNFIT = BIDI | {"\ufffe", "\uffff"}
Stage = Literal["read", "encode", "annotate", "schema", "schematron", "check", "publish"]


class Severity(IntEnum):
    """How bad a diagnostic is; the order is that of urgency."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The severity as it is printed: ``error``, ``warning`` or ``info``."""
        return self.name.lower()


@dataclass(frozen=True)
class Code:
    """A kind of fault: its stable name, how bad it is, and what ``editio explain`` says of it."""

    name: str
    severity: Severity
    stage: Stage
    cause: str
    cure: str
    example: str = ""

    def __hash__(self) -> int:
        return hash(self.name)  # for no two have one name, and a report asks for it of each of its diagnostics


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file of the project; line and column count from 1, 0 means the whole file."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.file or "edition", *numbers])


@dataclass(frozen=True)
class Diagnostic:
    """One fault at one place, in the editor's words, with what to do about it.

    ``allowed`` are all the names or values that may stand there instead, where a schema lists them; ``about`` tells what
    in the file it is about, exactly enough to see whether two diagnostics are about the same; ``follows`` is the place
    of another without which this one would hardly be.
    """

    code: Code
    location: Location
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    allowed: tuple[str, ...] = ()
    about: tuple[str, ...] = field(default=(), compare=False)
    follows: Location | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Order of a report: by place, the worst first."""
        place = self.location
        return (place.file, place.line, place.column, -self.severity, self.code.name, self.message)


@dataclass(frozen=True)
class Ignore:
    """An ``[[ignore]]`` of edition.toml: a code, the reason given, and optionally a file; ``*`` in it stands for anything."""

    code: str
    reason: str
    file: str = ""

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether this ignore silences the diagnostic."""
        if self.code != diagnostic.code.name:
            return False
        return not self.file or bool(re.fullmatch(expression(self.file), diagnostic.location.file))


@dataclass(frozen=True)
class Examined:
    """What a run looked at: its files by their names in the report, and the codes that it could find in them.

    ``whole`` claims that it was the whole edition, so that a file that is not among them is not there any more.
    """

    files: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    whole: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The files, to be asked whether a file is one of them."""
        return frozenset(self.files)


# The codes of what others can follow from: an element that stands where it may not. At its place may be other mistakes, too.
CAUSES = frozenset({"misplaced-element", "unknown-element"})


def is_cause(diagnostic: Diagnostic) -> bool:
    """Whether others may follow from a diagnostic, while it follows from none."""
    return diagnostic.follows is None and diagnostic.code.name in CAUSES


def consequences(diagnostics: Iterable[Diagnostic]) -> dict[Location, list[Diagnostic]]:
    """The diagnostics that follow from one that is among them, too, by the place of that one."""
    found = list(dict.fromkeys(diagnostics))
    own = {one.location for one in found if is_cause(one)}
    by_place: dict[Location, list[Diagnostic]] = defaultdict(list)
    for one in found:
        if one.follows in own:
            by_place[one.follows].append(one)
    return dict(by_place)


def printable(text: str) -> str:
    """Text that may go to a terminal, a report or XML: control and direction characters as escapes."""
    if text.isprintable():  # which none of these is
        return text
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in ("Cc", "Cs") or c in UNFIT else c
        for c in text
    )


@dataclass
class Report:
    """All diagnostics of a run; paths in it are relative to ``root``. What ``ignores`` cover is left out.

    ``known`` are those that a baseline knows already, ``gone`` how many problems of it are no more; ``fail_on`` is how
    bad a diagnostic must be to fail the run (None: none does, unless it was ``refused``).
    """

    root: Path = field(default_factory=Path.cwd)
    ignores: tuple[Ignore, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    used: set[Ignore] = field(default_factory=set)
    fail_on: Severity | None = Severity.ERROR
    refused: bool = False
    examined: Examined = Examined()
    known: tuple[Diagnostic, ...] = ()
    gone: int | None = None
    coverage: Coverage | None = None

    def add(self, code: Code, location: Location, message: str, hint: str = "", *, about: tuple[str, ...] = ()) -> None:
        """Record one fault; the hint defaults to the code's cure."""
        hint = printable(hint or code.cure)
        self.extend([Diagnostic(code, location, printable(message), hint, code.severity, about=about)])

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Record faults found elsewhere."""
        for diagnostic in diagnostics:
            covering = {ignore for ignore in self.ignores if ignore.covers(diagnostic)}
            self.used |= covering
            if not covering:
                self.found.append(diagnostic)

    def report_unused(self, code: Code, found_here: Container[str]) -> None:
        """Report each ignore that silenced nothing, of the codes that this run could have found."""
        for ignore in self.ignores:
            if ignore not in self.used and ignore.code in found_here:
                where = f" in {ignore.file}" if ignore.file else ""
                self.add(code, Location("edition.toml"), f"nothing{where} has the code “{ignore.code}”")

    def place(self, path: Path, line: int = 0, column: int = 0) -> Location:
        """The location of a file, written relative to the project where it lies inside."""
        try:
            # the name of a link, not of what it leads to
            own = path.parent.resolve() / path.name if path.name.strip(".") else path.resolve()
            name = own.relative_to(self.root.resolve()).as_posix()
        except ValueError:
            name = str(path)
        return Location(printable(name), line, column)

    def path_of(self, diagnostic: Diagnostic) -> str:
        """The file of a diagnostic as seen from where the command runs, for programs that know nothing of the project.

        What concerns the edition as a whole is said of its settings.
        """
        own = self.root.as_posix()
        inside = own != "." and not self.root.is_absolute() and ".." not in self.root.parts
        name = diagnostic.location.file or "edition.toml"
        return f"{own}/{name}" if inside and not Path(name).is_absolute() else name

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(dict.fromkeys(self.found), key=lambda diagnostic: diagnostic.sort_key))

    def count(self, severity: Severity) -> int:
        """How many diagnostics have exactly this severity."""
        return len({diagnostic for diagnostic in self.found if diagnostic.severity == severity})

    def failed(self, strict: bool = False) -> bool:
        """Whether the run found problems: errors, or warnings too when strict."""
        least = Severity.WARNING if strict else Severity.ERROR
        return any(diagnostic.severity >= least for diagnostic in self.found)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether this diagnostic fails the run."""
        return self.fail_on is not None and diagnostic.severity >= self.fail_on


class Refusal(Exception):
    """Nothing sensible can follow: the command ends with the report that is handed over."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def refuse(code: Code, location: Location, message: str, hint: str = "") -> Refusal:
    """The exception that ends a stage with one diagnostic."""
    return Refusal(Diagnostic(code, location, printable(message), printable(hint or code.cure), code.severity))
