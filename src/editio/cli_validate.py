"""The command that checks TEI: parses its options, has the files checked, shows the report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

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
    from editio.validating.criteria import Criteria

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


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--schema", type=FILE, help="A RELAX NG schema (.rng, or .rnc in compact syntax) instead of the edition's."
)
@click.option("--schematron", type=FILE, multiple=True, help="Schematron rules instead of the edition's.")
@click.option("--phase", default="", help="The phase of these rules that is active (default: what they say).")
@click.option("--svrl", type=FOLDER, help="Write what these rules say of each document into this folder, as SVRL.")
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

    def work(report: Report) -> str:
        from editio import gate, opening
        from editio.validate import check, files_of, report_unused_ignores
        from editio.validating.criteria import criteria_of

        edition = opening.open_folder(project, report) if files else opening.open_edition(project, report)
        report.fail_on = _severity(fail_on or ("warning" if strict else edition.settings.validate.fail_on))
        criteria = criteria_of(edition, schema, schematron, phase)
        if phase and not criteria.rules:
            raise click.UsageError("--phase needs --schematron FILE, or [validate] schematron in edition.toml")
        choice = _choice(edition, _files_named(files), since, criteria)
        if choice.files or choice.whole:
            check(edition, () if choice.whole else choice.files, criteria, report, jobs=jobs, svrl=svrl)
        if choice.whole:
            report_unused_ignores({"schema", "schematron", "check"}, report)
        elif choice.together:
            gate.check_together(edition, choice, report)
        report.examined = gate.examined(choice, report)
        said = _with_baseline(edition, baseline, update, report)
        if "html" in (form, *(name for name, _ in reports)):
            from editio.coverage import coverage

            report.coverage = coverage(edition, choice.files if files else files_of(edition), report)
        number = len(choice.files)
        return "\n".join([*said, f"{number} {'file' if number == 1 else 'files'} checked"])

    report, said = done(work, project)
    for name, path in reports:
        write_report(report, name, path)
    show(report, said, form, output)
    sys.exit(PROBLEMS if report.refused or any(map(report.fails, report)) else 0)


def _files_named(files: tuple[Path, ...]) -> tuple[Path, ...]:
    from editio.validating.files import named_files

    try:
        return named_files(files)
    except FileNotFoundError as missing:
        raise click.UsageError(f"there is no file “{missing}”, and no XML in it if it is a folder") from None


def _choice(edition: Edition, files: tuple[Path, ...], since: str | None, criteria: Criteria) -> gate.Choice:
    from editio import gate
    from editio.changes import NoHistory

    try:
        return gate.choose(edition, files, since, criteria)
    except NoHistory as error:
        raise click.UsageError(str(error)) from None


def _with_baseline(edition: Edition, baseline: Path | None, update: bool, report: Report) -> list[str]:
    """Compare with the baseline, if there is one, or write it; what is to be said of it."""
    from editio import gate

    named = edition.settings.validate.baseline
    path = baseline or (edition.root / named if named else None)
    if path is None and update:
        raise click.UsageError("--update-baseline needs --baseline FILE, or [validate] baseline in edition.toml")
    if path is None:
        return []
    if update:
        said = gate.update_baseline(path, report)
        return [said] if said else []
    gate.apply_baseline(path, report)
    return [f"{len(report.known)} known to the baseline"] if report.known else []


def _severity(word: str) -> Severity | None:
    from editio.diagnostics import Severity

    return None if word == "never" else Severity[word.upper()]
