"""Compares our verdicts on documents with jing's: valid or not, the line of the first fault, the share of faulty lines.

    python benchmarks/verdicts.py [--accept] [SUITE…]

Where Java and jing are installed it asks jing, else it takes what jing said before and is stored in ``tests/verdicts``
(``--accept`` stores anew). A row for each schema, an error for each document on which we disagree; exit code 1 if any.
Seconds are those of the processor. Jing names the end of a tag and we its beginning: lines agree where one tag has both.
"""

from __future__ import annotations

import hashlib
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import jing
from mutations import END_TAG, START_TAG
from suites import SHARED, STORED, Suite, other_suites, tei_suites

from editio.relaxng import Fault, Schema, SchemaError, load

TEI_TABLE, OTHER_TABLE = STORED / "tei.tsv", STORED / "others.tsv"
VALID = "-"
TAG = re.compile(START_TAG.pattern + b"|" + END_TAG.pattern)
NAMES_SHOWN = 10
CHUNK = 50
NAMED = re.compile(r'(?:value of |found )?(?P<what>element|attribute) "(?P<name>[^"]+)"')
FIRST = "first occurrence of ID"  # which jing names after the second; we name its line in the message

Lines = Mapping[str, Sequence[int]]  # by document: the lines of jing's errors in the order in which it names them


@dataclass(frozen=True)
class Comparison:
    """What came of one suite."""

    suite: Suite
    disagreements: tuple[str, ...]
    invalid: int
    same_first: int
    found: int
    lines: int
    ours: float
    theirs: float

    def row(self) -> str:
        """The comparison as a line of the table."""
        size = self.suite.size / 1e6
        ours, theirs = (f"{size / taken:7.1f}" if taken else "      –" for taken in (self.ours, self.theirs))
        lines = f"{self.found / self.lines:7.1%}" if self.lines else "      –"
        return (
            f"{self.suite.name:14}{len(self.suite.documents):8}{self.invalid:9}{len(self.disagreements):11}"
            f"{self.same_first / max(self.invalid, 1):12.1%}{lines:>9}{ours:>9}{theirs:>9}"
        )


HEAD = "schema        documents  invalid  disagreed  first line    lines  ours MB/s  jing MB/s"


def loaded(suite: Suite) -> Schema:
    """The schema of a suite."""
    folder = suite.schema.parent

    def read(name: str) -> bytes:
        return (folder / name).read_bytes()

    return load(suite.schema.read_bytes(), suite.schema.name, read, compact=suite.is_compact)


def fingerprint(data: bytes) -> str:
    """By which a stored verdict knows the document it was said of."""
    return hashlib.sha256(data).hexdigest()[:8]


def extent(data: bytes, fault: Fault) -> range:
    """The lines of the tag at which a fault is; its line alone where there is none."""
    tag = TAG.match(data, offset(data, fault.line, fault.column))
    return range(fault.line, fault.line + 1 + (tag[0].count(b"\n") if tag else 0))


def offset(data: bytes, line: int, column: int) -> int:
    """Where in the bytes of a document a line and column, counted from 1, are."""
    starts = line_starts(data)
    start, end = starts[line - 1], starts[line] if line < len(starts) else len(data)
    return start + len(data[start:end].decode("utf-8", "replace")[: column - 1].encode())


@lru_cache(maxsize=2)
def line_starts(data: bytes) -> tuple[int, ...]:
    """Where the lines of a document begin."""
    return (0, *(match.end() for match in re.finditer(b"\n", data)))


def compared(
    suite: Suite, said: Lines, ours: Mapping[str, Sequence[Fault]], seconds: tuple[float, float]
) -> Comparison:
    """How our faults of all documents of a suite go with what jing said."""
    disagreed = [name for name in suite.documents if bool(said[name]) != bool(ours[name])]
    both = [name for name in suite.documents if said[name] and ours[name]]
    same = found = lines = 0
    for name in both:
        extents = [extent(suite.documents[name], fault) for fault in ours[name]]
        same += said[name][0] in extents[0]
        asked = set(said[name])
        lines += len(asked)
        found += len(asked & set(chain.from_iterable(extents)))
    told = tuple(f"{suite.name}: {name}: {_difference(said[name], ours[name])}" for name in disagreed)
    return Comparison(suite, told, len(both), same, found, lines, *seconds)


def _difference(said: Sequence[int], faults: Sequence[Fault]) -> str:
    if said:
        return f"jing has an error at line {said[0]}, we have none"
    return f"jing has no error, we have one at line {faults[0].line}: {faults[0].message}"


def judged(suite: Suite) -> tuple[dict[str, list[Fault]], float]:
    """Our faults of all documents of a suite, and the seconds it took, with loading the schema."""
    began = time.process_time()
    schema = loaded(suite)
    faults = {name: schema.validate(data) for name, data in suite.documents.items()}
    return faults, time.process_time() - began


def asked(suite: Suite) -> tuple[Lines, float]:
    """The lines of jing's errors, and the seconds it took, with starting Java."""
    began = _childrens_seconds()
    said = jing.errors(suite.schema, suite.documents, compact=suite.is_compact)
    lines = {name: [one.line for one in errors if counts(one, suite.documents[name])] for name, errors in said.items()}
    return lines, _childrens_seconds() - began


