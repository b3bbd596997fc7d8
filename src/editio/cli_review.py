"""The commands by which an editor decides about names and dates: suggest, review, accept, reject, apply."""

from __future__ import annotations

import codecs
import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.command import format_option, project_option, run, strict_option

if TYPE_CHECKING:
    from editio.deciding.session import Judge
    from editio.diagnostics import Report
    from editio.model import Edition


@dataclass(frozen=True)
class Request:
    """What accept and reject are asked to decide."""

    ids: tuple[str, ...]
    documents: tuple[str, ...]
    words: str
    entry: str
    element: str
    rule: str
    least: str
    every: bool
    all_occurrences: bool
    again: bool
    dry_run: bool

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is said of what is meant."""
        return not (self.every or self.ids or self.documents) and not any(
            (self.words.strip(), self.entry, self.element, self.rule, self.least)
        )


Decorated = Callable[..., None]
ESCAPE = "\x1b"
# Seconds within which the characters of one key follow each other.
SEQUENCE = 0.05

by_option = click.option("--by", default="", help="Who decides (default: [names] editor of edition.toml).")
on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day of the decision (default: today)."
)
documents_argument = click.argument("documents", nargs=-1)


@click.command()
@documents_argument
@click.option("--all", "every", is_flag=True, help="Also the marks of which Editio is sure.")
@project_option
@format_option
@strict_option
def suggest(documents: tuple[str, ...], every: bool, project: Path, form: str, strict: bool) -> None:
    """List what is to be decided, and write it as web annotations.

    DOCUMENTS are ids; without them, all documents are looked at.
    """

    def work(report: Report) -> str:
        from editio.deciding import session
        from editio.deciding.listing import table

        edition = _open(project, report)
        looked_at = session.documents_of(edition, documents, report)
        found = session.write_suggestions(edition, looked_at, every)
        return table(found, edition) if found or not report.failed() else ""

    run(work, project, form, strict)


@click.command()
@documents_argument
@click.option("--element", default="", help="Only what would become this element.")
@click.option("--rule", default="", help="Only what this rule found.")
@click.option("--all", "every", is_flag=True, help="Also the marks of which Editio is sure.")
@by_option
@on_option
@project_option
def review(
    documents: tuple[str, ...], element: str, rule: str, every: bool, by: str, on: date | None, project: Path
) -> None:
    """Decide in the terminal, one key for each suggestion.

    DOCUMENTS are ids; without them, all documents are gone through.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("this is not a terminal; use “editio names accept” and “editio names reject”")

    def work(report: Report) -> str:
        from editio.deciding import review as reviewing
        from editio.deciding import session
        from editio.deciding.select import Wanted

        edition = _open(project, report)
        judge = _judge(edition, by, on)
        if _must_not_write(edition, report):
            return ""
        looked_at = session.documents_of(edition, documents, report)
        wanted = Wanted(element=element, rule=rule)
        with _keys() as (key, line):
            terminal = reviewing.Terminal(key, line, click.echo, _styled)
            edition, said = reviewing.review(edition, looked_at, wanted, every, judge, terminal, report)
        return "\n".join([said, *_carried_out(edition, report)])

    run(work, project, "text", False)


@contextmanager
def _keys() -> Iterator[tuple[Callable[[], str], Callable[[str], str]]]:
    """How to read a key and a line; what is typed ahead is not lost, as it is where each key changes the terminal."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield click.getchar, _line
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)

    def line(prompt: str) -> str:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        try:
            return _line(prompt)
        finally:
            tty.setcbreak(terminal, termios.TCSADRAIN)

    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield partial(_key, terminal), line
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _key(terminal: int) -> str:
    """The next key, and no more: what is typed behind it may be the answer to a prompt, which reads a line."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    typed = ""
    while not typed:
        byte = os.read(terminal, 1)
        if not byte:
            raise EOFError
        typed = decoder.decode(byte)
    return typed + _rest_of_sequence(terminal) if typed == ESCAPE else typed


def _rest_of_sequence(terminal: int) -> str:
    """What an arrow or the like sends behind the escape: “[” or “O”, digits, and a last character; often nothing."""
    rest = ""
    while select.select([terminal], [], [], SEQUENCE)[0]:
        character = os.read(terminal, 1).decode(errors="replace")
        rest += character
        begins_one = len(rest) == 1 and character in ("[", "O")
        if not begins_one and not character.isdecimal() and character != ";":
            break
    return rest


def _line(prompt: str) -> str:
    try:
        return str(click.prompt(prompt, default="", show_default=False, prompt_suffix=" "))
    except click.Abort:
        return "q"


def _styled(text: str, style: str) -> str:
    if os.environ.get("NO_COLOR"):
        return f"[{text}]" if style == "mention" else text
    match style:
        case "mention":
            return click.style(text, bold=True, reverse=True)
        case "key":
            return click.style(text, bold=True)
        case _:
            return click.style(text, dim=True)


