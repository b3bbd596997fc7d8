"""Makes a TEI tree say what was decided: accepted names are marked as the editor's, rejected marks taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from editio import tei
from editio.deciding.dates import dated
from editio.deciding.declare import declare_editors, editor_id
from editio.deciding.passages import AUTOMATIC, PARTS, Mark, Passage, passage_of
from editio.deciding.quotation import find_quotes, fold, quote
from editio.deciding.settle import Settled, Settlement, settle
from editio.kinds import KINDS
from editio.markable import NAMELESS
from editio.marking import Span, join, wrap_all
from editio.model import Decision, Edition
from editio.registers import reference
from editio.registers.mentions import targets
from editio.tei import TEI, element

# After how many steps it is enough; each step takes marks off, or puts marks on.
MOST_STEPS = 8
# Attributes by which a mark says what it names or when; a decision gives its own.
MEANING = frozenset("ref key resp cert evidence when notBefore notAfter from to when-custom calendar".split())
DATED = frozenset("datingMethod datingPoint from-custom to-custom notBefore-custom notAfter-custom dur".split())
# Elements in which nothing is marked, whatever was decided.
CLOSED = NAMELESS | {f"{TEI}{name}" for name in ("idno", "ref")}


@dataclass
class Applied:
    """What applying decisions did to a document, and which ones an editor's own markup kept from being applied."""

    marked: int = 0
    taken_off: int = 0
    blocked: list[Settled] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return bool(self.marked or self.taken_off)


# A place where a decision was carried out: the part, the offset in its folded text, the decision.
Place = tuple[str, int, Decision]


def apply_decisions(
    root: etree._Element, document: str, edition: Edition, before: frozenset[Place] = frozenset()
) -> Applied:
    """Apply all decisions of the edition to a document, and declare their editors in its header. No text is changed.

    What was carried out ``before`` is the editor's since: if she changed it, it stays as she has it.
    """
    applied = Applied()
    if not edition.decisions.about(document):
        return applied
    effective: list[Decision] = []
    for part in PARTS:
        for _ in range(MOST_STEPS):
            passage = passage_of(root, part)
            settlement = settle(passage.text, document, part, edition.decisions)
            step = _Step(passage, root, edition, applied, before)
            if not step.take(settlement):
                break
        applied.blocked += step.blocked
        effective += (one.decision for one in settlement.places)
    declare_editors(root, (one for one in effective if _counts(one, edition)))
    return applied


def carried_out(base: etree._Element, root: etree._Element, document: str, edition: Edition) -> frozenset[Place]:
    """Where in a document decisions are about places at which they are carried out in its base already."""
    found: set[Place] = set()
    for part in PARTS:
        passage, now = passage_of(base, part), fold(passage_of(root, part).text).text
        step = _Step(passage, base, edition, Applied(), editors=editors_of(edition))
        places = settle(passage.text, document, part, edition.decisions).places
        done = [
            (quote(passage.text, one.start, one.end, part), one)
            for one in dated(places, passage, base, edition)
            if step.is_done(one)
        ]
        at = find_quotes(now, [quoted for quoted, _ in done])
        found |= {(part, at[quoted], one.decision) for quoted, one in done if quoted in at}
    return frozenset(found)


def _place(passage: Passage, one: Settled) -> Place:
    return (passage.part, fold(passage.text).folded(one.start), one.decision)


def _counts(one: Decision, edition: Edition) -> bool:
    return one.verdict == "reject" or (one.verdict == "accept" and is_known(one, edition))


def is_known(one: Decision, edition: Edition) -> bool:
    """Whether the entry that a decision names is in the registers."""
    return not one.entry or one.entry in edition.entries


def editors_of(edition: Edition) -> frozenset[str]:
    """The pointers of those whose marks a decision may change: Editio, and whoever decided something."""
    names = {one.by for one in edition.decisions.all if one.by}
    return frozenset({AUTOMATIC, *(f"#{editor_id(name)}" for name in names)})


def attributes_of(one: Decision, edition: Edition) -> dict[str, str]:
    """What the mark of an accepted decision says."""
    ref = reference(edition.entries[one.entry], edition.settings.convert.tei) if one.entry else {}
    resp = {"resp": f"#{editor_id(one.by)}"} if one.by else {}
    return {**ref, **dict(one.attributes), **resp}


def is_unlinked(mark: Mark) -> bool:
    """Whether a mark names something without saying which entry that is."""
    return mark.name in KINDS.values() and not mark.first.get("ref") and not mark.first.get("key")


