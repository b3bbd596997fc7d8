"""Makes of the patterns in force a plain plan: numbered, every variable and call under the name it has when compiled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from editio.schematron import contexts, xpath
from editio.schematron.abstract import content
from editio.schematron.files import PLACE, SCH, Place, Read, place
from editio.schematron.schema import (
    OURS,
    XSL,
    Check,
    Kind,
    Pattern,
    Reading,
    Rule,
    Schema,
    active_patterns,
    clean,
    lets_of_schema,
    namespaces_of,
    phase_of,
    read_schema,
    severity_of,
)

# Functions that read files are answered by our own, from documents that were handed in.
CALLS = {f"{prefix}{name}": f"_:{name}" for prefix in ("", "fn:") for name in ("doc", "document", "doc-available")}
GUARDS_AT_END = re.compile(r"(?:\[_:predicate-\d+-\d+\(\.\)\])+\s*$")
LETS = (f"{SCH}let", f"{XSL}variable")
CHECKS = (f"{SCH}assert", f"{SCH}report")


@dataclass
class _Plan:
    """What has been planned so far."""

    reading: Reading
    root: etree._Element
    patterns: list[Pattern] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    lets: int = 0

    def name(self, kind: str, number: int, element: etree._Element) -> str:
        """The short name under which a part is found again in the stylesheet, and its place in the schema."""
        self.places[f"{kind}{number}"] = place(element)
        return f"{kind}{number}"


def load(data: bytes, name: str, read: Read, phase: str = "#DEFAULT") -> Schema:
    """The schema in a phase; what is wrong in parts of it is among its faults, SchemaError means all of it."""
    reading = read_schema(data, name, read)
    chosen = phase_of(reading, phase)
    namespaces = namespaces_of(reading)
    plan = _Plan(reading, etree.Element("rules", nsmap={**namespaces, "_": OURS}))
    patterns = active_patterns(reading, chosen)
    lets = lets_of_schema(reading, chosen)
    names = _names([*lets, *(let for pattern in patterns for let in pattern.iterchildren(*LETS))])
    scope = _plan_globals(plan, lets, _names(lets))
    _plan_xslt(plan)
    for element in patterns:
        _plan_pattern(plan, element, scope, names)
    _number_rules(plan, namespaces)
    return Schema(
        name,
        _words(reading.root.find(f"{SCH}title")),
        chosen,
        reading.root.get("queryBinding", ""),
        namespaces,
        tuple(plan.patterns),
        tuple(plan.rules),
        tuple(plan.checks),
        plan.places,
        tuple(dict.fromkeys(reading.faults)),
        etree.tostring(plan.root),
    )


def _names(lets: Iterable[etree._Element]) -> Counter[str]:
    """How often each name is given to a variable."""
    return Counter(let.get("name", "") for let in lets)


def _plan_globals(
    plan: _Plan, lets: Iterable[etree._Element], names: Mapping[str, int], above: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Plan variables of schema or pattern; what each name stands for from there on."""
    scope = dict(above or {})
    for let in lets:
        scope[let.get("name", "")] = _plan_let(plan, plan.root, let, scope, plain=names[let.get("name", "")] == 1)
    return scope


def _plan_let(
    plan: _Plan, parent: etree._Element, let: etree._Element, scope: Mapping[str, str], *, plain: bool
) -> str:
    """Plan a variable; what is written where an expression uses it. A ``plain`` one has its own name, too."""
    plan.lets += 1
    key = plan.name("l", plan.lets, let)
    planned = _let(let, scope)
    planned.set("key", key)
    planned.set("is", key)
    if plain:
        planned.set("plain", "true")
    parent.append(planned)
    return f"$_:{key}" if planned.get("safe") else f"_:let($_:{key})"


