"""What all commands have in common: options, the report they end with, the exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.reports import formats

if TYPE_CHECKING:
    from editio.diagnostics import Report

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
PROBLEMS = 1

project_option = click.option(
    "--project", "-C", type=FOLDER, default=Path(), help="The folder of the edition (default: this one)."
)
format_option = click.option(
    "--format", "form", type=click.Choice(formats()), default="text", help="How the report is written."
)
strict_option = click.option("--strict", is_flag=True, help="Count warnings as problems.")


def run(work: Callable[[Report], str], root: Path, form: str, strict: bool) -> None:
    """Do the work, show what it says and the report, and end with the exit code."""
    from editio.diagnostics import Severity

    report, said = done(work, root)
    if strict:
        report.fail_on = Severity.WARNING
    show(report, said, form)
    sys.exit(PROBLEMS if report.failed(strict) else 0)


def run_for_data(work: Callable[[Report], str], root: Path, output: Path | None, strict: bool = False) -> None:
    """Do work that makes data: write it to a file, or print nothing else to stdout; the report goes to stderr."""
    from editio.reports import text

    def write(report: Report) -> str:
        made = work(report)
        if made and output:
            from editio.tei import write_if_changed

            write_if_changed(output, made.encode("utf-8"))
        return made

    report, made = done(write, root)
    if not output:
        click.echo(made, nl=False)
    if rendered := text.render(report):
        click.echo(rendered, err=True)
    sys.exit(PROBLEMS if report.failed(strict) else 0)


def done(work: Callable[[Report], str], root: Path) -> tuple[Report, str]:
    """The report of a work that may be refused, and what it says."""
    from editio import codes
    from editio.diagnostics import Refusal, Report

    report = Report(root)
    try:
        return report, work(report)
    except Refusal as refusal:
        report.refused = True
        report.extend([refusal.diagnostic])
    except OSError as error:
        report.refused = True
        report.add(codes.UNREADABLE_FILE, report.place(Path(error.filename or root)), f"{error.strerror or error}")
    return report, ""


def show(report: Report, said: str, form: str, output: Path | None = None) -> None:
    """Show the report, or write it to a file, and what the work says: to stdout, if people read that."""
    from editio.reports import format_named, text

    if form == "text" and not output:
        rendered = text.render(report)
        if sys.stdout.isatty():
            rendered = text.fitted(rendered, shutil.get_terminal_size().columns)
        for part in (rendered, said, text.summary(report)):
            if part:
                click.echo(part)
        return
    write_report(report, form, output)
    for part in (said, text.summary(report)) if output else (said,):
        click.echo(part, err=not output)
    for path, words in format_named(form).besides(report, os.environ):
        with path.open("a", encoding="utf-8") as file:
            file.write(words)


def write_report(report: Report, form: str, output: Path | None) -> None:
    """Write the report in a format to a file, or print it."""
    from editio.reports import format_named

    rendered = format_named(form).render(report)
    if output is None:
        click.echo(rendered)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(rendered.rstrip("\n") + "\n", encoding="utf-8")
