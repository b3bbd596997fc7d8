"""The command that checks TEI: parses its options, has the files checked, shows the report."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from editio.command import (
    FILE,
    FOLDER,
    PROBLEMS,
    done,
    format_option,
    project_option,
    show,
    strict_option,
    write_report,
)
from editio.reports import formats

if TYPE_CHECKING:
    from editio import gate
    from editio.diagnostics import Report, Severity
    from editio.model import Edition
    from editio.validating.criteria import Criteria, Engine

COMPACT = ".rnc"
# What files are no documents, and how they are named for what they are.
SCHEMA_OPTIONS = {".rng": "--schema", COMPACT: "--schema", ".sch": "--schematron"}
REPORT_FILE = click.Path(path_type=Path, dir_okay=False)


class FormatAndFile(click.ParamType[tuple[str, Path], str]):
    """``FORMAT=FILE``: a format of the report and where it goes."""

    name = "FORMAT=FILE"

    def convert(
        self, value: str | tuple[str, Path], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """The format and the file."""
        if isinstance(value, tuple):
            return value
        form, _, file = value.partition("=")
        if form not in formats() or not file:
            self.fail(f"“{value}” is not FORMAT=FILE, with a format of {', '.join(formats())}", param, ctx)
        return form, Path(file)


@dataclass(frozen=True)
class Measure:
    """What the command line says that documents are held against, and who does that."""

    schema: Path | None
    schematron: tuple[Path, ...]
    phase: str
    engine: Engine

    def of(self, edition: Edition) -> Criteria:
        """All that the documents of an edition are held against."""
        from editio.validating.criteria import criteria_of

        criteria = criteria_of(edition, self.schema, self.schematron, self.phase)
        if self.phase and not criteria.rules:
            raise click.UsageError("--phase needs --schematron FILE, or [validate] schematron in edition.toml")
        return replace(criteria, engine=self.engine)


@dataclass(frozen=True)
class Known:
    """The baseline of problems that are known, if the command line names one, and whether to write it."""

    baseline: Path | None
    update: bool

    def apply(self, edition: Edition, report: Report) -> Iterable[str]:
        """Compare with the baseline, if there is one, or write it; what is to be said of it."""
        from editio import gate

        named = edition.settings.validate.baseline
        path = self.baseline or (edition.root / named if named else None)
        if path is None and self.update:
            raise click.UsageError("--update-baseline needs --baseline FILE, or [validate] baseline in edition.toml")
        if path and self.update:
            yield from filter(None, [gate.update_baseline(path, report)])
        elif path:
            gate.apply_baseline(path, report)
            yield from [f"{len(report.known)} known to the baseline"] if report.known else []


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--schema", type=FILE, help="A RELAX NG schema (.rng, or .rnc in compact syntax) instead of the edition's."
)
@click.option("--schematron", type=FILE, multiple=True, help="Schematron rules instead of the edition's.")
@click.option("--phase", default="", help="The phase of these rules that is active (default: what they say).")
@click.option("--svrl", type=FOLDER, help="Write what these rules say of each document into this folder, as SVRL.")
@click.option(
    "--engine",
    type=click.Choice(["editio", "jing"]),
    default="editio",
    help="Who holds documents against the schema; jing needs Java.",
)
@click.option(
    "--cross-check", is_flag=True, help="Ask both engines, and report where one allows what the other does not."
)
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, help="Worker processes (default: one a processor).")
@click.option(
    "--changed-since", "since", metavar="REV", help="Look only at what has changed since this revision of git."
)
@click.option("--baseline", type=REPORT_FILE, help="Count only problems that this file does not know.")
@click.option("--update-baseline", "update", is_flag=True, help="Write what is found now into the baseline.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="How bad it must be for exit code 1."
)
@click.option("--output", "-o", type=REPORT_FILE, help="Write the report to this file.")
@click.option("--report", "reports", type=FormatAndFile(), multiple=True, help="Write the report in this format, too.")
@project_option
@format_option
@strict_option
def validate(
    files: tuple[Path, ...],
    schema: Path | None,
    schematron: tuple[Path, ...],
    phase: str,
    svrl: Path | None,
    engine: Literal["editio", "jing"],
    cross_check: bool,
    jobs: int,
    since: str | None,
    baseline: Path | None,
    update: bool,
    fail_on: str | None,
    output: Path | None,
    reports: tuple[tuple[str, Path], ...],
    project: Path,
    form: str,
    strict: bool,
) -> None:
    """Check FILES of TEI against schema, rules and checks.

    FILES may be folders and patterns such as “tei/**/*.xml”, and need not lie in an edition. Without FILES, all TEI of
    the edition is checked, and its registers.
    """
    if strict and fail_on not in (None, "warning"):
        raise click.UsageError("--strict is --fail-on warning")
    measure = Measure(schema, schematron, phase, _engine(engine, cross_check))
    known = Known(baseline, update)
    with_coverage = "html" in (form, *(name for name, _ in reports))

    def work(report: Report) -> str:
        edition = _opened(project, bool(files), report)
        report.fail_on = _severity(fail_on or ("warning" if strict else edition.settings.validate.fail_on))
        criteria = measure.of(edition)
        choice = _choice(edition, _files_named(files, schema), since, criteria)
        _look_at(edition, choice, criteria, jobs, svrl, report)
        said = tuple(known.apply(edition, report))
        if with_coverage:
            _add_coverage(edition, choice.files if files else (), report)
        number = len(choice.files)
        return "\n".join([*said, f"{number} {'file' if number == 1 else 'files'} checked"])

    report, said = done(work, project)
    for name, path in reports:
        write_report(report, name, path)
    show(report, said, form, output)
    sys.exit(PROBLEMS if report.refused or any(map(report.fails, report.found)) else 0)


def _engine(engine: Literal["editio", "jing"], cross_check: bool) -> Engine:
    """Who is asked; wrong use where jing is wanted and is not there."""
    if engine == "editio" and not cross_check:
        return engine
    from editio.validating.jing import NotInstalled, find_jing

    try:
        find_jing()
    except NotInstalled as missing:
        raise click.UsageError(f"{'--cross-check' if cross_check else '--engine jing'}: {missing}") from None
    return "both" if cross_check else engine


def _opened(project: Path, has_files: bool, report: Report) -> Edition:
    """The edition; where files are named, it may be any folder."""
    from editio import opening

    return opening.open_folder(project, report) if has_files else opening.open_edition(project, report)


def _files_named(files: tuple[Path, ...], schema: Path | None) -> tuple[Path, ...]:
    """The files that are meant; wrong use where there are none, or where one of them is to be asked and not to be judged."""
    from editio.validating.files import named_files

    try:
        found = named_files(files)
    except FileNotFoundError as missing:
        raise click.UsageError(f"there is no file “{missing}”, and no XML in it if it is a folder") from None
    for path in found:
        option = SCHEMA_OPTIONS.get(path.suffix.lower(), "")
        # a schema in XML is a document, too, where another one judges it
        if option and (path.suffix.lower() == COMPACT or not schema):
            kind = "Schematron rules" if option == "--schematron" else "a schema"
            raise click.UsageError(f"“{path}” is {kind}, not a document: editio validate {option} {path} FILES")
    return found


def _choice(edition: Edition, files: tuple[Path, ...], since: str | None, criteria: Criteria) -> gate.Choice:
    from editio import gate
    from editio.changes import NoHistory

    try:
        return gate.choose(edition, files, since, criteria)
    except NoHistory as error:
        raise click.UsageError(str(error)) from None


def _look_at(
    edition: Edition, choice: gate.Choice, criteria: Criteria, jobs: int, svrl: Path | None, report: Report
) -> None:
    """Report all that is wrong with what was chosen, and remember what that was."""
    from editio import gate
    from editio.validate import check, report_unused_ignores

    if choice.files or choice.whole:
        check(edition, () if choice.whole else choice.files, criteria, report, jobs=jobs, svrl=svrl)
    if choice.whole:
        report_unused_ignores({"schema", "schematron", "check"}, report)
    elif choice.together:
        gate.check_together(edition, choice, report)
    report.examined = gate.examined(choice, report)


def _add_coverage(edition: Edition, files: tuple[Path, ...], report: Report) -> None:
    from editio.coverage import coverage
    from editio.validate import files_of

    report.coverage = coverage(edition, files or files_of(edition), report)


def _severity(word: str) -> Severity | None:
    from editio.diagnostics import Severity

    return None if word == "never" else Severity[word.upper()]
