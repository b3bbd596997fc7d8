"""Says whether TEI documents are sound: well-formed, valid against the schema, and free of what rules and checks look for."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePath

from editio import codes
from editio.config import FILE
from editio.diagnostics import Diagnostic, Location, Report, Severity
from editio.documents import Shelf, find_documents
from editio.explain import all_codes
from editio.files import followed
from editio.including.parts import parts_among
from editio.model import Document, Edition
from editio.registry import EditionCheckEntry, edition_checks
from editio.tei import write_if_changed
from editio.validating.criteria import Criteria, chosen_for, criteria_of
from editio.validating.examination import (
    Held,
    Outcome,
    examine_file,
    hold_against,
    in_words,
    with_care,
)
from editio.validating.repeated import each_once
from editio.validating.schemas import cache_folder, load_schema

# With more files or bytes, and wherever rules run, worker processes do the work: they can be ended, and use all processors.
FEW_FILES, FEW_BYTES = 16, 4_000_000
# How far into a document an xml-model that names rules is looked for, before it is known who shall read it.
PROLOG = 16_384


def check(
    edition: Edition,
    files: Sequence[Path],
    criteria: Criteria,
    report: Report,
    least: Severity = Severity.INFO,
    jobs: int = 0,
    svrl: Path | None = None,
) -> int:
    """Validate files, by default all documents and registers of the project; how many were looked at.

    ``least`` is how bad it must be what is reported of the edition as a whole; ``svrl`` is a folder for what the rules
    say of each document in the words of ISO Schematron. What another of the files includes is looked at in that one only.
    """
    paths = tuple(files) or files_of(edition)
    parts = parts_among(paths, edition.root)
    own = [path for path in paths if followed(path) not in parts]
    criteria = replace(criteria, cache=cache_folder(edition.root), svrl=svrl is not None)
    _refuse_unusable(criteria, report)
    documents: list[Document] = []
    without: list[str] = []
    unread: dict[str, Diagnostic] = {}
    judged: list[tuple[Path, Held]] = []
    for path, outcome in zip(own, _outcomes(own, edition, criteria, jobs), strict=True):
        report.extend(outcome.diagnostics)
        if svrl:
            _write_svrl(svrl, report.place(path).file, outcome)
        unread = dict(outcome.unread) | unread
        without += [report.place(path).file] if outcome.without_schema else []
        if outcome.document and not files and not parts:
            documents.append(outcome.document)
        judged += [(path, held) for held in outcome.held]
    _ask_for_second_opinions(judged, criteria, report)
    report.found = each_once(report.found)
    report.extend(unread.values())
    _report_no_schema(without, report)
    if not files:
        validate_together(documents or Shelf(paths, edition.root), edition, report, least)
    return len(paths)


def _ask_for_second_opinions(judged: Sequence[tuple[Path, Held]], criteria: Criteria, report: Report) -> None:
    """Report what another engine says of documents, if one is to be asked of any."""
    if judged:
        from editio.validating.opinions import report_second_opinions  # noqa: PLC0415 - seldom, and it needs much

        report_second_opinions(judged, criteria, report)


def files_of(edition: Edition) -> tuple[Path, ...]:
    """The files of an edition that are TEI: its documents and its registers."""
    root, settings = edition.root, edition.settings
    return (
        *find_documents(root / settings.convert.tei),
        *sorted((root / settings.names.registers).glob("*.xml")),
    )


def _refuse_unusable(criteria: Criteria, report: Report) -> None:
    """Refuse to begin with a schema that all documents would fail by; what is compiled here lies ready for the workers."""
    if criteria.schema:
        load_schema(criteria.schema, criteria.cache, report)


def _outcomes(paths: Sequence[Path], edition: Edition, criteria: Criteria, jobs: int) -> Iterator[Outcome]:
    """What is wrong with each file: found here if they are few and harmless, by workers otherwise."""
    if not jobs and not criteria.rules and _are_few(paths) and not any(map(_names_rules, paths)):
        return (examine_file(path, edition, criteria) for path in paths)
    from editio.validating.workers import Work, examine_all  # noqa: PLC0415 - one small file needs no workers
    from editio.workers import default_jobs  # noqa: PLC0415

    return examine_all(paths, Work(edition.root, edition.settings, criteria), jobs or default_jobs(len(paths)))


def _write_svrl(folder: Path, name: str, outcome: Outcome) -> None:
    """Write what rules say of a document under its own path in a folder, a file for each file of rules."""
    inside = [part for part in PurePath(name).parts if part not in ("..", PurePath(name).anchor)]
    for rules, told in outcome.svrl:
        path = folder.joinpath(*inside[:-1], f"{inside[-1]}.{rules}.svrl")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(path, told.encode("utf-8"))


def _are_few(paths: Sequence[Path]) -> bool:
    return len(paths) <= FEW_FILES and sum(path.stat().st_size for path in paths if path.is_file()) <= FEW_BYTES


def _names_rules(path: Path) -> bool:
    """Whether a file may name rules that Saxon would run for it, which nobody can interrupt."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(PROLOG).replace(b"\0", b"")
    except OSError:
        return False
    said = head.partition(b"xml-model")[2]
    return b"schematron" in said or b".sch" in said


def _report_no_schema(names: Sequence[str], report: Report) -> None:
    if names:
        number = "this document" if len(names) == 1 else f"{len(names)} documents"
        report.add(codes.NO_SCHEMA, Location(names[0]), f"no schema was named that could be read, for {number}")


def validate_together(
    documents: Sequence[Document], edition: Edition, report: Report, least: Severity = Severity.INFO
) -> None:
    """Report what is wrong with the documents, registers and decisions of an edition as a whole, and is at least so bad."""
    from editio.deciding.faults import report_faults  # noqa: PLC0415 - for whole editions only

    for entry in edition_checks():
        if entry.code.severity >= least:
            find = partial(_asked, entry, documents, edition)
            with_care(f"the check “{entry.code.name}”", "", report, find)
    report_faults(documents, edition, report)


def _asked(entry: EditionCheckEntry, documents: Sequence[Document], edition: Edition) -> Iterator[Diagnostic]:
    return in_words(entry.code, entry.find(documents, edition))


def schema_faults(document: Document, path: Path, edition: Edition) -> list[Diagnostic]:
    """Where a document that lies, or is to lie, in a file of the edition is not as its schema wants it, in its order."""
    report = Report(edition.root)
    for file in chosen_for(document, path, edition, criteria_of(edition)).schemas:
        hold_against(file, document, Criteria(), report)
    return [one for one in report if one.code.stage == "schema" and one.code is not codes.UNUSABLE_SCHEMA]


def report_unused_ignores(stages: Container[str], report: Report) -> None:
    """Report ignores that silenced nothing though the stages that find their code have run, and those of no code at all."""
    known = all_codes()
    for name in dict.fromkeys(ignore.code for ignore in report.ignores if ignore.code not in known):
        near = get_close_matches(name.lower().replace("_", "-"), known, n=1)
        hint = f"did you mean “{near[0]}”?" if near else "copy the code from the report; docs/diagnostics.md has all"
        report.add(codes.UNUSED_IGNORE, Location(FILE), f"there is no code “{name}”", hint)
    report.report_unused(codes.UNUSED_IGNORE, {code.name for code in known.values() if code.stage in stages})
