"""From TEI documents to artifacts: prepares and surveys each, merges the index, and lets the writers render."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Location, Report
from editio.model import Artifact, Document, Edition
from editio.resources import asset, stylesheet_layers
from editio.survey import Facts, merge, survey
from editio.workers import Outcome, Task, Workers


@dataclass(frozen=True)
class Prepared:
    """A document ready to be rendered, and what the survey found in it."""

    document: Document
    xml: str
    facts: Facts


@dataclass(frozen=True)
class Publication:
    """All that a writer needs: the edition, its prepared documents in reading order, index and labels, and the workers."""

    edition: Edition
    documents: Sequence[Prepared]
    index: Path
    labels: Path
    workers: Workers

    def render(self, entry: str, report: Report, **strings: str) -> Iterator[Artifact]:
        """The files that a stylesheet makes of each document, then of the edition as a whole (template ``edition``)."""
        documents = {"index": self.index, "labels": self.labels}
        tasks = [
            Task(
                entry, one.document.name, one.xml, documents=documents, strings=strings | {"document": one.document.id}
            )
            for one in self.documents
        ]
        tasks.append(Task(entry, "", template="edition", documents=documents, strings=strings))
        for task, outcome in zip(tasks, self.workers.run(tasks), strict=True):
            source = next((one.document for one in self.documents if one.document.name == task.about), None)
            _report(outcome, task, source, report)
            for path, text in outcome.files.items():
                yield Artifact(path, text.encode("utf-8"))


@contextmanager
def publication(documents: Sequence[Document], edition: Edition, jobs: int, report: Report) -> Iterator[Publication]:
    """Prepare and survey the documents; the workers live as long as the context."""
    with (
        Workers(stylesheet_layers(edition.root), jobs) as workers,
        tempfile.TemporaryDirectory(prefix="editio-") as folder,
    ):
        prepared = sorted(_prepare(documents, workers, report), key=lambda one: one.facts.sort_key)
        index = Path(folder) / "index.xml"
        index.write_bytes(merge((one.facts for one in prepared), edition))
        yield Publication(edition, prepared, index, labels_of(edition), workers)


def labels_of(edition: Edition) -> Path:
    """The words that pages and book are printed with, in the edition's language; English where there are none."""
    for language in (edition.settings.edition.language, edition.settings.edition.language.split("-")[0], "en"):
        try:
            return asset(f"labels/{language}.xml", edition.root)
        except FileNotFoundError:
            continue
    raise FileNotFoundError("labels/en.xml")


def _prepare(documents: Iterable[Document], workers: Workers, report: Report) -> Iterator[Prepared]:
    documents = tuple(documents)
    tasks = [Task("prepare.xsl", document.name, _without_doctype(document.root)) for document in documents]
    for document, task, outcome in zip(documents, tasks, workers.run(tasks), strict=True):
        _report(outcome, task, document, report)
        if "prepared" in outcome.files:
            xml = outcome.files["prepared"]
            try:
                root = tei.parse(xml.encode("utf-8"))
            except tei.MalformedXml as error:
                report.add(codes.TRANSFORM_FAILED, Location(document.name), f"prepare.xsl: {error.message}")
                continue
            yield Prepared(document, xml, survey(document.id, root))


def _without_doctype(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode", with_tail=False))


def _report(outcome: Outcome, task: Task, document: Document | None, report: Report) -> None:
    """Turn what a stylesheet had to say into diagnostics, each message once."""
    if outcome.refused:
        file, line, message = outcome.refused
        report.add(codes.STYLESHEET_REFUSED, report.place(Path(file), line), message)
    if outcome.failure:
        place = Location(task.about)
        report.add(codes.TRANSFORM_FAILED, place, f"{task.entry}: {' '.join(outcome.failure.split())}")
    for code, path, text in dict.fromkeys(outcome.messages):
        known = codes.CODES.get(code, codes.ELEMENT_WITHOUT_TEMPLATE)
        report.add(known, _location(path, document, task), text)


def _location(path: str, document: Document | None, task: Task) -> Location:
    """The line of the element that an XPath (``fn:path``) names in the document."""
    if document is None or not path:
        return Location(task.about)
    found = element_at(path, document.root)
    return document.location(found) if found is not None else Location(document.name)


def element_at(path: str, root: etree._Element) -> etree._Element | None:
    """The element at a path as ``fn:path`` writes it: ``/Q{uri}TEI[1]/Q{uri}text[1]``; none if it is not there."""
    steps = path.split("/Q{")[1:]
    node: etree._Element | None = root
    for step in steps[1:]:
        uri, _, rest = step.partition("}")
        name, _, position = rest.partition("[")
        same = node.findall(f"{{{uri}}}{name}") if node is not None else []
        number = int(position.rstrip("]").partition("]")[0] or 1)
        node = same[number - 1] if number <= len(same) else None
    return node
