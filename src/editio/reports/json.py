"""A report for programs, as described in docs/diagnostics.md."""

from __future__ import annotations

import json

from editio.diagnostics import Report, Severity


def render(report: Report) -> str:
    """``{"diagnostics": […], "summary": {…}}``, two spaces deep, keys in a fixed order."""
    diagnostics = [
        {
            "file": one.location.file,
            "line": one.location.line,
            "column": one.location.column,
            "severity": one.severity.word,
            "stage": one.code.stage,
            "code": one.code.name,
            "message": one.message,
            "hint": one.hint,
            **({"allowed": list(one.allowed)} if one.allowed else {}),
            **({"follows": {"line": one.follows.line, "column": one.follows.column}} if one.follows else {}),
        }
        for one in report
    ]
    summary = {severity.word: report.count(severity) for severity in sorted(Severity, reverse=True)}
    return json.dumps({"diagnostics": diagnostics, "summary": summary}, ensure_ascii=False, indent=2)
