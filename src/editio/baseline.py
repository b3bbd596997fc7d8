"""The baseline: a file of the problems that an edition had when it began to be checked, so that only new ones count."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from editio import codes
from editio.diagnostics import Diagnostic, Examined, Report, Severity
from editio.files import read_file
from editio.fingerprints import Identity, digest, identity

VERSION = 1
# What is wrong with the TEI; faults of settings and of the baseline itself are no part of it.
STAGES = frozenset({"annotate", "schema", "schematron", "check"})


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Problems that say the same of the same file, and for each of them a hash of the line that it stood in."""

    file: str
    code: str
    message: str
    places: tuple[str, ...]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file of a baseline holds."""

    version: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Baseline:
    """The known problems: for each identity the hashes of the lines, as often as they are known."""

    places_of: dict[Identity, Counter[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many problems are known."""
        return sum(places.total() for places in self.places_of.values())


def read(path: Path, report: Report) -> Baseline | None:
    """The baseline of a file; one that is not there or cannot be read is reported."""
    place = report.place(path)
    try:
        data = read_file(path)
        written = msgspec.json.decode(data, type=Written)
    except FileNotFoundError:
        report.add(codes.MALFORMED_BASELINE, place, "there is no such baseline", "write it: --update-baseline")
        return None
    except OSError as error:
        report.add(codes.MALFORMED_BASELINE, place, f"the baseline cannot be read: {error.strerror}")
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        at = re.search(r"\(byte (\d+)\)", str(error))
        line = data.count(b"\n", 0, int(at[1])) + 1 if at else 0
        report.add(codes.MALFORMED_BASELINE, report.place(path, line), f"not a baseline: {error}")
        return None
    if written.version != VERSION:
        report.add(
            codes.MALFORMED_BASELINE, place, f"a baseline of version {written.version}; this Editio knows {VERSION}"
        )
        return None
    found: dict[Identity, Counter[str]] = {}
    for one in written.problems:
        found.setdefault((one.file, one.code, one.message), Counter()).update(one.places)
    return Baseline(found)


def compare(baseline: Baseline, report: Report) -> None:
    """Leave in the report what the baseline does not know; what it knows is set apart, what is gone is counted."""
    left = {key: Counter(places) for key, places in baseline.places_of.items()}
    hash_of = _hashes(report)
    found = [(one, hash_of(one)) for one in report if _belongs(one, report)]
    matched = [*_take(found, left, exactly=True)]
    rest = [pair for pair, known in zip(found, matched, strict=True) if not known]
    # an edit of its line makes no new problem of an old one
    old = {one for (one, _), known in zip(rest, _take(rest, left, exactly=False), strict=True) if known}
    old |= {one for (one, _), known in zip(found, matched, strict=True) if known}
    report.found = [one for one in report if one not in old]
    report.known = tuple(one for one, _ in found if one in old)
    report.gone = sum(places.total() for key, places in left.items() if _was_looked_for(key, report.examined))


def updated(baseline: Baseline, report: Report) -> Baseline:
    """The baseline as it is after this run: what was looked for anew, the rest as it was."""
    kept = {key: places for key, places in baseline.places_of.items() if not _was_looked_for(key, report.examined)}
    hash_of = _hashes(report)
    for one in report:
        if _belongs(one, report):
            kept.setdefault(identity(one), Counter())[hash_of(one)] += 1
    return Baseline(kept)


def text_of(baseline: Baseline) -> str:
    """The file of a baseline: sorted, a line for each problem, so that versions of it can be compared and merged."""
    lines = [
        json.dumps(
            {"file": file, "code": code, "message": message, "places": sorted(places.elements())}, ensure_ascii=False
        )
        for (file, code, message), places in sorted(baseline.places_of.items())
    ]
    problems = ",".join(f"\n{line}" for line in lines)
    return f'{{"version": {VERSION}, "problems": [{problems}\n]}}\n'


def _belongs(one: Diagnostic, report: Report) -> bool:
    """Whether a diagnostic is one for a baseline: a remark only where remarks fail the run, for many of them count things."""
    return one.code.stage in STAGES and (one.severity > Severity.INFO or report.fail_on == Severity.INFO)


def _take(found: Iterable[tuple[Diagnostic, str]], left: dict[Identity, Counter[str]], exactly: bool) -> list[bool]:
    """For each diagnostic whether a known one of the same identity is left, which is taken away."""
    taken = []
    for one, hashed in found:
        places = left.get(identity(one), Counter[str]())
        place = hashed if exactly else _last(places)
        known = places.pop(place, 0)
        if known > 1:
            places[place] = known - 1
        taken.append(known > 0)
    return taken


def _last(places: Counter[str]) -> str:
    """One of the places, whichever is found at once; nothing if there is none."""
    return next(reversed(places), "")


def _was_looked_for(key: Identity, examined: Examined) -> bool:
    file, code, _ = key
    return examined.whole or (file in examined.names and code in examined.codes)


def _hashes(report: Report) -> Callable[[Diagnostic], str]:
    """A hash of the line that a diagnostic is about; nothing where that is not known."""

    @cache
    def lines_of(file: str) -> list[bytes]:
        try:
            return read_file(report.root / file).splitlines()
        except (OSError, ValueError):
            return []

    def hash_of(one: Diagnostic) -> str:
        file, line = one.location.file, one.location.line
        inside = line and file and not Path(file).is_absolute() and ".." not in Path(file).parts
        lines = lines_of(file) if inside else []
        return digest(lines[line - 1].strip().decode("utf-8", "replace"), 8) if 0 < line <= len(lines) else ""

    return hash_of
