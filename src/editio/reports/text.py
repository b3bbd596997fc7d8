"""A report for people: a line for each diagnostic, what to do below it, and a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from editio.diagnostics import Diagnostic, Report, Severity, consequences, is_cause

# What stands before a hint, how far the second line of a message is set in, and below what width nothing can be read.
HINT, HANGING, NARROWEST = "    ", 2, 40
LINES_SHOWN = 8


def render(report: Report) -> str:
    """``file:line:column: severity: message [code]``, the form compilers use, so that editors and CI find the place."""
    return "\n".join(_lines(report))


def fitted(rendered: str, width: int) -> str:
    """A report for a terminal of so many columns: lines are broken between words, and what goes on is set in."""
    return "\n".join(part for line in rendered.splitlines() for part in _parts(line, width))


def _parts(line: str, width: int) -> list[str]:
    indent = " " * (HANGING if line[:1].strip() else len(HINT))
    return wrap(line, max(width, NARROWEST), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def line_of(diagnostic: Diagnostic) -> str:
    """The line of one diagnostic."""
    return f"{diagnostic.location}: {diagnostic.severity.word}: {diagnostic.message} [{diagnostic.code.name}]"


def summary(report: Report) -> str:
    """How many diagnostics of each severity there are."""
    counts = [(report.count(severity), severity.word) for severity in sorted(Severity, reverse=True)]
    plural = {"error": "errors", "warning": "warnings", "info": "remarks"}
    singular = {"error": "error", "warning": "warning", "info": "remark"}
    words = [f"{number} {(singular if number == 1 else plural)[word]}" for number, word in counts if number]
    following = sum(map(len, consequences(report.found).values()))
    if following:
        words[0] += f" ({following} of them {'follow' if following > 1 else 'follows'} from another)"
    return ", ".join(words) or "no problems"


def _lines(report: Report) -> Iterator[str]:
    diagnostics = list(report)
    following = consequences(diagnostics)
    folded = {id(one) for some in following.values() for one in some}
    for diagnostic in diagnostics:
        if id(diagnostic) in folded:
            continue
        yield line_of(diagnostic)
        if diagnostic.hint:
            yield f"{HINT}{diagnostic.hint}"
        if is_cause(diagnostic) and (some := following.pop(diagnostic.location, None)):
            yield f"{HINT}{_said_of(some, diagnostic.location.file)}"


def _said_of(following: Sequence[Diagnostic], file: str) -> str:
    places = dict.fromkeys((one.location.line, one.location.file) for one in following)
    lines = [f"{line}{'' if where == file else f' of {where}'}" for line, where in places]
    shown = f"{', '.join(lines[:LINES_SHOWN])}{' …' if len(lines) > LINES_SHOWN else ''}"
    number = f"{len(following)} more follow" if len(following) > 1 else "1 more follows"
    return f"{number} from it, in line{'s' if len(lines) > 1 else ''} {shown}"
