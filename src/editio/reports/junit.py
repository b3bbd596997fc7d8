"""A report as JUnit XML: a suite for each file, in it a case for each check, failed or passed."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from editio.diagnostics import Diagnostic, Report
from editio.reports.text import line_of

# With more cases than that, those in which nothing was found become one for each file: services refuse larger reports.
MOST_CASES = 50_000
ALL_ELSE = "all else"


def render(report: Report) -> str:
    """A case fails if what was found fails the run; what does not is in the output of its case, which passes."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in report.examined.files}
    for one in report:
        by_file.setdefault(one.location.file, []).append(one)
    root = etree.Element("testsuites", name="editio")
    root.extend(_suite(name, by_file[name], report) for name in sorted(by_file))
    for number in ("tests", "failures", "errors"):
        root.set(number, str(sum(int(suite.get(number, "0")) for suite in root)))
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def _suite(name: str, found: Sequence[Diagnostic], report: Report) -> etree._Element:
    looked_for = _looked_for(report) if name in report.examined.names else frozenset[str]()
    by_code: dict[str, list[Diagnostic]] = {code: [] for code in looked_for}
    for one in found:
        by_code.setdefault(one.code.name, []).append(one)
    suite = etree.Element("testsuite", name=name or "edition")
    suite.extend(_case(suite.get("name", ""), code, by_code[code], report) for code in sorted(by_code))
    failures = sum(case.find("failure") is not None for case in suite)
    for number, count in {"tests": len(suite), "failures": failures, "errors": 0, "skipped": 0}.items():
        suite.set(number, str(count))
    return suite


def _looked_for(report: Report) -> frozenset[str]:
    """The names of the cases that each file has, whether or not something was found."""
    examined = report.examined
    return examined.codes if len(examined.files) * len(examined.codes) <= MOST_CASES else frozenset({ALL_ELSE})


def _case(file: str, code: str, found: Sequence[Diagnostic], report: Report) -> etree._Element:
    case = etree.Element("testcase", classname=file, name=code)
    failing = [one for one in found if report.fails(one)]
    others = [one for one in found if not report.fails(one)]
    if failing:
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        failure = etree.SubElement(case, "failure", type=failing[0].severity.word, message=failing[0].message + more)
        failure.text = _lines(failing)
    if others:
        etree.SubElement(case, "system-out").text = _lines(others)
    return case


def _lines(found: Sequence[Diagnostic]) -> str:
    return "\n".join(f"{line_of(one)}\n    {one.hint}" if one.hint else line_of(one) for one in found)
