"""A report as workflow commands of GitHub Actions, which shows them beside the lines, and a summary of the job."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from editio.diagnostics import Diagnostic, Report, Severity
from editio.reports.text import line_of, summary

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# So many of each severity GitHub shows of one step.
SHOWN = 10
# A summary may have a megabyte; nobody reads so much.
MOST_ROWS = 200
SUMMARY = "GITHUB_STEP_SUMMARY"


def render(report: Report) -> str:
    """The worst first; what GitHub would not show is a line of the log, and it is said how much that is."""
    return "\n".join(_lines(report))


def besides(report: Report, environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """The summary of the job, as a table in Markdown."""
    if environment.get(SUMMARY):
        yield Path(environment[SUMMARY]), step_summary(report)


def step_summary(report: Report) -> str:
    """How many problems of which kind there are, and the first of them, the worst first."""
    found = _by_severity(report)
    lines = ["## Editio", "", f"{summary(report)}.", ""]
    if found:
        counts = Counter((-one.severity, one.code.name) for one in found)
        lines += ["| code | severity | times |", "|---|---|--:|"]
        lines += [f"| {code} | {Severity(-worst).word} | {counts[worst, code]} |" for worst, code in sorted(counts)]
        lines += ["", "| place | severity | problem | what to do |", "|---|---|---|---|", *map(_row, found[:MOST_ROWS])]
    if len(found) > MOST_ROWS:
        lines += ["", f"{len(found) - MOST_ROWS} more are in the log."]
    return "\n".join(lines) + "\n"


def _lines(report: Report) -> Iterator[str]:
    left: list[Diagnostic] = []
    shown: Counter[Severity] = Counter()
    for one in _by_severity(report):
        if shown[one.severity] == SHOWN:
            left.append(one)
            continue
        shown[one.severity] += 1
        yield _command(one, report)
    if left:
        yield f"GitHub shows {SHOWN} problems of a severity beside the lines; {len(left)} more:"
    # indented by a word: a line that begins with “::” would be a command
    yield from (f"more: {line_of(one)}" for one in left)


def _by_severity(report: Report) -> list[Diagnostic]:
    return sorted(report, key=lambda one: -one.severity)


def _command(one: Diagnostic, report: Report) -> str:
    properties = {
        "file": report.path_of(one),
        "line": str(one.location.line or ""),
        "col": str(one.location.column or ""),
        "title": one.code.name,
    }
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return (
        f"::{COMMANDS[one.severity]} {given}::{_message(one.message)}{_message(chr(10) + one.hint) if one.hint else ''}"
    )


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _row(one: Diagnostic) -> str:
    return (
        f"| {_markdown(str(one.location))} | {one.severity.word} | {_markdown(one.message)} | {_markdown(one.hint)} |"
    )


def _markdown(text: str) -> str:
    """Text that means nothing in Markdown; nobody is notified by an “@” in it, nor an issue by a “#”."""
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    return re.sub(r"\\([@#])", lambda found: f"&#{ord(found[1])};", escaped)