@dataclass
class _Step:
    """One round over a passage: marks are changed and taken off; if none had to be taken off, new ones are put on."""

    passage: Passage
    root: etree._Element
    edition: Edition
    applied: Applied
    before: frozenset[Place] = frozenset()
    editors: frozenset[str] = frozenset()
    off: dict[int, Mark] = field(default_factory=dict)
    on: list[Settled] = field(default_factory=list)
    blocked: list[Settled] = field(default_factory=list)

    def take(self, settlement: Settlement) -> bool:
        """Do what is to be done; False if nothing was."""
        self.editors = editors_of(self.edition)
        for one in dated(settlement.places, self.passage, self.root, self.edition):
            if self.before and _place(self.passage, one) in self.before:
                continue
            if one.decision.verdict == "reject":
                self._reject(one)
            elif one.decision.verdict == "accept" and is_known(one.decision, self.edition):
                self._accept(one)
        for mark in self.off.values():
            for node in mark.elements:
                tei.unwrap(node)
        if not self.off and self.on:
            return self._put_on()
        return bool(self.off)

    def is_done(self, one: Settled) -> bool:
        """Whether the passage says what was decided."""
        near = self.passage.marks_in(one.start, one.end)
        if one.decision.verdict == "reject":
            return not any(self._is_rejected(mark, one) for mark in near)
        same = [mark for mark in near if (mark.start, mark.end) == (one.start, one.end)]
        known = one.decision.verdict == "accept" and is_known(one.decision, self.edition)
        return known and any(self._says_so_already(mark, one.decision) for mark in same)

    def _is_ours(self, mark: Mark) -> bool:
        """Whether a mark is Editio's, or was made by an earlier decision."""
        return bool(mark.by) and set(mark.by.split()) <= self.editors and mark.first.tag not in CLOSED

    def _is_rejected(self, mark: Mark, one: Settled) -> bool:
        decision = one.decision
        inside = one.start <= mark.start and mark.end <= one.end
        named = decision.element in ("", mark.name) and decision.entry in ("", *targets(mark.first))
        return inside and named and self._is_ours(mark)

    def _reject(self, one: Settled) -> None:
        for mark in self.passage.marks_in(one.start, one.end):
            if not self._is_rejected(mark, one) or id(mark.first) in self.off:
                continue
            self.applied.taken_off += 1
            if one.decision.entry and len(set(targets(mark.first))) > 1:
                _point_no_more(mark, one.decision.entry)
            else:
                self.off[id(mark.first)] = mark

    def _accept(self, one: Settled) -> None:
        near = self.passage.marks_in(one.start, one.end)
        same = [mark for mark in near if (mark.start, mark.end) == (one.start, one.end)]
        ours = [mark for mark in same if self._is_ours(mark)]
        unlinked = [mark for mark in same if is_unlinked(mark) and mark.name == one.decision.element]
        if any(self._says_so_already(mark, one.decision) for mark in same):
            return
        if one.decision.entry and unlinked and not ours:
            self._link(unlinked[0], one.decision)
            return
        if any(self._is_in_the_way(mark, one) for mark in near):
            self.blocked.append(one)
        elif ours:
            self._change(next((mark for mark in ours if mark.name == one.decision.element), ours[0]), one.decision)
        else:
            wrong = [mark for mark in near if self._has_to_go(mark, one)]
            self.off |= {id(mark.first): mark for mark in wrong}
            self.on.append(one)

    def _says_so_already(self, mark: Mark, decision: Decision) -> bool:
        own = attributes_of(decision, self.edition)
        said = mark.first.attrib
        return (
            mark.name == decision.element
            and all(said.get(name) == value for name, value in own.items())
            and not any(name in said for name in _meaning_of(mark) - set(own))
        )

    def _is_in_the_way(self, mark: Mark, one: Settled) -> bool:
        """Whether markup of the editor's own, or a longer name, says otherwise; it stays as it is."""
        around = mark.start <= one.start and one.end <= mark.end
        inside = one.start <= mark.start and mark.end <= one.end
        if mark.first.tag in CLOSED or not str(mark.first.tag).startswith(TEI):
            return around or not inside
        if self._is_ours(mark):
            longer = around and not inside and mark.name == one.decision.element
            return longer and one.decision.scope != "place"
        return (around and inside) or not (around or inside) or mark.name == one.decision.element

    def _has_to_go(self, mark: Mark, one: Settled) -> bool:
        around = mark.start <= one.start and one.end <= mark.end
        inside = one.start <= mark.start and mark.end <= one.end
        return self._is_ours(mark) and (mark.name == one.decision.element or not (around or inside))

    def _change(self, mark: Mark, decision: Decision) -> None:
        for node in mark.elements:
            node.tag = f"{TEI}{decision.element}"
            for name in _meaning_of(mark):
                node.attrib.pop(name, None)
            for name, value in attributes_of(decision, self.edition).items():
                node.set(name, value)
        self.applied.marked += 1

    def _link(self, mark: Mark, decision: Decision) -> None:
        """Let a name that was tagged by hand, or by others, point to its entry; what else its tag says, it says still."""
        for node in mark.elements:
            for name in ("cert", "evidence"):
                node.attrib.pop(name, None)
            for name, value in attributes_of(decision, self.edition).items():
                node.set(name, value)
        self.applied.marked += 1

    def _put_on(self) -> bool:
        spans: dict[int, list[Span]] = {}
        elements: dict[int, etree._Element] = {}
        for one in self.on:
            unit = self.passage.unit_of(one.start, one.end)
            if unit is None:
                self.blocked.append(one)
                continue
            wrapper = partial(element, one.decision.element)(**attributes_of(one.decision, self.edition))
            elements[unit.start] = unit.element
            spans.setdefault(unit.start, []).append(Span(one.start - unit.start, one.end - unit.start, wrapper))
        placed = sum(_wrap(elements[at], wanted) for at, wanted in spans.items())
        self.applied.marked += placed
        return placed > 0


def _wrap(node: etree._Element, spans: Sequence[Span]) -> int:
    placed = wrap_all(node, spans)
    for parts in placed:
        join(parts)
    return len(placed)


def _meaning_of(mark: Mark) -> frozenset[str]:
    """The attributes by which a mark may say what it names; those that tell the kind of an entry are among them."""
    kind = {"type"} if mark.first.get("type") in KINDS else set()
    return MEANING | DATED | kind


def _point_no_more(mark: Mark, entry: str) -> None:
    """Take the pointer to an entry from a mark that points to several."""
    for node in mark.elements:
        kept = [one for one in node.get("ref", "").split() if one.rpartition("#")[2] != entry]
        node.set("ref", " ".join(kept))