def counts(error: jing.Said, data: bytes) -> bool:
    """Whether an error is one of its own.

    Inside an unknown element jing repeats what it said last at every tag, also at those that have neither the name nor
    the attribute of which it speaks.
    """
    named = NAMED.match(error.message)
    if not named:
        return not error.message.startswith(FIRST)
    end = offset(data, error.line, error.column)
    tag = data[data.rfind(b"<", 0, end) : end].decode("utf-8", "replace")
    local = re.escape(named["name"].rpartition(":")[2])
    return bool(
        re.match(
            f"</?(?:[^\\s:/>]+:)?{local}[\\s/>]" if named["what"] == "element" else rf"(?s).*[\s:]{local}\s*=", tag
        )
    )


def _childrens_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


# ---- what is stored


def stored() -> dict[tuple[str, str, str], list[int]]:
    """The first line that jing found at fault, if any, by suite, document and the document's fingerprint."""
    found: dict[tuple[str, str, str], list[int]] = {}
    if TEI_TABLE.is_file():
        head, *rows = TEI_TABLE.read_text(encoding="utf-8").splitlines()
        suites = head.split("\t")[2:]
        for row in rows:
            name, print_, *lines = row.split("\t")
            found |= {(suite, name, print_): _line(line) for suite, line in zip(suites, lines, strict=True)}
    if OTHER_TABLE.is_file():
        for row in OTHER_TABLE.read_text(encoding="utf-8").splitlines()[1:]:
            suite, name, print_, line = row.split("\t")
            found[suite, name, print_] = _line(line)
    return found


def _line(text: str) -> list[int]:
    return [] if text == VALID else [int(text)]


def remembered(suite: Suite, known: Mapping[tuple[str, str, str], list[int]]) -> Lines:
    """What is stored for the documents of a suite; KeyError where one is not known as it is."""
    return {name: known[suite.name, name, fingerprint(data)] for name, data in suite.documents.items()}


def store(tei: Sequence[tuple[Suite, Lines]], others: Iterable[tuple[Suite, Lines]]) -> None:
    """Write the tables."""
    if tei:
        names = [suite.name for suite, _ in tei]
        rows = ["\t".join(["document", "sha256", *names])]
        for name, data in tei[0][0].documents.items():
            rows.append("\t".join([name, fingerprint(data), *(_first(said[name]) for _, said in tei)]))
        TEI_TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    rows = ["schema\tdocument\tsha256\tline"]
    for suite, said in others:
        rows += [
            f"{suite.name}\t{name}\t{fingerprint(data)}\t{_first(said[name])}" for name, data in suite.documents.items()
        ]
    OTHER_TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _first(lines: Sequence[int]) -> str:
    return str(lines[0]) if lines else VALID


# ---- the command


def race(suite: Suite, number: int = 1000) -> str:
    """Two processes of ours against one of jing, by the clock, over so many documents of a suite."""
    documents = dict(list(suite.documents.items())[:number])
    with tempfile.TemporaryDirectory() as name:
        paths = list(jing.laid(documents, Path(name).resolve()))
        began = time.perf_counter()
        subprocess.run(jing.command(suite.schema, paths), stdout=subprocess.DEVNULL, check=False)
        theirs = time.perf_counter() - began
        parts = [(Suite(suite.name, suite.schema, {}), paths[at : at + CHUNK]) for at in range(0, len(paths), CHUNK)]
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(_judge_files, parts))
        ours = time.perf_counter() - began - theirs
    return f"{len(paths)} documents: two processes of ours {theirs / ours:.1f} × as fast as one of jing"


def _judge_files(part: tuple[Suite, list[str]]) -> int:
    suite, paths = part
    schema = _kept(suite.schema)
    return sum(bool(schema.validate(Path(path).read_bytes())) for path in paths)


@cache
def _kept(path: Path) -> Schema:
    return loaded(Suite("", path, {}))


def main() -> None:
    """Compare all suites, or those that are named."""
    accept = "--accept" in sys.argv
    wanted = [one for one in sys.argv[1:] if not one.startswith("-")]
    if accept and (wanted or not jing.is_installed() or not SHARED.is_dir()):
        sys.exit("verdicts are stored for all suites at once, with jing and ../shared")
    known = stored()
    print(HEAD)
    disagreed: list[str] = []
    said: dict[bool, list[tuple[Suite, Lines]]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as name:
        for is_tei, suite in _suites(Path(name)):
            if wanted and suite.name not in wanted:
                continue
            lines, theirs = asked(suite) if jing.is_installed() else (remembered(suite, known), 0.0)
            said[is_tei].append((suite, lines))
            try:
                faults, ours = judged(suite)
            except SchemaError as refused:
                disagreed.append(f"{suite.name}: we refuse the schema: {refused}")
                continue
            made = compared(suite, lines, faults, (ours, theirs))
            print(made.row(), flush=True)
            disagreed += made.disagreements
            if suite.name == "tei_all" and jing.is_installed():
                print(race(suite))
    if accept:
        store(said[True], said[False])
    for one in disagreed[:NAMES_SHOWN]:
        print(one)
    sys.exit(bool(disagreed))


def _suites(folder: Path) -> Iterator[tuple[bool, Suite]]:
    yield from ((True, suite) for suite in tei_suites(folder))
    yield from ((False, suite) for suite in other_suites())


if __name__ == "__main__":
    main()
