"""A report as a page for editors, with explanations, the baseline and the coverage of the edition."""

from __future__ import annotations

from editio.dashboard.page import page
from editio.diagnostics import Report


def render(report: Report) -> str:
    """The page; it is one file, without script, that needs nothing else."""
    return page(report)
