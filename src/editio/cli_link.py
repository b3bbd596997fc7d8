"""The command “editio names link”: who entries of the registers may be, by authority files; the editor decides."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editio.command import PROBLEMS, done, project_option, run, strict_option
from editio.kinds import KINDS

if TYPE_CHECKING:
    from editio.diagnostics import Report
    from editio.linking.link import Wanted
    from editio.linking.listing import Row
    from editio.linking.proposals import Proposal
    from editio.model import Edition, Entry


@click.command()
@click.argument("entries", nargs=-1)
@click.option("--service", "services", multiple=True, help="Ask this service; without it, nothing goes online.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only entries of this kind.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Proposals for an entry.")
@click.option("--refresh", "cached", flag_value="refresh", help="Ask anew what was answered before.")
@click.option("--no-cache", "cached", flag_value="off", help="Neither use nor keep what was answered.")
@click.option("--accept", multiple=True, metavar="ENTRY=ID", help="Write this identifier into the register.")
@click.option("--reject", multiple=True, metavar="ENTRY=ID", help="Never propose this identifier again.")
@click.option("--choose", is_flag=True, help="Decide about the proposals one by one, on the terminal.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="Form of the list.")
@project_option
@strict_option
def link(
    entries: tuple[str, ...],
    services: tuple[str, ...],
    kind: str | None,
    limit: int,
    cached: str | None,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    choose: bool,
    form: str,
    project: Path,
    strict: bool,
) -> None:
    """Propose identifiers of authority files for ENTRIES.

    ENTRIES are ids of the registers; without them, all that have no identifier.

    Only with --service is a service asked, over the network. Proposals are kept in names/links/ until
    they are accepted or rejected; an ID is TYPE:IDENTIFIER or an address.
    """
    if (accept or reject) and (choose or entries or len(services) > 1):
        raise click.UsageError("--accept and --reject go with at most one --service, which says the type of a bare ID")
    if choose and form != "text":
        raise click.UsageError("--choose goes with --format text")
    found: list[Row] = []

    def work(report: Report) -> str:
        from editio import opening
        from editio.linking.link import Wanted, look_up

        edition = opening.open_edition(project, report)
        if report.failed():
            return ""
        if accept or reject:
            return _decide(edition, accept, reject, services, report)
        wanted = Wanted(entries, kind or "", limit)
        if services:
            look_up(edition, services, wanted, cached or "use", report, tell=_tell)
        if choose:
            return _choose(edition, wanted, services, report)
        found.extend(_rows(edition, wanted, services, report))
        return _listed(found) if form == "text" and (found or not report.failed()) else ""

    if form == "text":
        run(work, project, form, strict)
    report, _ = done(work, project)
    _show(report, found, form)
    sys.exit(PROBLEMS if report.failed(strict) else 0)


def _tell(service: str, done: int, all: int) -> None:
    """Show on a terminal how far the asking has come."""
    if sys.stderr.isatty():
        click.echo(f"\r{service}: {done} of {all}", nl=done == all, err=True)


def _listed(found: Sequence[Row]) -> str:
    from editio.linking.listing import as_text

    return as_text(found) or "no proposals"


def _show(report: Report, found: Sequence[Row], form: str) -> None:
    """The list on standard output, with the report in it or, of a table, beside it."""
    from editio.linking.listing import as_csv, as_json
    from editio.reports import json, text

    if form == "json":
        click.echo(as_json(found, json.render(report)))
        return
    click.echo(as_csv(found))
    for part in (text.render(report), text.summary(report)):
        if part:
            click.echo(part, err=True)


def _decide(
    edition: Edition, accept: Sequence[str], reject: Sequence[str], services: Sequence[str], report: Report
) -> str:
    from editio.linking import decisions
    from editio.linking.services import service_named

    type = service_named(services[0], edition.settings).type if services else ""
    lines = [*decisions.accept(edition, accept, type, report), *decisions.reject(edition, reject, type, report)]
    return "\n".join(lines)


def _rows(edition: Edition, wanted: Wanted, services: Sequence[str], report: Report) -> list[Row]:
    from editio.linking.link import wanted_entries
    from editio.linking.listing import rows
    from editio.linking.proposals import all_links

    links = [one for one in all_links(edition.root, report) if not services or one.service in services]
    ids = [entry.id for entry in wanted_entries(edition, wanted, report)]
    return list(rows(links, edition.entries, ids))


def _choose(edition: Edition, wanted: Wanted, services: Sequence[str], report: Report) -> str:
    from editio.linking import decisions
    from editio.linking.link import wanted_entries
    from editio.linking.listing import told
    from editio.linking.proposals import Links, all_links

    ids = {entry.id for entry in wanted_entries(edition, wanted, report)}
    links = [
        Links(one.service, one.type, {id: found for id, found in one.proposals.items() if id in ids})
        for one in all_links(edition.root, report)
        if not services or one.service in services
    ]

    def ask(entry: Entry, type: str, proposals: Sequence[Proposal]) -> str:
        click.echo(f"{entry.id}: {entry.name}{f' – {entry.description}' if entry.description else ''}")
        for number, one in enumerate(proposals, 1):
            click.echo(f"  {number}  {told(type, one)}")
        return str(click.prompt("number, n none of them, s skip, q quit", default="s", show_default=False)).strip()

    return "\n".join(decisions.choose(edition, links, ask, report))