def _let(let: etree._Element, scope: Mapping[str, str]) -> etree._Element:
    """A variable with its value: an expression, or the content of the element."""
    planned = etree.Element("let", name=let.get("name", ""))
    value = let.get("value", let.get("select"))
    if let.get("as") is not None:
        planned.set("as", let.get("as", ""))
    elif value and xpath.is_safe(xpath.tokens(value)):
        planned.set("safe", "true")
    if value is not None:
        planned.set("value", xpath.rewrite(value, scope, CALLS))
        return planned
    for child in let.iterchildren(etree.Element):
        kept = deepcopy(child)
        clean(kept)
        planned.append(kept)
    if len(planned) == 0:
        planned.set("value", _literal("".join(let.itertext())))
    return planned


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _plan_xslt(plan: _Plan) -> None:
    """Functions and keys of the schema, which may read documents as rules may."""
    found = [one for one in plan.reading.root.iterchildren(etree.Element) if str(one.tag).startswith(XSL)]
    for number, element in enumerate((one for one in found if one.tag not in LETS), start=1):
        kept = deepcopy(element)
        kept.tail = None
        for one in kept.iter(etree.Element):
            for attribute, value in one.attrib.items():
                if attribute != PLACE and str(one.tag).startswith(XSL):
                    one.set(attribute, xpath.rewrite(str(value), {}, CALLS))
        clean(kept)
        kept.set(f"{{{OURS}}}is", plan.name("x", number, element))
        plan.root.append(kept)


def _plan_pattern(plan: _Plan, element: etree._Element, scope: Mapping[str, str], names: Mapping[str, int]) -> None:
    number = len(plan.patterns) + 1
    own = _plan_globals(plan, element.iterchildren(*LETS), names, scope)
    group = element.tag == f"{SCH}group"
    rules = [one for one in element.iterchildren(f"{SCH}rule") if one.get("abstract") != "true"]
    title = _words(element.find(f"{SCH}title"))
    plan.patterns.append(Pattern(number, element.get("id", ""), title, group, place(element)))
    for rule in rules:
        _plan_rule(plan, rule, element, own)


def _plan_rule(plan: _Plan, rule: etree._Element, pattern: etree._Element, scope: Mapping[str, str]) -> None:
    number, context = len(plan.rules) + 1, rule.get("context", "")
    planned = etree.SubElement(plan.root, "rule", n=str(number), pattern=str(len(plan.patterns)))
    planned.set("is", plan.name("r", number, rule))
    _plan_context(planned, xpath.rewrite(context, scope, CALLS))
    role = rule.get("severity") or rule.get("role") or pattern.get("role") or ""
    see = rule.get("see") or pattern.get("see") or ""
    plan.rules.append(
        Rule(number, len(plan.patterns), rule.get("id", ""), context, role, rule.get("flag", ""), see, place(rule))
    )
    inner = dict(scope)
    for one in content(rule, plan.reading.root, plan.reading.faults):
        if one.tag in LETS:
            inner[one.get("name", "")] = _plan_let(plan, planned, one, inner, plain=True)
        elif one.tag in CHECKS:
            planned.append(_plan_check(plan, one, rule, inner))


def _plan_context(planned: etree._Element, context: str) -> None:
    """A context whose errors are told instead of taken for “does not match”: its predicates are functions that catch them.

    Those at its end are asked in the template (``where``): Saxon is slow where patterns call functions.
    """

    def called(predicate: str, number: int) -> str:
        name = f"predicate-{planned.get('n')}-{number}"
        etree.SubElement(planned, "predicate", name=name, test=predicate)
        return f"_:{name}(.)"

    guarded = xpath.guard(context, called)
    found = GUARDS_AT_END.search(guarded) if contexts.is_one_path(context) else None
    if found:
        planned.set("where", found[0].strip()[1:-1].replace("][", " and "))
    planned.set("context", guarded[: found.start()] if found else guarded)


def _plan_check(plan: _Plan, check: etree._Element, rule: etree._Element, scope: Mapping[str, str]) -> etree._Element:
    number, owner = len(plan.checks) + 1, plan.rules[-1]
    kind: Kind = "assert" if check.tag == f"{SCH}assert" else "report"
    planned = etree.Element(kind, n=str(number), rule=str(owner.number))
    planned.set("is", plan.name("c", number, check))
    planned.set("test", xpath.rewrite(check.get("test", ""), scope, CALLS))
    if xpath.is_safe(xpath.tokens(check.get("test", ""))):
        planned.set("safe", "true")
    subject = check.get("subject") or rule.get("subject")
    if subject:
        planned.set("subject", xpath.rewrite(subject, scope, CALLS))
    role = check.get("severity") or check.get("role") or owner.role
    attributes = {name: check.get(name, "") for name in ("id", "test", "flag", "icon", "fpi")}
    plan.checks.append(
        Check(
            number=number,
            rule=owner.number,
            kind=kind,
            role=role,
            severity=severity_of(role),
            see=check.get("see") or owner.see,
            place=place(check),
            **{**attributes, "flag": attributes["flag"] or owner.flag},
        )
    )
    planned.append(_message("message", check, scope))
    planned.extend(_annotations(plan, check, scope))
    return planned