def _deciding_options(command: Decorated) -> Decorated:
    """The options that accept and reject have in common."""
    options = [
        click.option("--id", "ids", multiple=True, help="A suggestion, by its id (again for more)."),
        click.option("--document", "documents", multiple=True, help="Only in this document (again for more)."),
        click.option("--words", default="", help="Only these words, as they stand in the text."),
        click.option("--entry", default="", help="The id of the register entry."),
        click.option("--element", default="", help="Only what would become this element."),
        click.option("--rule", default="", help="Only what this rule found."),
        click.option("--min-cert", type=click.Choice(["low", "medium", "high"]), help="Only if at least so sure."),
        click.option("--all", "every", is_flag=True, help="Everything that is suggested."),
        click.option(
            "--all-occurrences", is_flag=True, help="All of these words, in the edition or in --document, also later."
        ),
        click.option("--again", is_flag=True, help="Also where it is decided already."),
        click.option("--dry-run", is_flag=True, help="Show what would be decided and changed, and write nothing."),
        by_option,
        on_option,
        project_option,
        format_option,
        strict_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _deciding(verdict: str, means: str) -> click.Command:
    """The command of a verdict on suggestions, with its help."""

    @click.command(verdict, help=means)
    @_deciding_options
    def decide(
        ids: tuple[str, ...],
        documents: tuple[str, ...],
        words: str,
        entry: str,
        element: str,
        rule: str,
        min_cert: str | None,
        every: bool,
        all_occurrences: bool,
        again: bool,
        dry_run: bool,
        by: str,
        on: date | None,
        project: Path,
        form: str,
        strict: bool,
    ) -> None:
        request = Request(
            ids, documents, words, entry, element, rule, min_cert or "", every, all_occurrences, again, dry_run
        )
        _decide(verdict, request, by, on, project, form, strict)

    return decide


accept = _deciding("accept", "Accept suggestions: the words are marked as the editor's.")
reject = _deciding(
    "reject", "Reject suggestions: the words are not marked.\n\nWith --entry, they are not marked as this entry."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@project_option
@format_option
@strict_option
def apply(dry_run: bool, project: Path, form: str, strict: bool) -> None:
    """Write what is decided into the TEI.

    Needed where the file of decisions was changed by hand or by others, or a
    review was cut off.
    """

    def work(report: Report) -> str:
        edition = _open(project, report)
        if report.failed():
            return ""
        return "\n".join(_carried_out(edition, report, write=not dry_run)) or "the TEI says already what is decided"

    run(work, project, form, strict)


def _decide(verdict: str, request: Request, by: str, on: date | None, project: Path, form: str, strict: bool) -> None:
    if request.says_nothing:
        raise click.UsageError("say what is meant: --words, --id, --document, --entry, --element, --rule, or --all")
    if request.words and not request.words.strip():
        raise click.UsageError("--words holds no words")

    def work(report: Report) -> str:
        from editio.deciding import select, session

        edition = _open(project, report)
        judge = _judge(edition, by, on)
        if _must_not_write(edition, report):
            return ""
        documents = session.documents_of(edition, request.documents, report)
        wanted = select.Wanted(request.ids, request.words, request.entry, request.element, request.rule, request.least)
        scope = "place" if not request.all_occurrences else "document" if request.documents else "edition"
        command = select.Command(verdict, wanted, scope, judge, request.again)
        chosen = select.chosen(command, documents, edition, report)
        if chosen.before:
            return "decided already; --again decides anew"
        if not chosen.new or report.failed():
            return ""
        keep = session.imagined if request.dry_run else partial(session.record, report=report)
        edition = keep(edition, chosen.new, instead=chosen.instead)
        said = [session.said_of(one, edition, request.dry_run) for one in chosen.new]
        return "\n".join([*said, *_carried_out(edition, report, write=not request.dry_run)])

    run(work, project, form, strict)


def _open(project: Path, report: Report) -> Edition:
    from editio import opening

    return opening.open_edition(project, report)


def _must_not_write(edition: Edition, report: Report) -> bool:
    """Whether decisions cannot be recorded: the edition has problems, or their file has lines that are none."""
    return edition.decisions.faulty or report.failed()


def _judge(edition: Edition, by: str, on: date | None) -> Judge:
    from editio import tei
    from editio.deciding.declare import editor_id
    from editio.deciding.session import Judge

    name = " ".join((by or edition.settings.names.editor).split())
    if not name:
        raise click.UsageError("say who decides: --by NAME, or [names] editor in edition.toml")
    if tei.NOT_XML.search(name) or (editor_id(name) in ("editio", "editor") and name.lower() != "editor"):
        raise click.UsageError(f"“{name}” cannot be the name of an editor")
    return Judge(name, (on or date.today()).strftime("%Y-%m-%d"))


def _carried_out(edition: Edition, report: Report, write: bool = True) -> list[str]:
    from editio.deciding import session
    from editio.deciding.faults import report_faults

    said = [session.said_of_outcome(one, write) for one in session.carry_out(edition, report, write)]
    report_faults(session.documents_of(edition, (), report), edition, report)
    return said
