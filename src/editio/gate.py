"""What of an edition a validation looks at, and how: all of it, some files, or what has changed since a revision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from editio import baseline as baselines
from editio import codes
from editio.baseline import Baseline
from editio.changes import changed_since
from editio.config import FILE
from editio.diagnostics import Examined, Report
from editio.documents import Shelf
from editio.explain import all_codes
from editio.files import followed
from editio.model import Edition
from editio.registry import checks, edition_checks
from editio.tei import write_if_changed
from editio.validate import files_of, validate_together
from editio.validating.criteria import Criteria


@dataclass(frozen=True)
class Choice:
    """The files to look at; ``whole`` claims that they are all of the edition, ``together`` that it is checked as one too."""

    files: tuple[Path, ...]
    whole: bool = False
    together: bool = False


def choose(edition: Edition, files: tuple[Path, ...], since: str | None, criteria: Criteria) -> Choice:
    """What is to be looked at: files that were named, or all; of them, what a change since a revision can have touched.

    A change of settings, registers or schema can touch everything; any other one the file itself, and those that name it.
    """
    candidates = files or files_of(edition)
    if since is None:
        return Choice(candidates, whole=not files)
    changed = {followed(path) for path in changed_since(edition.root, since)}
    if any(path.is_relative_to(common) for common in _common(edition, criteria) for path in changed):
        return Choice(candidates, whole=not files)
    names = b"|".join(re.escape(word.encode()) for word in sorted({name for path in changed for name in _names(path)}))
    touched = (path for path in candidates if followed(path) in changed or (names and _mentions(path, names)))
    return Choice(tuple(touched), together=not files)


def check_together(edition: Edition, choice: Choice, report: Report) -> None:
    """Report what is wrong with the edition as a whole, as far as it is not about files that were not chosen."""
    everything = files_of(edition)
    chosen = {report.place(path).file for path in choice.files}
    others = {report.place(path).file for path in everything} - chosen
    documents = Shelf(everything, edition.root)
    found = Report(report.root, report.ignores)
    validate_together(documents, edition, found)
    report.extend(one for one in found.found if one.location.file not in others)


def examined(choice: Choice, report: Report) -> Examined:
    """What was looked at, and for which codes."""
    schema = {code.name for code in all_codes().values() if code.stage in ("schema", "schematron")}
    found = (schema - {codes.UNUSABLE_SCHEMA.name}) | {entry.code.name for entry in checks()}
    if choice.whole or choice.together:
        found |= {entry.code.name for entry in edition_checks()}
    return Examined(tuple(report.place(path).file for path in choice.files), frozenset(found), choice.whole)


def apply_baseline(path: Path, report: Report) -> None:
    """Leave in the report only what the baseline does not know; say so if problems it knows are gone."""
    baseline = baselines.read(path, report)
    if baseline is None:
        return
    baselines.compare(baseline, report)
    if report.gone:
        many = "1 problem of it is" if report.gone == 1 else f"{report.gone} problems of it are"
        report.add(codes.OUTDATED_BASELINE, report.place(path), f"{many} gone")


def update_baseline(path: Path, report: Report) -> str:
    """Write what was found as the baseline, and take it out of the report; what was done, in words."""
    before = baselines.read(path, report) if path.exists() else Baseline()
    if before is None:
        return ""
    after = baselines.updated(before, report)
    write_if_changed(path, baselines.text_of(after).encode("utf-8"))
    baselines.compare(after, report)
    return f"{report.place(path).file}: {after.count} {'problem' if after.count == 1 else 'problems'}, {before.count} before"


def _common(edition: Edition, criteria: Criteria) -> Iterable[Path]:
    """The files and folders that bear upon every document."""
    root, settings = edition.root, edition.settings
    names = (FILE, settings.names.registers, "schema")
    yield from ((root / name).resolve() for name in names if name)
    yield from (file.path for file in (criteria.schema, *criteria.rules) if file)


def _names(path: Path) -> tuple[str, ...]:
    """How other documents name a file: in a pointer by its name, by a prefix of ``prefixDef`` without ending."""
    return (path.name, f":{path.stem}") if path.suffix == ".xml" else ()


def _mentions(path: Path, names: bytes) -> bool:
    try:
        return bool(re.search(names, path.read_bytes()))
    except OSError:  # the check of the file says what is the matter
        return True
