"""The command that checks TEI: parses its options, has the files checked, shows the report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.command import FILE, format_option, project_option, run, strict_option

if TYPE_CHECKING:
    from editio.diagnostics import Report


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--schema", type=FILE, help="A RELAX NG schema instead of the edition's.")
@project_option
@format_option
@strict_option
def validate(files: tuple[Path, ...], schema: Path | None, project: Path, form: str, strict: bool) -> None:
    """Check FILES of TEI against schema and checks.

    Without FILES, all TEI of the edition is checked, and its registers.
    """

    def work(report: Report) -> str:
        from editio import build

        edition = build.open_folder(project, report) if files else build.open_edition(project, report)
        number = build.check(edition, files, schema, report)
        if not files:
            build.report_unused_ignores({"schema", "check"}, report)
        return f"{number} {'file' if number == 1 else 'files'} checked"

    run(work, project, form, strict)
