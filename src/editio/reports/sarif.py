"""A report as SARIF 2.1.0, the form of GitHub's code scanning and of many viewers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from editio import __version__
from editio.diagnostics import Code, Diagnostic, Report, Severity
from editio.fingerprints import fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "editio/v1"
# GitHub refuses a run with more results than that.
MOST_RESULTS = 25_000


def render(report: Report) -> str:
    """One run; the rules are the codes that were found, each with its explanation. Of too many results the worst are told."""
    results = list(fingerprints(report))
    worst = sorted(range(len(results)), key=lambda at: -results[at][0].severity)[:MOST_RESULTS]
    codes = sorted({one.code.name: one.code for one in report}.values(), key=lambda code: code.name)
    index_of = {code.name: index for index, code in enumerate(codes)}
    driver = {"name": "Editio", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(*results[at], index_of, report) for at in sorted(worst)],
        "properties": {"resultsLeftOut": len(results) - len(worst)},
    }
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _rule(code: Code) -> Mapping[str, object]:
    example = f"\n\nExample:\n\n{code.example}" if code.example else ""
    fenced = f"\n\nExample:\n\n```xml\n{code.example}\n```" if code.example else ""
    text = f"{code.cause}\n\nWhat to do: {code.cure}."
    return {
        "id": code.name,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": code.name.replace("-", " ")},
        "fullDescription": {"text": code.cause},
        "help": {"text": text + example, "markdown": text.replace("<", "&lt;") + fenced},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
        "properties": {"tags": [code.stage]},
    }


def _result(one: Diagnostic, mark: str, index_of: Mapping[str, int], report: Report) -> Mapping[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(report.path_of(one))}}
    if one.location.line:
        column = {"startColumn": one.location.column} if one.location.column else {}
        place["region"] = {"startLine": one.location.line, **column}
    hint = f"\n{one.hint}" if one.hint else ""
    return {
        "ruleId": one.code.name,
        "ruleIndex": index_of[one.code.name],
        "level": LEVELS[one.severity],
        "message": {"text": one.message + hint},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: mark},
    }


def _uri(path: str) -> str:
    """A file as a reference relative to where the command ran, as consumers want it; absolute only what lies elsewhere."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path)
