"""Which suggestions a script means, and what it decides about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from editio import codes
from editio.deciding.dates import without_day
from editio.deciding.passages import PARTS, passage_of
from editio.deciding.session import Judge, decision_on, element_of, occurrences_of
from editio.deciding.settle import settle
from editio.deciding.suggest import CERTAINTIES, Suggestion, suggestions_again, suggestions_of_all_marks
from editio.diagnostics import Location, Report
from editio.misspelling import did_you_mean
from editio.model import Decision, Document, Edition, Quote


@dataclass(frozen=True)
class Wanted:
    """What suggestions must be like; what is empty makes no difference."""

    ids: tuple[str, ...] = ()
    words: str = ""
    entry: str = ""
    element: str = ""
    rule: str = ""
    least: str = ""

    @property
    def exact(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words.split())

    @property
    def names_words(self) -> bool:
        """Whether it says which words are meant, so that an entry is what they are to be, not what they must be."""
        return bool(self.ids or self.words)

    def fits(self, one: Suggestion) -> bool:
        """Whether a suggestion is meant."""
        return (
            (not self.ids or one.id in self.ids)
            and self.exact in ("", one.quote.exact)
            and self.element in ("", one.element)
            and self.rule in ("", one.rule)
            and (not self.least or _rank(one.cert) >= _rank(self.least))
        )


@dataclass(frozen=True)
class Chosen:
    """What is decided, the older decisions that it replaces, and whether all of it was decided before."""

    new: tuple[Decision, ...] = ()
    instead: tuple[Decision, ...] = ()
    before: bool = False


@dataclass(frozen=True)
class Command:
    """What a script wants decided, and where: ``again`` also where it is decided already."""

    verdict: str
    wanted: Wanted
    scope: str
    judge: Judge
    again: bool = False


def chosen(command: Command, documents: Sequence[Document], edition: Edition, report: Report) -> Chosen:
    """What is decided in some documents; where that is nothing, it is reported."""
    wanted = command.wanted
    if wanted.entry and wanted.entry not in edition.entries:
        hint = did_you_mean(wanted.entry, list(edition.entries))
        report.add(codes.NOTHING_TO_DECIDE, Location(), f"no register has the entry “{wanted.entry}”", hint)
        return Chosen()
    ask = suggestions_again if command.again else suggestions_of_all_marks
    some = [one for document in documents for one in ask(document, edition)]
    new = tuple(_new(command, some, documents, edition))
    older = tuple(one for one in _older(some, wanted, documents, edition) if command.again or one.verdict == "open")
    if command.again and new:
        return Chosen(new, older)
    if not frozenset(new) <= frozenset(edition.decisions.all):
        return Chosen(new, older)
    if new or _new(command, [one for each in documents for one in suggestions_again(each, edition)], (), edition):
        return Chosen(before=True)
    _report_nothing(some, wanted, command.verdict, report)
    return Chosen()


def _new(
    command: Command, some: Sequence[Suggestion], documents: Sequence[Document], edition: Edition
) -> list[Decision]:
    wanted, judge = command.wanted, command.judge
    accepting = command.verdict == "accept"
    found = list(accepted(some, wanted, judge, edition) if accepting else rejected(some, wanted, judge))
    if command.scope != "place":
        found = list(widened(found, command.scope)) or list(of_words(command, documents, edition))
    return list(dict.fromkeys(found))


def _older(
    some: Sequence[Suggestion], wanted: Wanted, documents: Sequence[Document], edition: Edition
) -> Iterator[Decision]:
    """Decisions about the single places that are decided anew."""
    for document in documents:
        for part in PARTS:
            text = passage_of(document.root, part).text
            settlement = settle(text, document.id, part, edition.decisions)
            for one in some:
                if one.document == document.id and one.quote.part == part and wanted.fits(one):
                    for each in settlement.over(one.start, one.end):
                        if (each.start, each.end) == (one.start, one.end) and each.decision.scope == "place":
                            yield each.decision


def _report_nothing(some: Sequence[Suggestion], wanted: Wanted, verdict: str, report: Report) -> None:
    unsettled = [one for one in some if wanted.fits(one) and one.candidates]
    if verdict == "accept" and unsettled and not wanted.entry:
        ids = ", ".join(dict.fromkeys(id for one in unsettled for id in one.candidates))
        message = f"“{unsettled[0].quote.exact}” may name several entries: say which one by --entry"
        report.add(codes.NOTHING_TO_DECIDE, Location(unsettled[0].file, unsettled[0].line), message, f"there are {ids}")
        return
    report.add(codes.NOTHING_TO_DECIDE, Location(), "no suggestion is as you asked for")


def _rank(cert: str) -> int:
    return CERTAINTIES.index(cert) if cert in CERTAINTIES else -1


def accepted(some: Iterable[Suggestion], wanted: Wanted, judge: Judge, edition: Edition) -> Iterator[Decision]:
    """The decisions that accept suggestions; those that leave open which entry is meant are passed over."""
    for one in some:
        if not wanted.fits(one):
            continue
        entry = wanted.entry or one.entry
        if wanted.entry and wanted.entry not in (one.entry, *one.candidates) and not wanted.names_words:
            continue
        if one.candidates and not wanted.entry:
            continue
        yield as_entry(decision_on(one, "accept", judge, entry), edition)


def as_entry(decision: Decision, edition: Edition) -> Decision:
    """The decision with the element that names its entry, where the suggestion was of another kind of entry."""
    element = element_of(decision.entry, edition, decision.element)
    if decision.element == "rs" and decision.entry in edition.entries:
        kind = edition.entries[decision.entry].kind
        return replace(decision, attributes=tuple(sorted({**dict(decision.attributes), "type": kind}.items())))
    return decision if element == decision.element else replace(decision, element=element, attributes=())


def rejected(some: Iterable[Suggestion], wanted: Wanted, judge: Judge) -> Iterator[Decision]:
    """The decisions that reject suggestions, or one entry of them."""
    for one in some:
        if wanted.fits(one) and wanted.entry in ("", one.entry, *one.candidates):
            yield decision_on(one, "reject", judge, wanted.entry)


def widened(decisions: Iterable[Decision], scope: str) -> Iterator[Decision]:
    """The decisions as they are about all of these words in their document, or in the edition."""
    for one in decisions:
        document = "" if scope == "edition" else one.document
        yield replace(without_day(one), quote=Quote(one.quote.exact), scope=scope, document=document)


def of_words(command: Command, documents: Sequence[Document], edition: Edition) -> Iterator[Decision]:
    """Decisions about all places of words that nobody suggested; none where they do not stand."""
    wanted, scope, judge = command.wanted, command.scope, command.judge
    element = wanted.element or element_of(wanted.entry, edition, "")
    if not element or not wanted.exact:
        return
    found = [one.document.id for one in occurrences_of(wanted.exact, element, documents)]
    for document in dict.fromkeys(found if scope == "document" else [""] if found else []):
        quote = Quote(wanted.exact)
        yield Decision(quote, command.verdict, scope, document, element, wanted.entry, by=judge.by, on=judge.on)
