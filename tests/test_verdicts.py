"""The engine's verdicts are jing's: on small cases of every construct, on TEI's samples, on mutants, under many schemas.

A case is a folder in ``cases/relaxng``: ``schema.rng`` or ``schema.rnc``, documents, and ``expected.tsv`` with the lines
at which jing finds errors (none: the document is valid); jing names the line where a tag ends. Where Java and jing are
installed ``pytest --accept`` rewrites what is expected. What is stored of samples and mutants is written by
``benchmarks/verdicts.py --accept``.
"""

import os
import sys
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases/relaxng"
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import jing  # noqa: E402
from mutants import MUTATIONS, documents_below, mutants  # noqa: E402
from suites import OTHERS, SHARED, STORED, Suite, other_documents, other_suites, tei_suites  # noqa: E402
from verdicts import asked, compared, extent, judged, loaded, remembered, stored  # noqa: E402

NAMES = sorted(path.name for path in CASES.iterdir())
MISTAKES = 700
OF_OTHER_TEI = 7  # every seventh document by the customisations; make verdicts judges all

LETTER = b"""<letter xmlns="http://www.tei-c.org/ns/1.0" n="1">
  <date when="1862-08-22">Friday</date>
  <name xml:id="anna">Anna</name>
  <p>Your <hi rend="italic">letter</hi> came.</p>
</letter>
"""


def case(name: str) -> Suite:
    """The suite of a case folder."""
    (schema,) = CASES.joinpath(name).glob("schema.*")
    return Suite(name, schema, {path.name: path.read_bytes() for path in sorted(schema.parent.glob("*.xml"))})


def expected(name: str) -> dict[str, list[int]]:
    """The lines of jing's errors in each document of a case."""
    rows = (CASES / name / "expected.tsv").read_text(encoding="utf-8").splitlines()
    return {document: [int(line) for line in lines.split()] for document, lines in (row.split("\t") for row in rows)}


def said(suite: Suite) -> dict[str, list[int]]:
    """The same, by asking jing."""
    return {name: sorted(set(lines)) for name, lines in asked(suite)[0].items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_verdict_on_a_case_is_the_expected_one(name: str) -> None:
    suite = case(name)
    schema = loaded(suite)
    for document, lines in expected(name).items():
        faults = schema.validate(suite.documents[document])
        found = set(chain.from_iterable(extent(suite.documents[document], fault) for fault in faults))
        assert bool(faults) == bool(lines), f"{document}: {faults}"
        assert set(lines) <= found, f"{document}: {faults}"


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_valid_and_invalid_documents_and_all_are_expected(name: str) -> None:
    lines = expected(name)
    assert sorted(lines) == sorted(case(name).documents)
    assert {bool(one) for one in lines.values()} == {True, False}


@pytest.mark.skipif(not jing.is_installed(), reason="jing is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_of_a_case_is_what_jing_says(name: str, accept: bool) -> None:
    suite = case(name)
    lines = said(suite)
    if accept:
        rows = [f"{document}\t{' '.join(map(str, lines[document]))}" for document in sorted(lines)]
        (CASES / name / "expected.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert jing.complaint(suite.schema, compact=suite.is_compact) == ""
    assert expected(name) == lines


@cache
def known() -> dict[tuple[str, str, str], list[int]]:
    return stored()


def assert_agreement(suite: Suite) -> None:
    """Our verdicts are the stored ones, the first fault is where jing's is."""
    lines = remembered(suite, known())
    made = compared(suite, lines, *[judged(suite)[0], (0.0, 0.0)])
    assert made.disagreements == ()
    assert made.invalid
    assert made.same_first >= 0.96 * made.invalid


@pytest.fixture(scope="module")
def tei(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Suite]:
    """The suites of TEI's samples and their mutants, by name."""
    suites = {suite.name: suite for suite in tei_suites(tmp_path_factory.mktemp("customisations"))}
    if not suites:
        pytest.skip("no ../shared with samples and tei_all.rng")
    return suites


@pytest.mark.parametrize("name", ["tei_all", "editio"])
def test_verdicts_on_samples_and_mutants_are_jings(name: str, tei: dict[str, Suite]) -> None:
    assert_agreement(tei[name])


def test_nine_in_ten_mistakes_are_told_as_one(tei: dict[str, Suite]) -> None:
    schema = loaded(tei["tei_all"])
    valid = {name: data for name, data in documents_below(SHARED / "samples/tei").items() if not schema.validate(data)}
    faulty = [found for one in mutants(valid, MISTAKES) if (found := schema.validate(one.data))]
    told = [sum(fault.follows is None for fault in found) for found in faulty]
    assert min(told) == 1
    assert told.count(1) > 0.9 * len(told)
    assert sum(len(found) == 1 for found in faulty) < 0.8 * len(faulty)  # so often there is nothing to fold


def test_verdicts_by_customisations_of_tei_are_jings(tei: dict[str, Suite]) -> None:
    customised = [suite for name, suite in tei.items() if name not in ("tei_all", "editio")]
    assert len(customised) >= 10
    for first, suite in enumerate(customised):
        some = dict(list(suite.documents.items())[first % OF_OTHER_TEI :: OF_OTHER_TEI])
        assert_agreement(Suite(suite.name, suite.schema, some))


@pytest.mark.parametrize("name", OTHERS)
def test_verdicts_by_a_schema_of_another_vocabulary_are_jings(name: str) -> None:
    suite = next((one for one in other_suites() if one.name == name), None)
    if suite is None:
        missing = f"no {OTHERS[name]}; make verdicts lays it aside, or Debian's package has it"
        if os.environ.get("CI") and not OTHERS[name].startswith(("xml/", "osinfo/")):
            pytest.fail(missing)
        pytest.skip(missing)
    assert_agreement(suite)


def test_what_is_stored_of_other_vocabularies_is_stored_of_the_documents_there_are() -> None:
    for name in OTHERS:
        assert len(remembered(Suite(name, STORED, other_documents(name)), known())) >= 60


def test_every_kind_of_fault_is_made_and_lies_where_the_index_says() -> None:
    made = list(mutants({"letter.xml": LETTER}, len(MUTATIONS)))
    assert {one.kind for one in made} == set(MUTATIONS)
    for one in made:
        before, after = LETTER.splitlines(), one.data.splitlines()
        assert before[: one.line - 1] == after[: one.line - 1]
        assert before[one.line - 1] != after[one.line - 1]


def test_mutants_are_the_same_in_every_run() -> None:
    assert list(mutants({"letter.xml": LETTER}, 60)) == list(mutants({"letter.xml": LETTER}, 60))
