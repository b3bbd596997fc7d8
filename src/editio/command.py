"""What all commands have in common: options, the report they end with, the exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from editio.diagnostics import Report

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
PROBLEMS = 1

project_option = click.option(
    "--project", "-C", type=FOLDER, default=Path(), help="The folder of the edition (default: this one)."
)
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the report is written."
)
strict_option = click.option("--strict", is_flag=True, help="Count warnings as problems.")


def run(work: Callable[[Report], str], root: Path, form: str, strict: bool) -> None:
    """Do the work, show what it says and the report, and end with the exit code."""
    report, said = done(work, root)
    _show(report, said, form)
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
        report.extend([refusal.diagnostic])
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, report.place(Path(error.filename or root)), f"{error.strerror or error}")
    return report, ""


def _show(report: Report, said: str, form: str) -> None:
    if form == "json":
        from editio.reports.json import render

        click.echo(render(report))
        click.echo(said, err=True)
        return
    from editio.reports import text

    rendered = text.render(report)
    for part in (rendered, said, text.summary(report)):
        if part:
            click.echo(part)
