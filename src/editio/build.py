"""The story of an edition: convert its sources, validate its TEI, publish it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editio import codes, merge, tei
from editio.annotate import annotate
from editio.config import Settings, load, of_folder
from editio.diagnostics import Location, Report, refuse
from editio.encode import encode
from editio.ledger import Balance
from editio.model import Draft, Edition
from editio.output import locked, publish_folder
from editio.publish import publication
from editio.read import find_sources, read_all
from editio.registers import entries, load_registers
from editio.registry import writers
from editio.validate import find_documents, read_documents, schema_of, validate
from editio.workers import default_jobs


@dataclass(frozen=True)
class Converted:
    """What became of one source."""

    source: str
    file: str
    state: merge.State
    balance: Balance


def open_edition(root: Path, report: Report) -> Edition:
    """The project in a folder: its settings and registers."""
    return _edition(root, load(root, report), report)


def open_folder(folder: Path, report: Report) -> Edition:
    """A folder of TEI as an edition: its edition.toml if it has one, else settings by its name."""
    has_settings = (folder / "edition.toml").is_file()
    return _edition(folder, load(folder, report) if has_settings else of_folder(folder.resolve().name), report)


def _edition(root: Path, settings: Settings, report: Report) -> Edition:
    registers = load_registers(root, settings.names.registers, report)
    return Edition(root, settings, entries(registers, report), registers)


def convert(edition: Edition, sources: Sequence[Path], report: Report) -> tuple[Converted, ...]:
    """Encode the sources (all of the project's, if none are named) as TEI in the project's folder."""
    paths = tuple(sources) or find_sources(edition.root, edition.settings, report)
    found: list[Converted] = []
    for draft in read_all(paths, edition.settings, report):
        made = encode_document(draft, edition, report)
        if made is None:
            continue
        data, balance = made
        place = merge.place_of(edition.root, edition.settings.convert.tei, draft.source.id)
        state = merge.lay_down(place, data, report)
        found.append(Converted(draft.source.name, report.place(place.file).file, state, balance))
    return tuple(found)


def encode_document(draft: Draft, edition: Edition, report: Report) -> tuple[bytes, Balance] | None:
    """One document as the bytes of its TEI file, with the ledger's balance; nothing if that fails."""
    encoded = encode(draft, edition.settings, report)
    if encoded is None:
        return None
    source = draft.source
    annotate(
        encoded.root, edition, encoded.date, lambda words: source.location(max(source.text.find(words), 0)), report
    )
    return tei.serialise(encoded.root), encoded.balance


def keep_edited(edition: Edition) -> tuple[str, ...]:
    """Settle all conflicts for the editor's files; their names."""
    folder = edition.settings.convert.tei
    places = [
        merge.place_of(edition.root, folder, path.stem) for path in sorted((edition.root / merge.NEW).glob("*.xml"))
    ]
    return tuple(place.file.name for place in places if merge.keep(place))


def check(edition: Edition, files: Sequence[Path], schema: Path | None, report: Report) -> int:
    """Validate files, by default all documents and registers of the project; how many were looked at."""
    root, settings = edition.root, edition.settings
    paths = tuple(files) or (
        *find_documents(root / settings.convert.tei),
        *sorted((root / settings.names.registers).glob("*.xml")),
    )
    documents = read_documents(paths, report)
    validate(documents, edition, schema or schema_of(edition), report)
    if not files:
        report.report_unused(codes.UNUSED_IGNORE)
    return len(paths)


def build(
    edition: Edition, folder: Path, output: Path, formats: Sequence[str], jobs: int, report: Report
) -> tuple[Path, ...]:
    """Publish the TEI documents of a folder; the folders that were written."""
    known = writers()
    documents = read_documents(find_documents(folder), report)
    if not documents:
        raise refuse(codes.NOTHING_TO_BUILD, report.place(folder), "there is no TEI document to publish")
    with locked(output, report), publication(documents, edition, jobs or default_jobs(len(documents)), report) as ready:
        rendered = {name: tuple(known[name](ready, report)) for name in formats or known}
        if report.failed():
            return ()
        return tuple(publish_folder(output, name, artifacts, report) for name, artifacts in rendered.items())


def format_named(name: str) -> str:
    """The name of a format, refused if there is no writer for it."""
    if name not in writers():
        raise refuse(codes.UNKNOWN_FORMAT, Location(), f"no format “{name}”", f"known formats: {', '.join(writers())}")
    return name
