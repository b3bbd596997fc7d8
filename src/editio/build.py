"""The story of an edition: convert its sources, validate its TEI, publish it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from editio import codes, merge, tei
from editio.account import Account, explained
from editio.annotate import annotate
from editio.brackets import KINDS
from editio.config import NamesSettings, Settings, load, of_folder, place_of_setting
from editio.deciding.faults import report_faults
from editio.deciding.file import read_decisions
from editio.diagnostics import Location, Refusal, Report, Severity, printable, refuse
from editio.documents import find_documents, read_documents
from editio.encode import encode
from editio.explain import all_codes
from editio.files import leads_out
from editio.ledger import Balance
from editio.metadata import read_table, with_metadata
from editio.model import Document, Draft, Edition, Source
from editio.output import locked, publish_folder
from editio.publish import publication
from editio.read import PAGES, collision_key, document_id, find_sources, read_all, usable_id
from editio.registers import entries, load_registers
from editio.registry import rules, writers
from editio.styles import no_elements
from editio.validate import schema_of, validate, validate_together
from editio.workers import default_jobs

# Folders that convert writes besides the TEI.
KEPT = (merge.BASE.as_posix(), merge.NEW.as_posix())


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


def open_edition(root: Path, report: Report) -> Edition:
    """The project in a folder: its settings and registers."""
    edition = _edition(root, load(root, report), report)
    _check_settings(edition, report)
    return edition


# Faults of one line or entry: the others count, and whatever follows goes on with them.
SINGLE_FAULTS = (codes.MALFORMED_DECISION, codes.MALFORMED_ENTRY)


def stops(report: Report) -> bool:
    """Whether what was found wrong with a project keeps its documents from being converted."""
    return any(one.severity is Severity.ERROR and one.code not in SINGLE_FAULTS for one in report)


def _check_settings(edition: Edition, report: Report) -> None:
    """Report settings that name a rule or a file that does not exist."""
    settings, root = edition.settings, edition.root
    names = [*(entry.name for entry in rules()), *(kind.name for kind in KINDS)]
    for name in sorted(set(settings.convert.rules_off) - set(names)):
        close = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean “{close[0]}”?" if close else f"known rules: {', '.join(names)}"
        place = place_of_setting(root, "convert.rules_off")
        report.add(codes.UNKNOWN_SETTING, place, f"there is no rule “{name}” to switch off", hint)
    for style, value in no_elements(settings):
        place = place_of_setting(root, f"convert.styles.{style}")
        message = f"“{value}” is no TEI element that the style “{style}” can become"
        report.add(codes.UNKNOWN_SETTING, place, message, "see convert.styles in docs/settings.md")
    named = {
        "print.font_folder": settings.print.font_folder,
        "html.css": settings.html.css,
        "validate.schema": settings.validate.schema,
        "names.registers": settings.names.registers if settings.names.registers != NamesSettings().registers else "",
    }
    for setting, path in named.items():
        if path and not (root / path).exists():
            report.add(codes.MISSING_FOLDER, place_of_setting(root, setting), f"there is no “{path}” in the project")


def open_folder(folder: Path, report: Report) -> Edition:
    """A folder of TEI as an edition: its edition.toml if it has one, else settings by its name."""
    has_settings = (folder / "edition.toml").is_file()
    return _edition(folder, load(folder, report) if has_settings else of_folder(folder.resolve().name), report)


def _edition(root: Path, settings: Settings, report: Report) -> Edition:
    _refuse_links(root, settings)
    settings = with_metadata(root, settings, report)
    registers = load_registers(root, settings.names.registers, report)
    decisions = read_decisions(root / settings.names.decisions, report)
    return Edition(root, settings, entries(registers, report), registers, decisions)


def _refuse_links(root: Path, settings: Settings) -> None:
    """Refuse folders that are links leading out of the edition: what lies there is not the edition's to read or write."""
    own = (settings.convert.metadata, settings.html.css, settings.validate.schema, settings.print.font_folder)
    for name in (
        settings.convert.sources,
        settings.convert.tei,
        settings.names.registers,
        settings.names.decisions,
        settings.names.suggestions,
        ".editio",
        *KEPT,
        "xslt",
        *own,
    ):
        if name and leads_out(root / name, root):
            raise refuse(
                codes.UNREADABLE_FILE,
                Location(name),
                "it is a link that leads out of the edition",
                "put the folder or file itself there",
            )


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
        plan = merge.plan(place, data, lambda before, after: stays_valid(before, after, edition), report)
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


def stays_valid(before: bytes, after: bytes, edition: Edition) -> bool:
    """Whether a document is valid after a change, or was not valid before."""
    documents = [Document(name, name, tei.parse(data), data) for name, data in (("0", before), ("1", after))]
    found = Report(edition.root)
    try:
        validate(documents, edition, schema_of(edition), found)
    except Refusal:  # there is no usable schema; the stage that validates says so
        return True
    faulty = {one.location.file for one in found if one.code is codes.INVALID}
    return "1" not in faulty or "0" in faulty


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


def check(
    edition: Edition,
    files: Sequence[Path],
    schema: Path | None,
    report: Report,
    least: Severity = Severity.INFO,
) -> int:
    """Validate files, by default all documents and registers of the project; how many were looked at.

    ``least`` is how bad it must be what is reported of the edition as a whole.
    """
    root, settings = edition.root, edition.settings
    paths = tuple(files) or (
        *find_documents(root / settings.convert.tei),
        *sorted((root / settings.names.registers).glob("*.xml")),
    )
    documents = read_documents(paths, report)
    validate(documents, edition, schema or schema_of(edition), report)
    if not files:
        validate_together(documents, edition, report, least)
        report_faults(documents, edition, report)
    return len(paths)


def report_unused_ignores(stages: Container[str], report: Report) -> None:
    """Report ignores that silenced nothing though the stages that find their code have run, and those of no code at all."""
    known = all_codes()
    unknown = {ignore.code for ignore in report.ignores if ignore.code not in known}
    report.report_unused(codes.UNUSED_IGNORE, unknown | {code.name for code in known.values() if code.stage in stages})


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


def format_named(name: str) -> str:
    """The name of a format, refused if there is no writer for it."""
    if name not in writers():
        raise refuse(codes.UNKNOWN_FORMAT, Location(), f"no format “{name}”", f"known formats: {', '.join(writers())}")
    return name
