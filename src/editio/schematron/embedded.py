"""Collects the Schematron rules that stand in a RELAX NG grammar or in an ODD into one schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from editio.schematron.files import PLACE, SCH, Fault, Read, SchemaError, parse, place, resolve

RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "{http://www.tei-c.org/ns/1.0}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
SCHEMES = frozenset(["schematron", "isoschematron"])
# What stands at the top of a schema as it is; rules and assertions get what should be around them.
TOP = frozenset(f"{SCH}{name}" for name in ("ns", "let", "pattern", "group", "phase", "diagnostics", "properties"))
TOP |= {f"{XSL}function", f"{XSL}key"}
APART = frozenset([PLACE, "id", "see", "{http://www.w3.org/XML/1998/namespace}lang"])
ASKING = tuple(f"{SCH}{name}" for name in ("pattern", "param", "rule", "extends", "let", "assert", "report"))
CHECKS = (f"{SCH}assert", f"{SCH}report")


def holds_rules(root: etree._Element) -> bool:
    """Whether it is a grammar or a TEI document, in which rules are embedded."""
    return str(root.tag).startswith((RNG, TEI))


def collect(root: etree._Element, read: Read, faults: list[Fault]) -> etree._Element:
    """A schema of all rules embedded in a file, and of the grammars that it includes."""
    schema = etree.Element(f"{SCH}schema", {"queryBinding": "xslt3", PLACE: root.get(PLACE, "")})
    seen: set[tuple[str, ...]] = set()
    for element in _embedded(root, read, faults):
        kept = deepcopy(element)
        kept.tail = None
        made = _surrounded(kept, element, faults)
        # grammars say a rule of a class wherever the class is, and the TEI's say some in two languages
        content = _content(made) if made.tag == f"{SCH}pattern" else ()
        if content not in seen:
            schema.append(made)
        if content:
            seen.add(content)
    return schema


def _content(pattern: etree._Element) -> tuple[str, ...]:
    """What a pattern asks, apart from its name and place, and from the words in which it is told."""
    asked: list[str] = []
    for one in pattern.iter(*ASKING):
        attributes = sorted((str(name), str(value)) for name, value in one.items() if name not in APART)
        text = "".join(map(str, one.itertext())) if one.tag == f"{SCH}let" else ""
        asked.append(f"{etree.QName(one).localname} {attributes} {text}")
    return tuple(asked)


def namespaces(root: etree._Element) -> dict[str, str]:
    """Prefixes that XML declares in a file; rules embedded there may rely on them."""
    found: dict[str, str] = {}
    for element in root.iter(etree.Element):
        for prefix, uri in element.nsmap.items():
            if prefix:
                found.setdefault(prefix, uri)
    return found


def _embedded(root: etree._Element, read: Read, faults: list[Fault]) -> Iterator[etree._Element]:
    if str(root.tag).startswith(TEI):
        for constraint in root.iter(f"{TEI}constraint"):
            if _is_in_force(constraint):
                yield from _outermost(constraint)
        return
    for grammar in _grammars(root, read, faults, {place(root).file}):
        yield from _outermost(grammar)


def _outermost(root: etree._Element) -> Iterator[etree._Element]:
    """Elements of Schematron, and of XSLT beside them, that stand in none."""
    for child in root.iterchildren(etree.Element):
        if child.tag in TOP or child.tag in CHECKS or child.tag == f"{SCH}rule":
            yield child
        else:
            yield from _outermost(child)


def _grammars(root: etree._Element, read: Read, faults: list[Fault], seen: set[str]) -> Iterator[etree._Element]:
    yield root
    for include in root.iter(f"{RNG}include", f"{RNG}externalRef"):
        here = place(include)
        name, _ = resolve(include.get("href", ""), here.file)
        if name in seen:
            continue
        seen.add(name)
        try:
            grammar = parse(read(name), name)
        except OSError as error:
            faults.append(Fault(here, f"“{name}” cannot be read: {error.strerror or error}"))
        except SchemaError as error:
            faults.append(error.fault)
        else:
            yield from _grammars(grammar, read, faults, seen)


def _is_in_force(constraint: etree._Element) -> bool:
    """Whether an ODD's constraint is Schematron, and neither it nor what it is about is deleted."""
    around = [constraint, *constraint.iterancestors()]
    schemes = [one.get("scheme", "schematron") for one in around if one.tag == f"{TEI}constraintSpec"]
    return all(scheme in SCHEMES for scheme in schemes) and not any(one.get("mode") == "delete" for one in around)


def _surrounded(kept: etree._Element, found: etree._Element, faults: list[Fault]) -> etree._Element:
    """A rule in a pattern, an assertion in a rule about the element whose declaration it stands in."""
    if kept.tag in TOP:
        return kept
    pattern = etree.Element(f"{SCH}pattern", {PLACE: found.get(PLACE, "")})
    if identity := _identity(found):
        pattern.set("id", identity)
    if kept.tag == f"{SCH}rule":
        pattern.append(kept)
        return pattern
    context = _context(found)
    if not context:
        faults.append(Fault(place(found), f"this {etree.QName(found).localname} stands in no rule"))
        return etree.Element(f"{SCH}p")
    etree.SubElement(pattern, f"{SCH}rule", {"context": context, PLACE: found.get(PLACE, "")}).append(kept)
    return pattern


def _identity(found: etree._Element) -> str:
    """The name that an ODD gives to the constraint; nothing in a grammar."""
    return next((one.get("ident", "") for one in found.iterancestors(f"{TEI}constraintSpec")), "")


def _context(found: etree._Element) -> str:
    """What an assertion without a rule is about, as a pattern; nothing if no declaration says so."""
    around = list(found.iterancestors())
    element = next((one for one in around if one.tag in (f"{RNG}element", f"{TEI}elementSpec")), None)
    attribute = next((one for one in around if one.tag in (f"{RNG}attribute", f"{TEI}attDef")), None)
    if element is None:
        return ""
    name = element.get("name") or element.get("ident") or ""
    within = _inherited((element, *element.iterancestors()))
    context = f"Q{{{within}}}{name.rpartition(':')[2]}" if name else ""
    named = (attribute.get("name") or attribute.get("ident") or "") if attribute is not None else ""
    return f"{context}/@{named}" if context and named else context


def _inherited(around: Iterable[etree._Element]) -> str:
    tei = False
    for one in around:
        tei = tei or str(one.tag).startswith(TEI)
        if one.get("ns") is not None:
            return str(one.get("ns"))
    return TEI[1:-1] if tei else ""
