"""The commands of “editio names”: who is mentioned in an edition, and who decides it."""

from __future__ import annotations

import click

from editio.cli_link import link


@click.group()
def names() -> None:
    """Find, review and link the names and dates of an edition."""


names.add_command(link)
