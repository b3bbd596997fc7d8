"""A report for people: a line for each diagnostic, what to do below it, and a count."""

from __future__ import annotations

from collections.abc import Iterator

from editio.diagnostics import Diagnostic, Report, Severity


def render(report: Report) -> str:
    """``file:line:column: severity: message [code]``, the form compilers use, so that editors and CI find the place."""
    return "\n".join(_lines(report))


def line_of(diagnostic: Diagnostic) -> str:
    """The line of one diagnostic."""
    return f"{diagnostic.location}: {diagnostic.severity.word}: {diagnostic.message} [{diagnostic.code.name}]"


def summary(report: Report) -> str:
    """How many diagnostics of each severity there are."""
    counts = [(report.count(severity), severity.word) for severity in sorted(Severity, reverse=True)]
    plural = {"error": "errors", "warning": "warnings", "info": "remarks"}
    singular = {"error": "error", "warning": "warning", "info": "remark"}
    words = [f"{number} {(singular if number == 1 else plural)[word]}" for number, word in counts if number]
    return ", ".join(words) or "no problems"


def _lines(report: Report) -> Iterator[str]:
    for diagnostic in report:
        yield line_of(diagnostic)
        if diagnostic.hint:
            yield f"    {diagnostic.hint}"
