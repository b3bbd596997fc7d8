"""The commands of “editio names”: who is mentioned in an edition, and who decides it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.command import FILE, project_option, run, run_for_programs, strict_option

if TYPE_CHECKING:
    from editio.diagnostics import Report

KINDS = ("person", "place", "org", "event")
SHOWN = 40


@click.group()
def names() -> None:
    """Find, review and link the names and dates of an edition."""


@names.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--kind", type=click.Choice(KINDS), help="Only what is likely of this kind.")
@click.option("--min-count", type=click.IntRange(1), default=1, help="Only what is named at least so often.")
@click.option(
    "--limit", type=click.IntRange(0), help=f"At most so many (default: {SHOWN} in a table, else all; 0: all)."
)
@click.option("--contexts", type=click.IntRange(0, 10), default=3, help="How many places are quoted (default: 3).")
@click.option("--all", "with_linked", is_flag=True, help="Also names that point to a register entry already.")
@click.option("--ner", "model", help="Add what this model of spaCy finds (needs editio[ner]).")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="How it is written."
)
@project_option
@strict_option
def scan(
    files: tuple[Path, ...],
    kind: str | None,
    min_count: int,
    limit: int | None,
    contexts: int,
    with_linked: bool,
    model: str | None,
    form: str,
    project: Path,
    strict: bool,
) -> None:
    """Survey who and what is named in FILES, sources or TEI (default: all TEI of the edition), and is in no register.

    What is ranked highest most deserves an entry. Nothing is written.
    """

    def work(report: Report) -> str:
        from editio import build
        from editio.scanning import reading, tables
        from editio.scanning.ranking import selected
        from editio.scanning.scan import scan as survey_names

        edition = build.open_folder(project, report) if files else build.open_edition(project, report)
        suggest = None
        if model:
            from editio.scanning.ner import suggester

            suggest = suggester(model)
        passages = reading.of_files(files, edition, report) if files else reading.of_edition(edition, report)
        survey = survey_names(passages, edition.entries, contexts, with_linked, suggest)
        if not survey.documents:
            return ""
        found = tuple(selected(survey.candidates, kind or "", min_count))
        shown = found[: (SHOWN if limit is None and form == "table" else limit) or None]
        if form == "csv":
            return tables.as_csv(shown)
        if form == "json":
            return tables.as_json(shown, survey.pairs, survey.documents)
        width = shutil.get_terminal_size((120, 24)).columns
        return tables.table(shown, survey.pairs, survey.documents, len(found), width)

    if form == "table":
        run(work, project, "text", strict)
    else:
        run_for_programs(work, project, strict)
