"""What there is to decide in a document: names and dates that are not marked, or marked by Editio and not sure."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from editio import tei
from editio.annotate import context_of, find_mentions
from editio.deciding.apply import editors_of, is_unlinked
from editio.deciding.dates import date_of
from editio.deciding.passages import AUTOMATIC, PARTS, Mark, Passage, passage_of
from editio.deciding.quotation import quote
from editio.deciding.settle import Settled, Settlement, settle
from editio.markable import NAMELESS
from editio.model import Attributes, Context, Decisions, Document, Edition, Mention, Quote
from editio.tei import TEI

CERTAINTIES = ("low", "medium", "high")
# Attributes of a mark that say who made it, not what it means.
REASONS = frozenset("ref resp cert evidence prev next".split())


@dataclass(frozen=True)
class Suggestion:
    """Words that may name an entry or a day: where they stand, what they would become, and why it is asked.

    ``id`` stays the same while the words and what is beside them do; ``marked`` says whether the TEI has the mark,
    ``linked`` whether that points to its entry, if it has one, and ``by_hand`` whether the mark is not Editio's.
    """

    id: str
    document: str
    file: str
    line: int
    start: int
    end: int
    quote: Quote
    element: str
    entry: str = ""
    attributes: Attributes = ()
    rule: str = ""
    cert: str = ""
    candidates: tuple[str, ...] = ()
    almost: str = ""
    marked: bool = False
    linked: bool = True
    by_hand: bool = False

    @property
    def why(self) -> str:
        """Why it is asked, in the editor's words."""
        if len(self.candidates) > 1:
            return "several may be meant"
        if self.almost:
            return f"almost “{self.almost}”"
        if self.marked and not self.linked:
            return "marked, unlinked"
        return f"marked, {self.cert or 'not'} sure" if self.marked else "not marked"


def suggestions(document: Document, edition: Edition) -> tuple[Suggestion, ...]:
    """What is to be decided in a document, in order: what is not marked, and the marks of which Editio is not sure.

    Nothing that is decided, and nothing that the editor has marked herself.
    """
    return _found(document, edition, False, edition.decisions)


def suggestions_of_all_marks(document: Document, edition: Edition) -> tuple[Suggestion, ...]:
    """What is to be decided in a document, and the marks of which Editio is sure."""
    return _found(document, edition, True, edition.decisions)


def suggestions_again(document: Document, edition: Edition) -> tuple[Suggestion, ...]:
    """All that there would be to decide in a document if nothing were decided."""
    return _found(document, edition, True, Decisions())


def _found(document: Document, edition: Edition, every: bool, decisions: Decisions) -> tuple[Suggestion, ...]:
    context = context_of(document.root, edition, date_of(document.root))
    found = [
        one
        for part in PARTS
        for one in _Search(passage_of(document.root, part), document, edition, context, decisions).found(every)
    ]
    return tuple(_identified(found))


def _identified(found: list[Suggestion]) -> Iterator[Suggestion]:
    """The suggestions with ids; those of the same words in the same surroundings are counted."""
    seen: Counter[str] = Counter()
    for one in found:
        said = "\n".join(
            (one.document, one.element, *(one.quote.part, one.quote.exact), one.quote.prefix, one.quote.suffix)
        )
        number = seen[said]
        seen[said] += 1
        id = hashlib.sha256(f"{said}\n{number}".encode()).hexdigest()[:12]
        yield replace(one, id=id)


