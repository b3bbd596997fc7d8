"""Says in words what is wrong with a document, and what is allowed in its place."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from editio.relaxng.automaton import Automaton, Said, State
from editio.relaxng.derivatives import attributes, firsts
from editio.relaxng.names import Name, name_of, shown
from editio.relaxng.patterns import Attribute, Data, Declaration, List, Pattern, Text, Value
from editio.relaxng.plans import BadAttribute, Plan

MOST_LISTED = 10
LONGEST_QUOTED = 60
LEAST_ALIKE = 0.75  # a name that may have been meant


def misplaced(name: str, state: State) -> Said:
    """An element that stands where it may not."""
    allowed = _allowed(state)
    if _is_root(state):
        return Said(
            "element", _local(name), f"the root may not be {_quoted(name)}; it may be {listed(allowed)}", allowed
        )
    where = f"{_quoted(name)} may not stand here in {_parent(state)}"
    return Said("element", _local(name), f"{where}; {_instead(state, allowed)}", allowed)


def too_early(name: str, state: State, needed: tuple[str, ...]) -> Said:
    """An element before which another should have come."""
    before = f"it must come after {listed(needed, 'or')}" if needed else _instead(state, _allowed(state))
    return Said(
        "element",
        _local(name),
        f"{_quoted(name)} may not stand here in {_parent(state)} yet; {before}",
        needed or _allowed(state),
    )


def unknown(name: str, state: State, automaton: Automaton) -> Said:
    """An element that the schema does not know at all."""
    allowed = _allowed(state)
    parted = name_of(name)
    spaces = automaton.namespaces.get(parted.local)
    if spaces:
        stands = f"stands in the namespace {parted.namespace}" if parted.namespace else "has no namespace"
        expected = " or ".join(f"in {space}" if space else "in no namespace" for space in spaces)
        message = f"{_quoted(name)} {stands}; the schema knows it {expected}"
        return Said("unknown-element", parted.local, message, allowed)
    if parted.namespace and not any(parted.namespace in some for some in automaton.namespaces.values()):
        message = f"{_quoted(name)} stands in the namespace {parted.namespace}, in which the schema knows no elements"
        return Said("unknown-element", parted.local, f"{message}; {_instead(state, allowed)}", allowed)
    message = f"there is no element {_quoted(name)} in the schema"
    return Said(
        "unknown-element",
        parted.local,
        f"{message}{_meant(parted.local, automaton.namespaces) or '; ' + _instead(state, allowed)}",
        allowed,
    )


def incomplete(name: str, state: State, allowed: tuple[str, ...]) -> Said:
    """An element that ends too early; what would make it complete is allowed."""
    wanted = " or ".join(part for part in (listed(allowed), _choice_of_values(state.left.values(), "")) if part)
    return Said(
        "incomplete", _local(name), f"something is missing in {_quoted(name)} before its end: {wanted}", allowed
    )


def misplaced_text(text: str, state: State) -> Said:
    """Text where only elements may stand."""
    allowed = _allowed(state)
    where = f"text may not stand here in {_parent(state)}" if not _is_root(state) else "text may not stand here"
    element = _parent_name(state)
    return Said("text", element, f"{where}: “{_excerpt(text)}”; {_instead(state, allowed)}", allowed)


def bad_content(name: str, text: str, state: State) -> Said:
    """An element whose text is not the value it should be."""
    allowed = _values(state.left.values())
    said = f"“{_excerpt(text)}” may not be the content of {_quoted(name)}; it must be {_choice_of_values(state.left.values())}"
    return Said("value", _local(name), said + _meant(text.strip(), allowed), allowed)


def bad_attribute(name: str, bad: BadAttribute, plan: Plan) -> Said:
    """An attribute that may not be there, has a wrong value, or is missing."""
    element, shown_name = _local(name), _attribute_name(bad.name)
    if bad.value is None:
        choices = tuple(_words(bad.choices)) or (shown_name,)
        wanted = listed([f"“{choice}”" for choice in choices])
        return Said("missing-attribute", element, f"{_quoted(name)} needs the attribute {wanted}", choices, shown_name)
    if bad.choices:
        contents = [one.parts[0] for one in bad.choices]
        allowed = _values(contents)
        value = _excerpt(bad.value)
        said = f"“{value}” may not be the value of “{shown_name}” on {_quoted(name)}"
        message = f"{said}; it must be {_choice_of_values(contents)}{_meant(bad.value, allowed)}"
        return Said("value", element, message, allowed, shown_name, value)
    allowed = tuple(sorted(set(_words((*plan.simple.values(), *attributes(plan.rest))))))
    meant = _meant(shown_name, allowed)
    hint = meant or (f"; it may have {listed(allowed)}" if allowed else "; it may have no attributes")
    twice = " here" if shown_name in allowed else ""
    return Said(
        "attribute",
        element,
        f"{_quoted(name)} may not have the attribute “{shown_name}”{twice}{hint}",
        allowed,
        shown_name,
    )


def duplicate_id(name: str, word: str, line: int) -> Said:
    """An identifier that an element before has already."""
    return Said("duplicate-id", _local(name), f"the identifier “{word}” is already used in line {line}", ())


def missing_id(name: str, word: str) -> Said:
    """A reference to an identifier that no element has."""
    return Said("missing-id", _local(name), f"no element has the identifier “{word}”", ())


# --- parts of sentences


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _quoted(name: str) -> str:
    return f"“{_local(name)}”"


def _attribute_name(name: str) -> str:
    return shown(name_of(name))[0]


def _is_root(state: State) -> bool:
    return any(one.number == -1 for one in state.left)


def _parent_name(state: State) -> str:
    for one in state.left:
        if isinstance(one.names, Name):
            return one.names.local
    return ""


def _parent(state: State) -> str:
    name = _parent_name(state)
    return f"“{name}”" if name else "its parent"


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED]}…"


def _words(some: Iterable[Declaration | Attribute]) -> list[str]:
    return list(dict.fromkeys(word for one in some for word in shown(one.names)))


def _allowed(state: State) -> tuple[str, ...]:
    """What may stand next in an element: names in alphabetical order, then text."""
    names = sorted(set(_words(one for pattern in state.left.values() for one in firsts(pattern))))
    return (*names, "text") if state.after_text is not None or state.values else tuple(names)


def _instead(state: State, allowed: tuple[str, ...]) -> str:
    if allowed:
        return f"allowed here: {listed(allowed, 'or') if state.done is None else listed(allowed)}"
    return f"{_parent(state)} must end here" if state.done else "nothing more is allowed"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words in a row, not more than a reader can take in."""
    some = list(words)
    if len(some) > MOST_LISTED:
        return f"{', '.join(some[:MOST_LISTED])} … ({len(some)})"
    return f"{', '.join(some[:-1])} {last} {some[-1]}" if len(some) > 1 else "".join(some)


