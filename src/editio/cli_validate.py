"""The command that checks TEI: parses its options, has the files checked, shows the report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.command import FILE, format_option, project_option, run, strict_option

if TYPE_CHECKING:
    from editio.diagnostics import Report


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--schema", type=FILE, help="A RELAX NG schema (.rng, or .rnc in compact syntax) instead of the edition's."
)
@click.option("--schematron", type=FILE, multiple=True, help="Schematron rules instead of the edition's.")
@click.option("--phase", default="", help="The phase of these rules that is active (default: what they say).")
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, help="Worker processes (default: one a processor).")
@project_option
@format_option
@strict_option
def validate(
    files: tuple[Path, ...],
    schema: Path | None,
    schematron: tuple[Path, ...],
    phase: str,
    jobs: int,
    project: Path,
    form: str,
    strict: bool,
) -> None:
    """Check FILES of TEI against schema, rules and checks.

    FILES may be folders and patterns such as “tei/**/*.xml”, and need not lie in an edition. Without FILES, all TEI of
    the edition is checked, and its registers.
    """
    from editio.validating.files import named_files

    try:
        paths = named_files(files)
    except FileNotFoundError as missing:
        raise click.UsageError(f"there is no file “{missing}”, and no XML in it if it is a folder") from None

    def work(report: Report) -> str:
        from editio import opening
        from editio.validate import check, report_unused_ignores
        from editio.validating.criteria import criteria_of

        edition = opening.open_folder(project, report) if files else opening.open_edition(project, report)
        criteria = criteria_of(edition, schema, schematron, phase)
        number = check(edition, paths, criteria, report, jobs=jobs)
        if not files:
            report_unused_ignores({"schema", "schematron", "check"}, report)
        return f"{number} {'file' if number == 1 else 'files'} checked"

    run(work, project, form, strict)
