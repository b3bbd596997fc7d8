"""The commands of “editio names”: who is mentioned in an edition, and who decides it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio import cli_review
from editio.cli_link import link
from editio.command import FILE, format_option, project_option, run, run_for_data, strict_option
from editio.kinds import NAMED

if TYPE_CHECKING:
    from editio.diagnostics import Report
    from editio.registers.sheet import Imported

kind_type = click.Choice(list(NAMED))
file_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead of the terminal.",
)


@click.group()
def names() -> None:
    """Find, review and link the names and dates of an edition."""


@names.command("export")
@click.option("--kind", "kinds", type=kind_type, multiple=True, help="Only entries of this kind (may be repeated).")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, so that Excel takes the file for UTF-8.")
@file_option
@project_option
def export_names(kinds: tuple[str, ...], bom: bool, output: Path | None, project: Path) -> None:
    """Write the registers as a table (CSV), a row for each entry."""

    def work(report: Report) -> str:
        from editio.opening import open_edition
        from editio.registers.sheet import export

        return export(open_edition(project, report), {NAMED[kind] for kind in kinds}, bom)

    run_for_data(work, project, output)


@names.command("import")
@click.argument("file", type=FILE)
@click.option("--prune", is_flag=True, help="Delete entries that the table, of their kind, has no row for.")
@project_option
@format_option
@strict_option
def import_names(file: Path, prune: bool, project: Path, form: str, strict: bool) -> None:
    """Change the registers to what the table in FILE says.

    If a row cannot be taken, nothing is changed.
    """

    def work(report: Report) -> str:
        from editio.opening import open_edition
        from editio.registers.sheet import import_table

        edition = open_edition(project, report)
        if report.failed():
            return ""
        done = import_table(edition, file.read_bytes(), str(file), prune, report)
        return "" if report.failed() else _told(done)

    run(work, project, form, strict)


def _told(done: Imported) -> str:
    lines = [f"{name}: written" for name in done.files]
    for ids, what in ((done.changed, "changed"), (done.added, "added"), (done.deleted, "deleted")):
        if ids:
            lines.append(f"{len(ids)} {what}: {_shortened(ids)}")
    if done.kept:
        lines.append(f"{len(done.kept)} not in the table, kept: {_shortened(done.kept)} (--prune would delete them)")
    return "\n".join(lines) if done.files or done.kept else "nothing to change"


def _shortened(ids: tuple[str, ...]) -> str:
    return ", ".join(ids[:10]) + (" …" if len(ids) > 10 else "")


@names.command("add")
@click.argument("kind", type=kind_type)
@click.argument("name")
@click.option("--id", "id", default="", help="Its xml:id (default: made from the name).")
@click.option("--forename", "forenames", multiple=True, help="A forename of the person, as it stands in NAME.")
@click.option("--surname", default="", help="The person's surname, as it stands in NAME.")
@click.option("--variant", "variants", multiple=True, help="Another form of the name (may be repeated).")
@click.option("--birth", default="", help="Date of birth: 1817-07-12, 1817, or 1815..1818.")
@click.option("--death", default="", help="Date of death.")
@click.option("--date", default="", help="Date of an event: 1862-09-17, or 1861/1865.")
@click.option("--coordinates", default="", help="Latitude and longitude of a place: “42.46 -71.35”.")
@click.option("--description", default="", help="A sentence on who or what it is.")
@click.option("--idno", "idnos", multiple=True, help="An identifier as TYPE:VALUE (may be repeated).")
@project_option
@format_option
def add_name(
    kind: str,
    name: str,
    id: str,
    forenames: tuple[str, ...],
    surname: str,
    variants: tuple[str, ...],
    birth: str,
    death: str,
    date: str,
    coordinates: str,
    description: str,
    idnos: tuple[str, ...],
    project: Path,
    form: str,
) -> None:
    """Add an entry of KIND called NAME to its register."""
    cells = {"kind": NAMED[kind], "name": name, "id": id, "surname": surname, "birth": birth, "death": death}
    cells |= {"date": date, "coordinates": coordinates, "description": description}

    def work(report: Report) -> str:
        from editio.opening import open_edition
        from editio.registers.table import row_with
        from editio.registers.writing import add_entry

        edition = open_edition(project, report)
        if report.failed():
            return ""
        row = row_with(cells, forenames, variants, idnos)
        id, file = add_entry(edition, row)
        return f"{file}: {id} added"

    run(work, project, form, False)


@names.command("report")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How it is written.")
@file_option
@project_option
def report_names(form: str, output: Path | None, project: Path) -> None:
    """Show who is mentioned how often, and what is not linked.

    Also entries mentioned nowhere, words that name several entries, places
    without coordinates, and faults of the registers.
    """

    def work(report: Report) -> str:
        from editio.opening import open_edition
        from editio.registers.overview import FORMATS, overview

        return FORMATS[form](overview(open_edition(project, report), report))

    run_for_data(work, project, output)


@names.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--kind", type=kind_type, help="Only what is likely of this kind.")
@click.option("--min-count", type=click.IntRange(1), default=1, help="Only what is named at least so often.")
@click.option("--limit", type=click.IntRange(0), help="At most so many (default: 40 in a table, else all; 0: all).")
@click.option("--contexts", type=click.IntRange(0, 10), default=3, help="How many places are quoted (default: 3).")
@click.option("--all", "with_linked", is_flag=True, help="Also names that point to a register entry already.")
@click.option("--ner", "model", help="Add what this model of spaCy finds (needs editio[ner]).")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="How it is written."
)
@file_option
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
    output: Path | None,
    project: Path,
    strict: bool,
) -> None:
    """Survey who and what is named and in no register.

    FILES may be sources or TEI; without them, all TEI of the edition is read. What is ranked highest most
    deserves an entry. Nothing is written.
    """

    def work(report: Report) -> str:
        from editio import opening
        from editio.scanning import reading, tables
        from editio.scanning.scan import scan as survey_names

        edition = opening.open_folder(project, report) if files else opening.open_edition(project, report)
        suggest = None
        if model:
            from editio.scanning.ner import suggester

            suggest = suggester(model)
        passages = reading.of_files(files, edition, report) if files else reading.of_edition(edition, report)
        survey = survey_names(passages, edition.entries, contexts, with_linked, suggest)
        if not survey.documents:
            return ""
        return tables.render(survey, form, NAMED[kind] if kind else "", min_count, limit)

    if form == "table" and not output:
        run(work, project, "text", strict)
    else:
        run_for_data(work, project, output, strict)


names.add_command(link)
for command in (cli_review.suggest, cli_review.review, cli_review.accept, cli_review.reject, cli_review.apply):
    names.add_command(command)