def _annotations(plan: _Plan, check: etree._Element, scope: Mapping[str, str]) -> Iterator[etree._Element]:
    """The diagnostics and properties that an assertion refers to."""
    for kind, list_of in (("diagnostic", "diagnostics"), ("property", "properties")):
        known = {one.get("id"): one for one in plan.reading.root.iter(f"{SCH}{kind}")}
        for name in check.get(list_of, "").split():
            if name in known:
                message = _message(kind, known[name], scope)
                message.set("id", name)
                yield message
            else:
                plan.reading.complain(check, f"there is no {kind} “{name}”", "warning")


def _message(tag: str, element: etree._Element, scope: Mapping[str, str]) -> etree._Element:
    """A message as a list of texts and of expressions whose values stand in it."""
    message = etree.Element(tag)
    for part in _parts(element, scope):
        message.append(part)
    return message


def _parts(element: etree._Element, scope: Mapping[str, str]) -> Iterator[etree._Element]:
    for node in element.xpath("node()[self::* or self::text()]"):
        if isinstance(node, str):
            text = etree.Element("text")
            text.text = str(node)
            yield text
        elif node.tag == f"{SCH}value-of":
            yield etree.Element("value", select=xpath.rewrite(node.get("select", "."), scope, CALLS))
        elif node.tag == f"{SCH}name":
            path = node.get("path", node.get("select"))
            yield etree.Element("name", select=xpath.rewrite(path, scope, CALLS) if path else ".")
        elif node.tag in (f"{SCH}emph", f"{SCH}dir", f"{SCH}span"):
            yield from _parts(node, scope)


def _number_rules(plan: _Plan, namespaces: Mapping[str, str]) -> None:
    """The first rule has the highest priority; how rules are found, and which of them can match the same nodes."""
    planned = plan.root.findall("rule")
    matched = [contexts.matched(one.get("context", ""), namespaces) for one in planned]
    _find_by_attributes(plan, planned, matched)
    for position, rule in enumerate(planned):
        rule.set("priority", str(len(planned) - position))
        if attribute := rule.get("attribute", ""):
            matched[position] = contexts.matched(f"@{attribute}", namespaces)
    for position, rule in enumerate(planned):
        others = [n for n in range(len(planned)) if n != position and contexts.overlap(matched[n], matched[position])]
        if any(n > position for n in others):
            rule.set("passes", "true")
        group = plan.patterns[int(rule.get("pattern", "")) - 1].group
        if not group and any(planned[n].get("pattern") == rule.get("pattern") for n in others):
            rule.set("shared", "true")
    plan.root.set("visit", contexts.visited(node for nodes in matched for node in nodes))
    plan.root.set("base", f"editio:/{plan.reading.name}")


def _find_by_attributes(
    plan: _Plan, planned: Sequence[etree._Element], matched: Sequence[frozenset[contexts.Node]]
) -> None:
    """Mark rules that can be found by way of an attribute: all of a pattern by the same one, for the first shall fire."""
    for pattern in plan.patterns:
        own = [n for n, rule in enumerate(planned) if rule.get("pattern") == str(pattern.number)]
        found = {n: contexts.required_attribute(planned[n].get("context", "")) for n in own}
        alone = {n for n in own if not any(m != n and contexts.overlap(matched[m], matched[n]) for m in own)}
        together = pattern.group or len(set(found.values())) == 1
        for n, attribute in found.items():
            if attribute and (together or n in alone):
                planned[n].set("attribute", attribute)


def _words(element: etree._Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""