@dataclass(frozen=True)
class _Search:
    """A passage, with all that is needed to say what is to be decided in it."""

    passage: Passage
    document: Document
    edition: Edition
    context: Context
    decisions: Decisions

    def found(self, every: bool) -> Iterator[Suggestion]:
        """The suggestions of the passage, in order."""
        settlement = settle(self.passage.text, self.document.id, self.passage.part, self.decisions)
        ours = {AUTOMATIC} if self.decisions.all else editors_of(self.edition)
        mentions = {(one.start, one.end): one for one in self._mentions()}
        spans = sorted(mentions)
        asked: dict[tuple[int, int], Suggestion] = {}
        for mark in self.passage.marks:
            span = (mark.start, mark.end)
            meant = _meant(mark, mentions, spans)
            if meant and is_unlinked(mark):
                asked.setdefault(span, self._of_unlinked(mark, meant))
            elif mark.by in ours and (every or mark.first.get("cert") != "high"):
                asked.setdefault(span, self._of_mark(mark, meant))
        for span, mention in mentions.items():
            if span not in asked and not any(_keeps_out(mark, mention) for mark in self.passage.marks_in(*span)):
                asked[span] = self._of_mention(mention)
        for span in sorted(asked, key=lambda one: (one[0], -one[1])):
            open_one = still_open(asked[span], settlement)
            if open_one:
                yield open_one

    def _mentions(self) -> Iterator[Mention]:
        """What annotators find, as they are asked when a source is converted."""
        context = self.context if self.passage.part == "text" else replace(self.context, date="")
        for at, text in self.passage.pieces:
            for one in find_mentions(text, self.edition, context):
                yield replace(one, start=at + one.start, end=at + one.end)

    def _of_mark(self, mark: Mark, mention: Mention | None) -> Suggestion:
        node = mark.first
        own = tuple(sorted((str(n), str(v)) for n, v in node.attrib.items() if n not in REASONS and n != tei.XML_ID))
        named = tuple(ref.rpartition("#")[2] for ref in str(node.get("ref", "")).split())
        made = self._at(mark.start, mark.end, mark.name, node.sourceline or 0)
        asked = replace(made, entry=named[0] if len(named) == 1 else "", attributes=own, marked=True)
        return replace(
            asked,
            rule=str(node.get("evidence", mention.rule if mention else "")),
            cert=str(node.get("cert", "")),
            candidates=mention.candidates if mention else named[1:] and named,
            almost=mention.almost if mention else "",
        )

    def _of_unlinked(self, mark: Mark, mention: Mention) -> Suggestion:
        """The entry that a tagged name may point to."""
        asked = replace(self._of_mark(mark, mention), linked=False, by_hand=mark.by != AUTOMATIC, attributes=())
        return replace(asked, entry=mention.entry, candidates=mention.candidates, rule=mention.rule, cert=mention.cert)

    def _of_mention(self, mention: Mention) -> Suggestion:
        unit = self.passage.unit_of(mention.start, mention.end)
        line = unit.element.sourceline or 0 if unit else 0
        made = self._at(mention.start, mention.end, mention.element, line)
        own = tuple(sorted((name, value) for name, value in mention.attributes.items() if name != "ref"))
        return replace(
            made,
            entry=mention.entry,
            attributes=own,
            rule=mention.rule,
            cert=mention.cert,
            candidates=mention.candidates,
            almost=mention.almost,
        )

    def _at(self, start: int, end: int, element: str, line: int) -> Suggestion:
        quoted = quote(self.passage.text, start, end, self.passage.part)
        return Suggestion("", self.document.id, self.document.name, line, start, end, quoted, element)


def _meant(mark: Mark, mentions: Mapping[tuple[int, int], Mention], spans: Sequence[tuple[int, int]]) -> Mention | None:
    """What annotators find in just the words of a mark; in a name without entry, also the one entry found inside."""
    found = mentions.get((mark.start, mark.end))
    if found and (not is_unlinked(mark) or _names(found, mark)):
        return found
    if not is_unlinked(mark):
        return None
    near = spans[bisect_left(spans, (mark.start, 0)) : bisect_left(spans, (mark.end, 0))]
    known = [mentions[span] for span in near if span[1] <= mark.end and _names(mentions[span], mark)]
    return known[0] if len(known) == 1 else None


def _names(mention: Mention, mark: Mark) -> bool:
    return bool(mention.entry or mention.candidates) and mention.element == mark.name


def _keeps_out(mark: Mark, mention: Mention) -> bool:
    """Whether a mark leaves no room for a mention: any but a longer name of another kind, and names inside it."""
    if mark.first.tag in NAMELESS or not str(mark.first.tag).startswith(TEI):
        return True
    around = mark.start <= mention.start and mention.end <= mark.end
    inside = mention.start <= mark.start and mark.end <= mention.end
    if (around and inside) or not (around or inside):
        return True
    return mark.name == mention.element or mark.name in ("date", "time", "ref", "idno")


def still_open(one: Suggestion, settlement: Settlement) -> Suggestion | None:
    """The suggestion as far as it is not decided; candidates that were rejected are left out."""
    candidates = one.candidates
    for settled in settlement.over(one.start, one.end):
        decision = settled.decision
        if decision.verdict == "open" or not _is_about(settled, one):
            continue
        if decision.verdict == "accept" or decision.entry in ("", one.entry):
            return None
        candidates = tuple(id for id in candidates if id != decision.entry)
    return None if one.candidates and not candidates else replace(one, candidates=candidates)


def _is_about(settled: Settled, one: Suggestion) -> bool:
    decision = settled.decision
    if decision.verdict == "accept":
        same = settled.start == one.start and settled.end == one.end
        return same or decision.element == one.element or not _is_nested(settled, one)
    inside = settled.start <= one.start and one.end <= settled.end
    return inside and decision.element in ("", one.element)


def _is_nested(settled: Settled, one: Suggestion) -> bool:
    inside = settled.start <= one.start and one.end <= settled.end
    return inside or (one.start <= settled.start and settled.end <= one.end)