def _meant(word: str, known: Iterable[str]) -> str:
    near = [one for one in known if _may_mean(word, one)] if 1 < len(word) < 50 else []
    close = get_close_matches(word, near, n=1, cutoff=LEAST_ALIKE) if near else []
    return f"; did you mean “{close[0]}”?" if close else ""


def _may_mean(word: str, other: str) -> bool:
    """Whether words are not unlike by their length and letters alone, which is found faster than how alike they are."""
    length = len(word)
    if abs(len(other) - length) > 2:
        return False
    return length - len(set(word).difference(other)) >= (length + len(other)) * LEAST_ALIKE / 2


def _leaves(patterns: Iterable[Pattern]) -> Iterable[Pattern]:
    waiting = list(patterns)[::-1]
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Data | Value | Text):
            yield pattern
        else:
            waiting.extend(reversed(pattern.parts))


def _values(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """The values that a schema lists, in alphabetical order: patterns are in another one when a schema is read anew."""
    return tuple(sorted({" ".join(one.text.split()) for one in _leaves(patterns) if isinstance(one, Value)}))


def _choice_of_values(patterns: Iterable[Pattern], nothing: str = "empty") -> str:
    """The values and datatypes of which a text must be one; what is said if there are none."""
    patterns = list(patterns)
    words = [f"“{value}”" for value in _values(patterns)]
    words += sorted({one.datatype.described() for one in _leaves(patterns) if isinstance(one, Data)})
    if not words:
        return nothing
    is_list = any(isinstance(one, List) for pattern in patterns for one in (pattern, *pattern.parts))
    return ("words, each of them " if is_list else "") + listed(words)
