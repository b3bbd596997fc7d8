"""A report as GitLab's Code Quality wants it: a list of issues."""

from __future__ import annotations

import json

from editio.diagnostics import Report, Severity
from editio.fingerprints import fingerprints

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """Each diagnostic with a fingerprint by which GitLab knows it again; a place without a line is said of the first."""
    issues = [
        {
            "type": "issue",
            "check_name": one.code.name,
            "categories": ["Bug Risk"],
            "description": f"{one.message}; {one.hint}" if one.hint else one.message,
            "severity": SEVERITIES[one.severity],
            "fingerprint": mark,
            "location": {"path": report.path_of(one), "lines": {"begin": max(one.location.line, 1)}},
        }
        for one, mark in fingerprints(report)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2)
