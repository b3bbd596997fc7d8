"""The story of deciding: ask what is open, record what the editor says, write it into the TEI."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from editio import codes, merge, tei
from editio.build import stays_valid
from editio.deciding.annotations import page_of
from editio.deciding.apply import Applied, Place, apply_decisions, carried_out, is_unlinked
from editio.deciding.file import change_decisions
from editio.deciding.passages import PARTS, Mark, passage_of
from editio.deciding.quotation import fold, occurrences, quote
from editio.deciding.settle import contradict
from editio.deciding.suggest import Suggestion, suggestions, suggestions_of_all_marks
from editio.diagnostics import Location, Report, printable
from editio.documents import find_documents, read_documents
from editio.kinds import KINDS
from editio.markable import NAMELESS
from editio.misspelling import did_you_mean
from editio.model import Decision, Decisions, Document, Edition, Quote
from editio.registers import entries, load_registers
from editio.registers.table import row_with
from editio.registers.writing import add_entry
from editio.tei import TEI


@dataclass(frozen=True)
class Judge:
    """Who decides, and on which day."""

    by: str
    on: str


@dataclass(frozen=True)
class Outcome:
    """What decisions did to a TEI file."""

    file: str
    applied: Applied
    written: bool


@dataclass(frozen=True)
class Occurrence:
    """A place of an edition where certain words stand and may be marked: its document, and its quotation."""

    document: Document
    quote: Quote
    line: int


def documents_of(edition: Edition, ids: Sequence[str], report: Report) -> tuple[Document, ...]:
    """The TEI documents of an edition, or those with these ids; an id that there is not is reported."""
    found = read_documents(find_documents(edition.root / edition.settings.convert.tei), report)
    known = {document.id: document for document in found}
    for id in ids:
        if id not in known:
            hint = did_you_mean(id, list(known)) if difflib.get_close_matches(id, known) else ""
            place = Location(edition.settings.convert.tei)
            report.add(codes.NOTHING_TO_DECIDE, place, f"there is no document “{id}”", hint)
    return tuple(document for document in found if not ids or document.id in ids)


def write_suggestions(edition: Edition, documents: Iterable[Document], every: bool) -> tuple[Suggestion, ...]:
    """Write the suggestions of each document to a file of its own; a file without any is taken away."""
    folder = edition.root / edition.settings.names.suggestions
    ask = suggestions_of_all_marks if every else suggestions
    found: list[Suggestion] = []
    for document in documents:
        own = ask(document, edition)
        path = folder / f"{PurePosixPath(document.name).stem}.json"
        if own:
            tei.write_if_changed(path, page_of(document.id, own, edition))
        else:
            path.unlink(missing_ok=True)
        found += own
    return tuple(found)


# --- recording --------------------------------------------------------------------------------


def decision_on(one: Suggestion, verdict: str, judge: Judge, entry: str = "", scope: str = "place") -> Decision:
    """What an editor decides about a suggestion; ``entry`` is the one accepted, or the only one rejected."""
    wide = scope != "place"
    if verdict == "reject" and one.by_hand:
        entry = entry or one.entry  # that it is a name, the editor has said herself
    return Decision(
        Quote(one.quote.exact) if wide else one.quote,
        verdict,
        scope,
        "" if scope == "edition" else one.document,
        one.element,
        entry,
        one.attributes if verdict == "accept" else (),
        judge.by,
        judge.on,
        one.rule,
        one.cert,
    )


def record(edition: Edition, new: Sequence[Decision], report: Report, instead: Sequence[Decision] = ()) -> Edition:
    """Add decisions to the file, in place of those they contradict and others; the edition as it is decided then."""
    gone = frozenset(instead)

    def change(old: tuple[Decision, ...]) -> Iterable[Decision]:
        return with_decisions([one for one in old if one not in gone], new)

    return replace(edition, decisions=change_decisions(_file(edition), change, report))


def take_back(edition: Edition, new: Collection[Decision], old: Collection[Decision], report: Report) -> Edition:
    """Take decisions out of the file, and put back those they replaced."""

    def change(now: tuple[Decision, ...]) -> Iterable[Decision]:
        return [*(one for one in now if one not in new), *old]

    return replace(edition, decisions=change_decisions(_file(edition), change, report))


def with_decisions(old: Sequence[Decision], new: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions with new ones: what was decided already stays as it is, what contradicts them goes."""
    by_place: dict[tuple[str, str, Quote], list[Decision]] = {}
    for one in old:
        by_place.setdefault(_place(one), []).append(one)
    for one in new:
        there = by_place.setdefault(_place(one), [])
        if not any(other.says == one.says for other in there):
            there[:] = [other for other in there if not contradict(other, one)] + [one]
    return tuple(one for some in by_place.values() for one in some)


def _place(one: Decision) -> tuple[str, str, Quote]:
    return (one.scope, one.document, one.quote if one.scope == "place" else Quote(one.quote.exact))


def _file(edition: Edition) -> Path:
    return edition.root / edition.settings.names.decisions


def with_entry(edition: Edition, kind: str, name: str, words: str) -> tuple[Edition, str, str]:
    """Add an entry of this name to its register: the edition then, its id and file. The name of a person that ends with
    the words has them for surname. Refused if the registers have that name already, or cannot be written.
    """
    forenames = name.removesuffix(f" {words}").split() if kind == "person" and name.endswith(f" {words}") else []
    surname = {"surname": words} if forenames else {}
    id, file = add_entry(edition, row_with({"kind": kind, "name": name, **surname}, forenames, (), ()))
    found = Report(edition.root)
    registers = load_registers(edition.root, edition.settings.names.registers, found)
    return replace(edition, registers=registers, entries=entries(registers, found)), id, file


