"""Asks jing for a second opinion on documents: its faults in the place of ours, or where its verdict differs from ours."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from editio import codes, tei
from editio.diagnostics import Diagnostic, Location, Report, printable
from editio.relaxng import Fault
from editio.validating.criteria import Criteria
from editio.validating.examination import Held, read_whole
from editio.validating.faults import diagnostics
from editio.validating.jing import Answer, Said, ask, find_jing
from editio.validating.jing_words import faults_of
from editio.validating.laying import DOCUMENTS, Laid, lay_document, lay_schema
from editio.validating.schemas import SchemaFile, files_of_schema

# So many documents lie in the folder at once and share one start of Java, which may take so long.
TOGETHER = 2500
SECONDS, SECONDS_A_MEGABYTE = 60, 5
# How often Java is started for them: once, unless jing gives up.
MOST_STARTS = 40
Asking = Callable[[Sequence[Laid]], Answer]
Judged = Sequence[tuple[Path, Held]]


@dataclass(frozen=True)
class Opinion:
    """What jing finds in a document, or why it does not say."""

    laid: Laid
    faults: tuple[Fault, ...] = ()
    failure: str = ""


class SchemaRefused(Exception):
    """Jing does not take the schema; what it says of it."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.message)
        self.said = said


def report_second_opinions(judged: Judged, criteria: Criteria, report: Report) -> None:
    """Report what jing finds in documents that were held against schemas; with ``both``, only where verdicts differ."""
    by_schema: dict[SchemaFile, dict[Path, Held]] = defaultdict(dict)
    for path, held in judged:
        by_schema[held.schema][path] = held
    told = _where_verdicts_differ if criteria.engine == "both" else _in_place_of_ours
    for schema, held_of in by_schema.items():
        paths = iter(held_of)
        while some := tuple(islice(paths, TOGETHER)):
            try:
                for opinion in opinions(schema, some, criteria.cache, report):
                    report.extend(told(opinion, held_of[opinion.laid.path], report))
            except SchemaRefused as refused:
                report.extend([_of_schema(refused.said, schema, criteria, report)])
                break


def opinions(schema: SchemaFile, paths: Sequence[Path], cache: Path | None, report: Report) -> Iterator[Opinion]:
    """What jing finds in documents by a schema; it sees copies in a private folder that are gone afterwards."""
    jing = find_jing()
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        laid_schema = lay_schema(schema, files_of_schema(schema, cache, report), folder)
        laid: list[Laid] = []
        for number, path in enumerate(paths):
            try:
                one = lay_document(path, number, folder, report.root)
            except tei.MalformedXml as error:
                yield Opinion(Laid(path, report.place(path).file, "", 0), failure=error.message)
            else:
                laid += [one] if one else []

        def asked(some: Sequence[Laid]) -> Answer:
            seconds = SECONDS + SECONDS_A_MEGABYTE * sum(one.size for one in some) / 1e6
            return ask(jing, folder, laid_schema, [one.file for one in some], schema.compact, seconds)

        yield from _asked(laid, asked, folder)


def _asked(laid: Sequence[Laid], asked: Asking, folder: Path) -> Iterator[Opinion]:
    """What jing finds in documents; where it gives up, it is asked by halves, and where one is at fault, of those after it."""
    todo = deque([laid] if laid else [])
    starts = 0
    while todo:
        some = todo.popleft()
        starts += 1
        answer = asked(some) if starts <= MOST_STARTS else Answer((), "it gave up too often")
        if answer.failure and len(some) > 1 and starts <= MOST_STARTS:
            half = len(some) // 2
            todo.extendleft([some[half:], some[:half]])
            continue
        said = _by_file(answer)
        through = next((at for at, one in enumerate(some, 1) if _is_fatal(said[one.file])), len(some))
        if some[through:]:
            todo.appendleft(some[through:])
        yield from (_opinion(one, said[one.file], answer.failure, folder) for one in some[:through])


def _by_file(answer: Answer) -> Mapping[str, list[Said]]:
    """What was said of each document; SchemaRefused if it was the schema."""
    found: dict[str, list[Said]] = defaultdict(list)
    for one in answer.said:
        if one.level == "warning":
            continue
        if not one.path.startswith(f"{DOCUMENTS}/"):
            raise SchemaRefused(one)
        found[one.path].append(one)
    return found


def _is_fatal(said: Sequence[Said]) -> bool:
    return any(one.level == "fatal" for one in said)


def _opinion(one: Laid, said: Sequence[Said], failure: str, folder: Path) -> Opinion:
    if failure or _is_fatal(said):
        return Opinion(one, failure=failure or said[-1].message)
    if not said:
        return Opinion(one)
    return Opinion(one, tuple(faults_of(said, (folder / one.file).read_text(encoding="utf-8"))))


# --- as diagnostics -------------------------------------------------------------------------------------


def _in_place_of_ours(opinion: Opinion, held: Held, report: Report) -> Iterator[Diagnostic]:
    if opinion.failure:
        yield _unsaid(opinion, held)
        return
    document = read_whole(opinion.laid.path, Report(report.root)) if opinion.faults else None
    if document:
        repeated = [id for id, elements in document.lookup.by_id.items() if len(elements) > 1]
        yield from diagnostics(opinion.faults, document, repeated)


def _where_verdicts_differ(opinion: Opinion, held: Held, report: Report) -> Iterator[Diagnostic]:
    if opinion.failure:
        yield _unsaid(opinion, held)
    elif held.valid is not None and held.valid is bool(opinion.faults):
        yield _difference(opinion, held, report)


def _difference(opinion: Opinion, held: Held, report: Report) -> Diagnostic:
    code, schema = codes.ENGINES_DISAGREE, held.schema.path.name
    if held.valid:
        first = opinion.faults[0]
        message = f"by {schema} Editio finds no fault in the document, but jing finds one here: {first.message}"
        document = read_whole(opinion.laid.path, Report(report.root))
        place = document.place(first.line, first.column) if document else Location(opinion.laid.name)
    else:
        message = f"by {schema} Editio finds a fault here, but jing finds none in the document"
        place = held.place
    return Diagnostic(code, place, printable(message), code.cure, code.severity)


def _unsaid(opinion: Opinion, held: Held) -> Diagnostic:
    code = codes.NO_SECOND_OPINION
    message = f"jing does not say whether {held.schema.path.name} allows the document: {opinion.failure}"
    return Diagnostic(code, Location(opinion.laid.name), printable(message), code.cure, code.severity)


def _of_schema(said: Said, schema: SchemaFile, criteria: Criteria, report: Report) -> Diagnostic:
    file = schema.grounds / Path(*Path(said.path).parts[1:])
    code = codes.ENGINES_DISAGREE if criteria.engine == "both" else codes.UNUSABLE_SCHEMA
    words = "jing does not accept the schema, but Editio does" if criteria.engine == "both" else "jing"
    place = report.place(file, said.line, said.column)
    return Diagnostic(code, place, printable(f"{words}: {said.message}"), code.cure, code.severity)
