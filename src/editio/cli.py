"""The command line: parses, calls one function, shows the report, chooses the exit code.

Whatever needs lxml or Saxon is imported inside the commands,
so that ``--help`` is there at once.
"""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio import __version__
from editio.cli_names import names
from editio.cli_serve import serve
from editio.cli_validate import validate
from editio.command import FILE, FOLDER, format_option, project_option, run, strict_option

if TYPE_CHECKING:
    from editio.account import Account, Entry
    from editio.build import Converted
    from editio.diagnostics import Report
    from editio.model import Edition

# The stages that every build goes through; publishing is whole only when all formats are built.
CONVERTING = frozenset({"read", "encode", "annotate", "schema", "check"})


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="editio")
def main() -> None:
    """Build a scholarly edition: sources to TEI P5, TEI to a web edition and a book.

    A folder with an edition.toml is an edition; “editio init” makes one. Exit code 0: clean,
    1: problems found, 2: wrong use.
    """


@main.command()
@click.argument("directory", type=FOLDER, default=Path())
@click.option(
    "--ci",
    "services",
    type=click.Choice(["github", "gitlab", "both"]),
    multiple=True,
    help="Whose workflow it is to have; may be given twice.",
)
def init(directory: Path, services: tuple[str, ...]) -> None:
    """Begin a new edition in DIRECTORY.

    It has a sample source in it, so that it builds at once, and a workflow for GitHub. In an edition that is
    there already, --ci adds the workflow and nothing else.
    """
    from editio.scaffold import add_workflows, scaffold

    wanted = ("github", "gitlab") if "both" in services else services
    try:
        existing = scaffold(directory, wanted or ("github",))
        added = add_workflows(directory, wanted) if existing else ()
    except OSError as error:
        click.echo(f"{error.filename or directory}: cannot be written: {error.strerror}", err=True)
        sys.exit(2)
    if existing and not added:
        words = "has a workflow already" if services else f"there is an edition already ({existing})"
        click.echo(f"{directory}: {words}", err=True)
        sys.exit(2)
    if existing:
        click.echo("\n".join(f"{name}: written" for name in added))
        return
    here = directory.resolve() == Path().resolve()
    click.echo(
        f"A new edition is in {directory.resolve().name}. Now: {'' if here else f'cd {directory} && '}editio build"
    )


@main.command()
@click.argument("sources", nargs=-1, type=FILE)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write the TEI of one source to this file.")
@click.option("--keep", is_flag=True, help="Settle conflicts: the TEI files edited by hand are right as they are.")
@click.option("--dry-run", is_flag=True, help="Show what would change in the TEI, and write nothing.")
@click.option("--explain", is_flag=True, help="Say block by block which rule decides what, and write nothing.")
@click.option("--ledger", type=click.Path(path_type=Path), help="Write the ledgers to this file, as Markdown.")
@project_option
@format_option
@strict_option
def convert(
    sources: tuple[Path, ...],
    output: Path | None,
    keep: bool,
    dry_run: bool,
    explain: bool,
    ledger: Path | None,
    project: Path,
    form: str,
    strict: bool,
) -> None:
    """Encode SOURCES (default: all of the edition) as TEI."""
    if sum(map(bool, (dry_run, keep, output, explain))) > 1:
        raise click.UsageError("only one of -o, --keep, --dry-run and --explain at a time")
    if ledger and (keep or output or explain):
        raise click.UsageError("--ledger goes with --dry-run, or alone")
    if output:
        _refuse_output(output, sources)

    def work(report: Report) -> str:
        from editio import build, opening

        if output:
            return _convert_alone(sources[0], output, project, report)
        edition = opening.open_folder(project, report) if explain and sources else opening.open_edition(project, report)
        if keep:
            kept = build.keep_edited(edition)
            return "\n".join(f"{name}: settled, your file counts" for name in kept) or "no conflicts to settle"
        if opening.stops(report):
            return ""
        if explain:
            return "\n".join(build.explain_conversion(edition, sources, report))
        return _convert_all(edition, sources, dry_run, ledger, report)

    run(work, project, form, strict)


@main.command()
@click.argument("formats", nargs=-1)
@click.option("--tei", type=FOLDER, help="Publish this folder of TEI files instead of an edition.")
@click.option("--output", "-o", type=FOLDER, help="Where to (default: the folder output of the edition).")
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, help="Worker processes (default: one a processor).")
@project_option
@format_option
@strict_option
def build(
    formats: tuple[str, ...], tei: Path | None, output: Path | None, jobs: int, project: Path, form: str, strict: bool
) -> None:
    """Convert what changed, validate, and publish as FORMATS.

    FORMATS are html and print; without any, all are made.
    """
    began = time.monotonic()
    names = _formats(formats)

    def work(report: Report) -> str:
        from editio import build as stages
        from editio import opening
        from editio.validate import report_unused_ignores

        if tei:
            edition, folder, lines = opening.open_folder(tei, report), tei, []
        else:
            edition = opening.open_edition(project, report)
            folder = project / edition.settings.convert.tei
            lines = _converted_and_checked(edition, report)
        if report.failed(strict):
            return "\n".join([*lines, "not published: there are problems"])
        written = stages.build(edition, folder, output or (tei or project) / "output", names, jobs, report)
        report_unused_ignores(CONVERTING if names else CONVERTING | {"publish"}, report)
        lines += [f"{path}/" for path in written] or ["not published: there are problems"]
        return "\n".join([*lines, f"{time.monotonic() - began:.1f} s"])

    run(work, tei or project, form, strict)


