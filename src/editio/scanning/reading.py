"""The texts that a survey looks at: the TEI documents of an edition, or files that were named, sources too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from editio import codes, encode, read, tei
from editio.config import Settings
from editio.diagnostics import Location, Report, Severity
from editio.documents import find_documents, read_documents
from editio.files import read_file
from editio.model import Document, Edition
from editio.scanning.caseless import lacks_capitals
from editio.scanning.passages import Passage, passage_of
from editio.scanning.scan import Passages


def of_edition(edition: Edition, report: Report) -> Passages:
    """The TEI documents of an edition; a source without one is reported."""
    settings = edition.settings
    paths = find_documents(edition.root / settings.convert.tei)
    _report_unconverted(edition, {read.collision_key(path.stem) for path in paths}, report)
    if not paths:
        report.add(codes.NOTHING_TO_SCAN, Location(), f"there is no TEI document in “{settings.convert.tei}”")
    return lambda: (_noticed(one, settings, report) for path in paths for one in read_documents([path], report))


def of_files(paths: Sequence[Path], edition: Edition, report: Report) -> Passages:
    """Files that were named, each once. A source is encoded in passing, with nothing written, and its text kept."""
    settings = edition.settings
    once = {path.absolute(): path for path in paths}.values()
    encoded: dict[Path, Passage | None] = {}

    def texts() -> Iterator[Passage]:
        for path in once:
            document = _as_tei(path, report)
            if document is not None:
                yield _noticed(document, settings, report)
                continue
            if path not in encoded:
                encoded[path] = _from_source(path, settings, report)
            found = encoded[path]
            if found is not None:
                yield found

    return texts


def _report_unconverted(edition: Edition, converted: set[str], report: Report) -> None:
    if not (edition.root / edition.settings.convert.sources).is_dir():
        return
    for path in read.find_sources(edition.root, edition.settings, report):
        if read.collision_key(read.document_id(path)) not in converted:
            report.add(codes.NOT_CONVERTED, report.place(path), "the source is not converted, so no name of it is here")


def _as_tei(path: Path, report: Report) -> Document | None:
    """The document of a file that is TEI; nothing for any other, which a reader may know."""
    if path.suffix.lower() not in (".xml", ".tei"):
        return None
    try:
        data = read_file(path)
        root = tei.parse(data)
    except (OSError, tei.MalformedXml):
        return None  # reading it as a source says why
    named = root.tag in (f"{tei.TEI}TEI", f"{tei.TEI}teiCorpus")
    return Document(root.get(tei.XML_ID, path.stem), report.place(path).file, root, data) if named else None


def _from_source(path: Path, settings: Settings, report: Report) -> Passage | None:
    found = Report(report.root)
    draft = read.read(path, settings, found)
    made = encode.encode(draft, settings, found) if draft else None
    # what else there is to say of the encoding, “editio convert” says
    report.extend(one for one in found if one.severity is Severity.ERROR)
    if draft is None or made is None:
        return None
    return _noticed(Document(draft.source.id, draft.source.name, made.root), settings, report)


def _noticed(document: Document, settings: Settings, report: Report) -> Passage:
    """The text of a document; one in a script without capitals is reported."""
    passage = passage_of(document, settings.edition.language)
    if lacks_capitals(passage.text):
        report.add(codes.TEXT_WITHOUT_CAPITALS, Location(document.name), "the text is in a script without capitals")
    return passage
