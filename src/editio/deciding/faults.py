"""Reports decisions that have no effect: lost ones, contradicting ones, and those about what the edition does not have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from editio import codes, tei
from editio.deciding.apply import is_known
from editio.deciding.passages import PARTS, passage_of
from editio.deciding.settle import Settlement, settle
from editio.diagnostics import Location, Report
from editio.misspelling import did_you_mean
from editio.model import Decision, Document, Edition

SHOWN = 40


def report_faults(documents: Iterable[Document], edition: Edition, report: Report) -> None:
    """Report what is wrong with the edition's decisions, given all its documents."""
    decisions = edition.decisions
    if not decisions.all:
        return
    texts = {document.id: document for document in documents if document.root.find(f"{tei.TEI}text") is not None}
    for id in decisions.by_document:
        for settlement in _settlements(texts[id], edition) if id in texts else ():
            _report(settlement, edition, report)
    for one, other in dict.fromkeys(_contradicting_everywhere(edition)):
        _contradiction(one, other, edition, report)
    ids = [*texts]
    for decision in decisions.all:
        if decision.scope != "edition" and decision.document not in texts:
            hint = did_you_mean(decision.document, ids) if difflib.get_close_matches(decision.document, ids) else ""
            message = f"the edition has no document “{decision.document}”"
            report.add(codes.UNKNOWN_IN_DECISION, place_of(decision, edition), message, hint)
        if decision.verdict == "accept" and not is_known(decision, edition):
            message = f"no register has the entry “{decision.entry}” that “{shown(decision)}” is to be"
            report.add(codes.UNKNOWN_IN_DECISION, place_of(decision, edition), message)


def _contradicting_everywhere(edition: Edition) -> Iterator[tuple[Decision, Decision]]:
    """Decisions about the whole edition that contradict each other: those about the same words."""
    by_words: dict[str, list[Decision]] = {}
    for one in edition.decisions.by_document.get("", ()):
        by_words.setdefault(one.quote.exact, []).append(one)
    for words, some in by_words.items():
        if len(some) > 1:
            yield from settle(words, "", "text", edition.decisions).contradicting


def _settlements(document: Document, edition: Edition) -> Iterator[Settlement]:
    for part in PARTS:
        yield settle(passage_of(document.root, part).text, document.id, part, edition.decisions)


def _report(settlement: Settlement, edition: Edition, report: Report) -> None:
    for one in settlement.lost:
        message = f"“{shown(one)}” no longer stands in {one.document} where it was decided"
        report.add(codes.LOST_DECISION, place_of(one, edition), message)
    for one, other in settlement.contradicting:
        if one.scope != "edition":
            _contradiction(one, other, edition, report)


def _contradiction(one: Decision, other: Decision, edition: Edition, report: Report) -> None:
    says = " and ".join(
        f"{each.verdict}s {' '.join(filter(None, (each.element, each.entry)))}" for each in (one, other)
    )
    message = f"lines {one.line} and {other.line} contradict each other about “{shown(one)}”: {says}"
    report.add(codes.CONTRADICTING_DECISIONS, place_of(other, edition), message)


def place_of(decision: Decision, edition: Edition) -> Location:
    """The line of a decision in its file."""
    return Location(edition.settings.names.decisions, decision.line)


def shown(decision: Decision) -> str:
    """The words of a decision, shortened if they are many."""
    words = decision.quote.exact
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