def _formats(names: tuple[str, ...]) -> tuple[str, ...]:
    """The formats that are to be built; wrong use if there is no such format."""
    from editio.registry import writers

    for name in names:
        if name not in writers():
            raise click.UsageError(f"no format “{name}”; known formats: {', '.join(writers())}")
    return names


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a diagnostic's CODE means and what to do.

    Without CODE, all codes are listed.
    """
    from editio.explain import all_codes, explanation, listing

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    text = explanation(code.lower(), width) if code else listing(width)
    if text is None:
        close = difflib.get_close_matches(str(code), all_codes(), n=1)
        suggestion = f"did you mean “{close[0]}”?" if close else "“editio explain” lists all"
        click.echo(f"no code “{code}”; {suggestion}", err=True)
        sys.exit(2)
    click.echo(text)


def _refuse_output(output: Path, sources: tuple[Path, ...]) -> None:
    if len(sources) != 1:
        raise click.UsageError("-o FILE needs exactly one source")
    if output.is_dir() or output.resolve() == sources[0].resolve():
        raise click.UsageError(f"-o {output} is a folder or the source itself")


def _convert_alone(source: Path, output: Path, project: Path, report: Report) -> str:
    """Convert one source to one file; the project, if there is one, gives settings and registers."""
    from editio import build, opening, read, tei

    edition = opening.open_folder(project, report)
    if output.resolve().parent == (project / edition.settings.convert.tei).resolve():
        raise click.UsageError("-o FILE may not be in the edition's own TEI folder; “editio convert” writes there")
    draft = read.read(source, edition.settings, report)
    made = build.encode_document(draft, edition, report) if draft and not report.failed() else None
    if made is None:
        return ""
    tei.write_if_changed(output, made[0])
    return f"{source} → {output}: {_ledger(made[1].characters, made[1].text, made[1].header)}"


def _convert_all(
    edition: Edition, sources: tuple[Path, ...], dry_run: bool, ledger: Path | None, report: Report
) -> str:
    """Convert, or show what converting would change; write the ledgers if they are wanted."""
    from editio import build
    from editio.account import ledger_entry, ledger_report

    entries: list[Entry] = []

    def tell(account: Account) -> None:
        if ledger:
            entries.append(ledger_entry(account))

    if dry_run:
        planned = build.plan_conversion(edition, sources, report, tell)
        said = [_preview(one.converted, build.difference(one)) for one in planned]
    else:
        said = [_line(one) for one in build.convert(edition, sources, report, tell)]
    if ledger:
        ledger.parent.mkdir(parents=True, exist_ok=True)
        ledger.write_text(ledger_report(entries), encoding="utf-8")
        said.append(f"{ledger}: the ledgers of {len(entries)} documents")
    return "\n".join(said)


def _converted_and_checked(edition: Edition, report: Report) -> list[str]:
    from editio import build, opening
    from editio.config import ConvertSettings
    from editio.diagnostics import Severity
    from editio.validate import check
    from editio.validating.criteria import criteria_of

    if opening.stops(report):
        return []
    sources = edition.settings.convert.sources
    needed = sources != ConvertSettings().sources or (edition.root / sources).is_dir()
    converted = build.convert(edition, (), report) if needed else ()
    check(edition, (), criteria_of(edition), report, Severity.WARNING)
    return [_line(one) for one in converted]


def _preview(one: Converted, difference: list[str]) -> str:
    """What would become of a source, and the change of its TEI, coloured (click takes colours off where no terminal is)."""
    colours = {} if os.environ.get("NO_COLOR") else {"+": "green", "-": "red", "@": "cyan"}
    shown = (click.style(line, fg=colours[line[0]]) if line[:1] in colours else line for line in difference)
    return "\n".join([f"{one.source} → {one.file}: would be {one.state}", *shown])


def _line(one: Converted) -> str:
    balance = one.balance
    return f"{one.source} → {one.file}: {one.state}; {_ledger(balance.characters, balance.text, balance.header)}"


def _ledger(characters: int, text: int, header: int) -> str:
    marks = characters - text - header
    return f"{characters} characters = {text} text + {header} header + {marks} markup, 0 lost"


main.add_command(names)
main.add_command(serve)
main.add_command(validate)
