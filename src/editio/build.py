"""The story of an edition: convert its sources, validate its TEI, publish it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from editio import codes, merge, tei
from editio.account import Account, explained
from editio.annotate import annotate
from editio.config import place_of_setting
from editio.diagnostics import Location, Report, printable, refuse
from editio.documents import find_documents, read_documents
from editio.encode import encode
from editio.ledger import Balance
from editio.metadata import read_table
from editio.model import Document, Draft, Edition, Source
from editio.output import locked, publish_folder
from editio.publish import publication
from editio.read import PAGES, collision_key, document_id, find_sources, read_all, usable_id
from editio.registry import writers
from editio.validate import schema_faults
from editio.workers import default_jobs


@dataclass(frozen=True)
class Converted:
    """What became of one source."""

    source: str
    file: str
    state: merge.State
    balance: Balance


@dataclass(frozen=True)
class Planned:
    """What is to become of one source, and where."""

    converted: Converted
    place: merge.Place
    plan: merge.Plan


Tell = Callable[[Account], None]


def convert(
    edition: Edition, sources: Sequence[Path], report: Report, tell: Tell = lambda account: None
) -> tuple[Converted, ...]:
    """Encode the sources (all of the project's, if none are named) as TEI in the project's folder.

    ``tell`` hears the account of every document, also of one whose ledger does not balance.
    """
    found = (_carry_out(one, report) for one in plan_conversion(edition, sources, report, tell))
    return tuple(one for one in found if one)


def plan_conversion(
    edition: Edition, sources: Sequence[Path], report: Report, tell: Tell = lambda account: None
) -> Iterator[Planned]:
    """What ``convert`` would do, document by document; writes nothing."""
    if sources:
        paths = _named(sources, edition, report)
    else:
        paths = find_sources(edition.root, edition.settings, report)
        _report_strangers(edition, paths, report)
    for draft in read_all(paths, edition.settings, report):
        planned = _convert_one(draft, edition, report, tell)
        if planned:
            yield planned


def explain_conversion(edition: Edition, sources: Sequence[Path], report: Report) -> Iterator[str]:
    """What the conversion of each source decides, block by block; writes nothing."""
    accounts: list[Account] = []
    for _ in plan_conversion(edition, sources, report, accounts.append):
        yield from map(explained, accounts)
        accounts.clear()
    yield from map(explained, accounts)


def _convert_one(draft: Draft, edition: Edition, report: Report, tell: Tell) -> Planned | None:
    made = encode_document(draft, edition, report, tell)
    if made is None:
        return None
    data, balance = made
    place = merge.place_of(edition.root, edition.settings.convert.tei, draft.source.id)
    try:
        plan = merge.plan(place, data, lambda before, after: stays_valid(before, after, place.file, edition), report)
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, report.place(place.file), f"the file cannot be read: {error.strerror}")
        return None
    return Planned(Converted(draft.source.name, report.place(place.file).file, plan.state, balance), place, plan)


def _carry_out(planned: Planned, report: Report) -> Converted | None:
    try:
        merge.carry_out(planned.place, planned.plan)
    except OSError as error:
        file = planned.place.file
        folder = Path(str(error.filename)).parent if error.filename else file.parent
        report.add(codes.UNREADABLE_FILE, report.place(folder), f"{file.name} cannot be written: {error.strerror}")
        return None
    return planned.converted


def stays_valid(before: bytes, after: bytes, path: Path, edition: Edition) -> bool:
    """Whether the document of a file is valid after a change, or was not valid before."""
    was, is_ = (
        schema_faults(Document(path.stem, path.name, tei.parse(data), data), path, edition) for data in (before, after)
    )
    return not is_ or bool(was)


def difference(planned: Planned) -> list[str]:
    """What a plan would change in the TEI file, as lines of a unified diff."""
    file, new = planned.place.file, planned.plan.file
    old = file.read_bytes() if file.is_file() else b""
    lines, lines2 = ([_shown(line) for line in _text(data).splitlines()] for data in (old, old if new is None else new))
    name = planned.converted.file
    return list(difflib.unified_diff(lines, lines2, name if old else "nothing", name, lineterm=""))


def _text(data: bytes) -> str:
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")


def _shown(line: str) -> str:
    return "\t".join(map(printable, line.split("\t")))


def _named(sources: Sequence[Path], edition: Edition, report: Report) -> tuple[Path, ...]:
    """The sources that were named, without those whose id another source of the project gives too."""
    folder = edition.root / edition.settings.convert.sources
    by_id: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            by_id.setdefault(collision_key(document_id(path)), []).append(path)
    kept: list[Path] = []
    for path in sources:
        id = document_id(path)
        others = (other for other in by_id.get(collision_key(id), ()) if other.resolve() != path.resolve())
        other = next(others, None)
        if other is None:
            kept.append(path)
            continue
        message = f"“{path.name}” and “{report.place(other).file}” both give the id “{id}”"
        report.add(codes.SAME_ID, report.place(path), message)
    return tuple(kept)


def _report_strangers(edition: Edition, paths: Sequence[Path], report: Report) -> None:
    """Report settings and rows of the table of metadata about a document that no source gives."""
    ids = {document_id(path) for path in paths}
    table = {row.id: row.place for row in read_table(edition.root, edition.settings, Report(report.root))}
    for id in sorted(set(edition.settings.documents) - ids):
        close = difflib.get_close_matches(id, ids, n=1)
        hint = f"did you mean “{close[0]}”?" if close else "its id is the name of its source without the ending"
        if id in table:
            report.add(codes.ODD_METADATA, table[id], f"no source gives the document “{id}”", hint)
            continue
        report.add(
            codes.UNKNOWN_SETTING,
            place_of_setting(edition.root, f"documents.{id}"),
            f"no source gives the document “{id}” of [documents.{id}]",
            hint,
        )


def encode_document(
    draft: Draft, edition: Edition, report: Report, tell: Tell = lambda account: None
) -> tuple[bytes, Balance] | None:
    """One document as the bytes of its TEI file, with the ledger's balance; nothing if that fails."""
    encoded = encode(draft, edition.settings, report, tell)
    if encoded is None:
        return None
    source = draft.source
    annotate(encoded.root, edition, encoded.date, lambda words: _location(words, source), report)
    written = tei.serialise if draft.tree is None else tei.serialise_as_it_is
    return written(encoded.root), encoded.balance


def _location(words: str, source: Source) -> Location:
    """Where words first stand in a source, over line ends too; the whole file where brackets or markup part them."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), source.text)
    return source.location(found.start()) if found else Location(source.name)


def keep_edited(edition: Edition) -> tuple[str, ...]:
    """Settle all conflicts for the editor's files; their names."""
    folder = edition.settings.convert.tei
    places = [
        merge.place_of(edition.root, folder, path.stem) for path in sorted((edition.root / merge.NEW).glob("*.xml"))
    ]
    return tuple(place.file.name for place in places if merge.keep(place))


def build(
    edition: Edition, folder: Path, output: Path, formats: Sequence[str], jobs: int, report: Report
) -> tuple[Path, ...]:
    """Publish the TEI documents of a folder; the folders that were written."""
    known = writers()
    documents = read_documents(find_documents(folder), report)
    if not documents:
        raise refuse(codes.NOTHING_TO_BUILD, report.place(folder), "there is no TEI document to publish")
    _report_unusable_ids(documents, report)
    if report.failed():
        return ()
    with locked(output, report), publication(documents, edition, jobs or default_jobs(len(documents)), report) as ready:
        rendered = {name: tuple(known[name](ready, report)) for name in formats or known}
        if report.failed():
            return ()
        return tuple(publish_folder(output, name, artifacts, report) for name, artifacts in rendered.items())


def _report_unusable_ids(documents: Sequence[Document], report: Report) -> None:
    """Report documents whose id cannot name a page, or names another's."""
    seen: dict[str, Document] = {}
    for document in documents:
        key = collision_key(document.id)
        if not usable_id(document.id) or key in PAGES:
            message = f"the xml:id “{document.id[:60]}” cannot name a page"
            report.add(codes.UNUSABLE_ID, Location(document.name), message, "give the root element another xml:id")
        elif key in seen:
            message = f"the documents {seen[key].name} and {document.name} both have the id “{document.id}”"
            report.add(codes.SAME_ID, Location(document.name), message, "give one of them another xml:id")
        seen.setdefault(key, document)