# --- writing into the TEI ---------------------------------------------------------------------


def carry_out(edition: Edition, report: Report, write: bool = True) -> Iterator[Outcome]:
    """Make all TEI files say what is decided, their spelling kept; those that change, or would if it were written."""
    for path in find_documents(edition.root / edition.settings.convert.tei):
        for document in read_documents([path], report):
            if edition.decisions.about(document.id):
                yield from _carry_out(document, path, edition, report, write)


def _carry_out(document: Document, path: Path, edition: Edition, report: Report, write: bool) -> Iterator[Outcome]:
    base_path = merge.place_of(edition.root, edition.settings.convert.tei, path.stem).base
    base = _well_formed(base_path)
    before: frozenset[Place] = frozenset()
    if base is not None and base != document.data:
        before = carried_out(tei.parse(base), document.root, document.id, edition)
    try:
        file, applied = _with_decisions(document.data, document.id, edition, before)
    except merge.Unmergeable as reason:
        report.add(codes.DECISION_NOT_APPLIED, Location(document.name), f"decisions could not be written: {reason}")
        return
    if write and file != document.data:
        tei.write_if_changed(path, file)
    if write and base is not None:
        _carry_out_in_base(base_path, base, file if base == document.data else None, document.id, edition)
    if file != document.data or applied.blocked:
        yield Outcome(document.name, applied, file != document.data)


def _well_formed(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        tei.parse(data)
    except (FileNotFoundError, tei.MalformedXml):
        return None
    return data


def _carry_out_in_base(path: Path, base: bytes, decided: bytes | None, document: str, edition: Edition) -> None:
    """Decide the same in what the machine wrote last: what is decided is no edit by hand."""
    try:
        tei.write_if_changed(path, decided or _with_decisions(base, document, edition, frozenset())[0])
    except merge.Unmergeable:
        return


def _with_decisions(data: bytes, document: str, edition: Edition, done: frozenset[Place]) -> tuple[bytes, Applied]:
    root = tei.parse(data)
    before = tei.serialise_as_it_is(root).decode()
    applied = apply_decisions(root, document, edition, done)
    after = tei.serialise_as_it_is(root).decode()
    path = edition.root / edition.settings.convert.tei / f"{document}.xml"
    return merge.with_change(data, before, after, lambda old, new: stays_valid(old, new, path, edition)), applied


# --- looking at the whole edition -------------------------------------------------------------


def occurrences_of(words: str, element: str, documents: Iterable[Document]) -> Iterator[Occurrence]:
    """Where words stand that a decision about all of them would mark: not in a longer name, nor where an editor marked them."""
    for document in documents:
        for part in PARTS:
            passage = passage_of(document.root, part)
            folded = fold(passage.text)
            for at in occurrences(folded.text, words):
                start, end = folded.original(at), folded.original(at + len(words) - 1) + 1
                unit = passage.unit_of(start, end)
                if unit and not any(_is_taken(mark, start, end, element) for mark in passage.marks_in(start, end)):
                    yield Occurrence(document, quote(passage.text, start, end, part), unit.element.sourceline or 0)


def _is_taken(mark: Mark, start: int, end: int, element: str) -> bool:
    if mark.first.tag in NAMELESS or not str(mark.first.tag).startswith(TEI):
        return True
    if (mark.start, mark.end) == (start, end):
        return not mark.by and not (is_unlinked(mark) and mark.name == element)
    return mark.start <= start and end <= mark.end and mark.name == element


def element_of(entry: str, edition: Edition, otherwise: str) -> str:
    """The element that names an entry."""
    found = edition.entries.get(entry)
    return KINDS.get(found.kind, otherwise) if found else otherwise


def entries_like(words: str, edition: Edition, most: int) -> list[str]:
    """The ids of entries whose id or names have these words in them."""
    wanted = words.casefold().split()
    found = [
        entry.id
        for entry in edition.entries.values()
        if wanted
        and all(word in " ".join([entry.id, *(name.words for name in entry.names)]).casefold() for word in wanted)
    ]
    return sorted(found, key=lambda id: (id.casefold() != words.casefold(), id))[:most]


# --- what is said -----------------------------------------------------------------------------


def imagined(edition: Edition, new: Sequence[Decision], instead: Sequence[Decision] = ()) -> Edition:
    """The edition as it would be decided."""
    gone = frozenset(instead)
    kept = [one for one in edition.decisions.all if one not in gone]
    return replace(edition, decisions=Decisions(with_decisions(kept, new)))


def said_of(one: Decision, edition: Edition, dry_run: bool = False) -> str:
    """A decision in words."""
    where = {"place": one.document, "document": f"all in {one.document}", "edition": "all in the edition"}[one.scope]
    entry = edition.entries.get(one.entry)
    named = f" {one.entry} ({entry.name})" if entry else f" {one.entry}" if one.entry else ""
    what = f"{one.element}{named}".strip() or "name"
    verb = {"accept": "accepted", "reject": "rejected", "open": "left open"}[one.verdict]
    return f"“{printable(one.quote.exact)}” as {what}: {'would be ' if dry_run else ''}{verb}, {where}"


def said_of_outcome(one: Outcome, write: bool) -> str:
    """What became of a TEI file, in words."""
    done = one.applied
    would = "" if write else "would be "
    parts = [
        f"{done.marked} {would}marked" if done.marked else "",
        f"{done.taken_off} {would}taken off" if done.taken_off else "",
    ]
    if done.blocked:
        number = len(done.blocked)
        parts.append(f"{number} {'place is' if number == 1 else 'places are'} marked otherwise by hand, and left so")
    return f"{one.file}: {', '.join(filter(None, parts)) or f'{would}changed in the header'}"
