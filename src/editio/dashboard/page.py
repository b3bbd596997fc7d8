"""The page of an edition's problems and coverage: one file without script, that needs nothing else and no network."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree, html
from lxml.html.builder import E

from editio.coverage import Coverage, Share
from editio.diagnostics import Code, Diagnostic, Report, Severity
from editio.resources import PACKAGE, VALUES, shipped

WORDS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("remark", "remarks"),
}
# The page is to be read; whoever wants all ten thousand places takes another format.
MOST_PLACES, MOST_DOCUMENTS = 100, 2000
Node = etree._Element


def page(report: Report) -> str:
    """The whole page: how many problems, by document, by code, against the baseline, and what is encoded."""
    sheets = (shipped("xslt") / VALUES, PACKAGE / "dashboard/page.css")
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    allowed = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    title = (report.coverage.title if report.coverage else "") or "Edition"
    head = E.head(
        E.meta(charset="utf-8"),
        etree.Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.title(f"Problems: {title}"),
        E.style(style),
    )
    top = E.header(E.h1(title), E.p(_verdict(report)), _totals(report))
    whole = E.html(head, E.body(top, E.main(*_sections(report))), lang="en")
    return html.tostring(whole, encoding="unicode", doctype="<!DOCTYPE html>")


def _sections(report: Report) -> Iterator[Node]:
    found = sorted([*report, *report.known], key=lambda one: one.sort_key)
    if report.gone is not None:
        yield from _against_baseline(report)
    yield from _by_document(found, report)
    yield from _by_code(found, report)
    if report.coverage:
        yield from _coverage(report.coverage)


def _verdict(report: Report) -> str:
    number = len(report.examined.files)
    files_checked = f"{number} {'file was' if number == 1 else 'files were'} checked. "
    failing = sum(map(report.fails, report))
    if report.refused:
        return "The edition could not be checked."
    if failing:
        return f"{files_checked}{failing} {'problem fails' if failing == 1 else 'problems fail'} the check."
    return f"{files_checked}Nothing fails the check."


def _totals(report: Report) -> Node:
    counts = [(report.count(severity), *WORDS[severity], severity.word) for severity in sorted(Severity, reverse=True)]
    boxes = [
        E.div(E.dt(one if number == 1 else many), E.dd(str(number)), {"class": word})
        for number, one, many, word in counts
    ]
    return E.dl(*boxes, {"class": "totals"})


# --- the baseline -----------------------------------------------------------------------------------------


def _against_baseline(report: Report) -> Iterator[Node]:
    new, known = (Counter(one.code.name for one in found) for found in (report, report.known))
    yield E.h2("Since the baseline", id="baseline")
    gone = report.gone or 0
    yield E.p(f"{new.total()} new, {known.total()} known to the baseline, {gone} gone since it was written.")
    if new or known:
        rows = [(_link(name), str(new[name]), str(known[name])) for name in sorted({*new, *known})]
        yield _table(("code", "new", "known"), rows, numbers=(1, 2))


# --- problems ---------------------------------------------------------------------------------------------


def _by_document(found: Sequence[Diagnostic], report: Report) -> Iterator[Node]:
    counts: dict[str, Counter[Severity]] = {name: Counter() for name in report.examined.files}
    for one in found:
        counts.setdefault(one.location.file or "the edition as a whole", Counter())[one.severity] += 1
    if not counts:
        return
    order = sorted(
        counts, key=lambda name: ([-counts[name][severity] for severity in sorted(Severity, reverse=True)], name)
    )
    yield E.h2("By document", id="documents")
    rows = [_document_row(name, counts[name], report.coverage) for name in order[:MOST_DOCUMENTS]]
    headers = ("file", "errors", "warnings", "remarks", "names linked", "dates that say when", "notes")
    yield _table(headers, rows, numbers=(1, 2, 3, 4, 5, 6), wide=True)
    yield from _left_out(len(order) - MOST_DOCUMENTS, "files")


def _document_row(name: str, counts: Counter[Severity], coverage: Coverage | None) -> tuple[str, ...]:
    severities = [str(counts[severity] or "") for severity in sorted(Severity, reverse=True)]
    own = coverage.documents.get(name) if coverage else None
    if own is None:
        return (name, *severities, "", "", "")
    return (name, *severities, _of(own.names), _of(own.dates), str(own.notes or ""))


def _by_code(found: Sequence[Diagnostic], report: Report) -> Iterator[Node]:
    by_code: dict[Code, list[Diagnostic]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one)
    if not by_code:
        return
    yield E.h2("By kind", id="codes")
    known = set(report.known)
    for code in sorted(by_code, key=lambda code: (-code.severity, -len(by_code[code]), code.name)):
        yield _code(code, by_code[code], known)


def _code(code: Code, found: Sequence[Diagnostic], known: set[Diagnostic]) -> Node:
    rows = [_place_row(one, one in known) for one in found[:MOST_PLACES]]
    headers = ("place", "what is so", "what to do here")[: 3 if any(row[2] for row in rows) else 2]
    example = [E.p("Example:"), E.pre(E.code(code.example))] if code.example else []
    told = E.div(
        E.p(code.cause),
        E.p(f"What to do: {code.cure}."),
        *example,
        _table(headers, [row[: len(headers)] for row in rows], wide=True, places=True),
        *_left_out(len(found) - MOST_PLACES, "places"),
        {"class": "told"},
    )
    summary = E.summary(
        E.span(code.severity.word, {"class": code.severity.word}),
        " ",
        E.span(code.name),
        " ",
        E.span(f"{len(found)} ×", {"class": "count"}),
    )
    return E.details(summary, told, id=code.name)


def _place_row(one: Diagnostic, is_known: bool) -> tuple[str, str, str]:
    """Place, message, and what to do if it is not what the code always says."""
    message = f"{one.message} (known)" if is_known else one.message
    return str(one.location), message, "" if one.hint == one.code.cure else one.hint


def _left_out(number: int, what: str) -> Iterator[Node]:
    if number > 0:
        yield E.p(f"{number} more {what} are not shown; “editio validate” lists them all.", {"class": "soft"})


# --- coverage ---------------------------------------------------------------------------------------------

NAMES = {"persName": "names of persons", "placeName": "names of places", "orgName": "names of organisations"}
ENTRIES = {"person": "persons", "place": "places", "org": "organisations", "event": "events"}


def _coverage(coverage: Coverage) -> Iterator[Node]:
    rows = [(f"{NAMES.get(name, name)} with an entry", share) for name, share in coverage.names.items()]
    rows += [
        (f"{ENTRIES.get(kind, kind)} of the registers that are mentioned", share)
        for kind, share in coverage.entries.items()
    ]
    rows += [("dates that say when", coverage.dates), ("documents with notes", coverage.notes)]
    yield E.h2("Coverage", id="coverage")
    cells = [(words, _of(share), f"{share.percent} %", _bar(share)) for words, share in rows if share.whole]
    if cells:
        yield _table(("what", "how many", "share", ""), cells, numbers=(1, 2))
    else:
        yield E.p("There is no document with names, dates or notes yet.")


def _of(share: Share) -> str:
    return f"{share.part} of {share.whole}" if share.whole else ""


def _bar(share: Share) -> Node:
    """The share as a bar; the number beside it says the same, so that nobody has to see it."""
    bar = etree.Element("svg", {"viewBox": "0 0 100 1", "preserveAspectRatio": "none", "aria-hidden": "true"})
    etree.SubElement(bar, "rect", {"width": str(share.percent), "height": "1"})
    return bar


# --- tables -----------------------------------------------------------------------------------------------


def _link(code: str) -> Node:
    return E.a(code, href=f"#{code}")


def _table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str | Node]],
    numbers: Sequence[int] = (),
    wide: bool = False,
    places: bool = False,
) -> Node:
    """A table whose first cells head their rows; a ``wide`` one becomes a list on narrow screens, with its headings."""

    def cell(at: int, content: str | Node) -> Node:
        label = {"data-label": headers[at]} if wide and at else {}
        number = {"class": "number"} if at in numbers else {}
        return E.td(*_filled(content), {**label, **number})

    first = {"scope": "row", **({"class": "place"} if places else {})}
    head = [
        E.th(words, {"scope": "col", **({"class": "number"} if at in numbers else {})}) if words else E.td()
        for at, words in enumerate(headers)
    ]
    body = [E.tr(E.th(*_filled(row[0]), first), *(cell(at, one) for at, one in enumerate(row) if at)) for row in rows]
    table = E.table(E.thead(E.tr(*head)), E.tbody(*body), {"class": "wide"} if wide else {})
    return E.div(table, {"class": "scroll"})


def _filled(content: str | Node) -> tuple[str | Node, ...]:
    """The content of a cell; an empty one has none, not even an empty text."""
    return (content,) if not isinstance(content, str) or content else ()
