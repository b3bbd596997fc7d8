"""The commands of “editio names”: who is mentioned in an edition, and who decides it."""

from __future__ import annotations

import click

from editio import cli_review


@click.group()
def names() -> None:
    """Find, review and link the names and dates of an edition."""


for command in (cli_review.suggest, cli_review.review, cli_review.accept, cli_review.reject, cli_review.apply):
    names.add_command(command)
