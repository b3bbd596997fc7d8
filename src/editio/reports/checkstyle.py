"""A report in the form of Checkstyle, which Jenkins and many editors read."""

from __future__ import annotations

from itertools import groupby

from lxml import etree

from editio.diagnostics import Diagnostic, Report


def render(report: Report) -> str:
    """A ``file`` for each that has a problem; a place without a line is said of the first."""
    root = etree.Element("checkstyle", version="10.0")
    for name, found in groupby(report, report.path_of):
        file = etree.SubElement(root, "file", name=name)
        for one in found:
            file.append(_error(one))
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def _error(one: Diagnostic) -> etree._Element:
    attributes = {
        "line": str(max(one.location.line, 1)),
        "column": str(one.location.column or ""),
        "severity": one.severity.word,
        "message": f"{one.message}; {one.hint}" if one.hint else one.message,
        "source": f"editio.{one.code.name}",
    }
    return etree.Element("error", {name: value for name, value in attributes.items() if value})
