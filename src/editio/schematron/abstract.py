"""Makes of abstract patterns and rules the patterns and rules that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from editio.schematron.files import PLACE, SCH, Fault, place

PATTERNS = (f"{SCH}pattern", f"{SCH}group")
CARRIED = frozenset(["is-a", "abstract", PLACE])


def concrete_patterns(schema: etree._Element, faults: list[Fault]) -> list[etree._Element]:
    """The patterns of a schema in order, those that are an instance of an abstract one made out in full."""
    patterns = [one for one in schema.iterchildren(etree.Element) if one.tag in PATTERNS]
    abstract = {one.get("id", ""): one for one in patterns if one.get("abstract") == "true"}
    made = []
    for pattern in patterns:
        if reason := _contradiction(pattern):
            faults.append(Fault(place(pattern), reason))
        if pattern.get("abstract") == "true":
            continue
        if pattern.get("is-a") is None:
            made.append(pattern)
        elif pattern.get("is-a") in abstract:
            made.append(_instance(pattern, abstract[pattern.get("is-a", "")]))
        else:
            faults.append(Fault(place(pattern), f"there is no abstract pattern “{pattern.get('is-a')}”"))
    return made


def _contradiction(pattern: etree._Element) -> str:
    """Why a pattern cannot be an instance of another as it says; empty if it can, or does not say so."""
    if pattern.get("is-a") is None:
        return ""
    if pattern.get("abstract") == "true":
        return "an abstract pattern cannot be an instance (@is-a) of another"
    own = pattern.find(f"{SCH}rule") is not None
    return "the rules in a pattern with @is-a are not asked: it has those of the abstract one" if own else ""


def _instance(pattern: etree._Element, abstract: etree._Element) -> etree._Element:
    """An abstract pattern with the parameters of an instance; the instance's own attributes win."""
    made = deepcopy(abstract)
    parameters = _parameters(abstract) | _parameters(pattern)
    for element in made.iter(etree.Element):
        for name, value in element.attrib.items():
            element.set(name, _substituted(str(value), parameters))
    del made.attrib["abstract"]
    made.attrib.pop("id", None)
    for name, value in pattern.attrib.items():
        if name not in CARRIED:
            made.set(name, value)
    for title in pattern.findall(f"{SCH}title"):
        made.append(deepcopy(title))
    return made


def _parameters(pattern: etree._Element) -> dict[str, str]:
    return {one.get("name", ""): one.get("value", "") for one in pattern.findall(f"{SCH}param")}


def _substituted(value: str, parameters: Mapping[str, str]) -> str:
    """Parameters are text, put in wherever ``$name`` is written; other variables stay."""
    return re.sub(r"\$([^\W\d][\w.\-]*)", lambda found: parameters.get(found[1], found[0]), value)


def content(
    rule: etree._Element, schema: etree._Element, faults: list[Fault], above: tuple[etree._Element, ...] = ()
) -> Iterator[etree._Element]:
    """What a rule holds, in order, with what it takes from abstract rules where it says so."""
    for child in rule.iterchildren(etree.Element):
        if child.tag != f"{SCH}extends":
            yield child
            continue
        found = _abstract_rule(child, schema)
        if found is None:
            faults.append(Fault(place(child), f"there is no abstract rule “{child.get('rule', '')}”"))
        elif found in above:
            faults.append(Fault(place(child), f"the abstract rule “{child.get('rule', '')}” extends itself"))
        else:
            yield from content(found, schema, faults, (*above, found))


def _abstract_rule(extends: etree._Element, schema: etree._Element) -> etree._Element | None:
    """The abstract rule of that id, of the same pattern rather than of another."""
    around = [one for one in extends.iterancestors() if one.tag in PATTERNS]
    for scope in (*around, schema):
        for rule in scope.iter(f"{SCH}rule"):
            if rule.get("abstract") == "true" and rule.get("id") == extends.get("rule"):
                return rule
    return None
