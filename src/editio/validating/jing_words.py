"""What jing's sentences mean: the kind of fault, what was allowed, and where the tag concerned begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from editio.relaxng import Fault, Kind
from editio.relaxng.messages import MOST_LISTED
from editio.validating.jing import Said
from editio.validating.laying import shift_of

# How the sentences begin, in English; the kind of fault each stands for.
KIND_OF: Mapping[str, Kind] = {
    r"element .+ not allowed anywhere": "unknown-element",
    r"element .+ not allowed (?:here|yet)": "element",
    r"element .+ missing (?:one or more )?required attribute": "missing-attribute",
    r"element .+ incomplete|document incompletely matched": "incomplete",
    r"(?:found )?attribute .+(?:not allowed here|no attributes allowed)": "attribute",
    r"value of attribute |character content of element |empty content for element ": "value",
    r"text not allowed here": "text",
    r"IDREF .+ without matching ID": "missing-id",
    r"ID .+ has already been defined": "duplicate-id",
}
AGAIN = "first occurrence of ID "  # said after the second one, which is reported
NAMED = re.compile(r'(?:value of |found )?(?P<what>element|attribute) "(?P<name>[^"]+)"')
EXPECTED = "; expected "
QUOTED = re.compile(r'"([^"]*)"')


def faults_of(said: Sequence[Said], text: str) -> Iterator[Fault]:
    """What jing says of a document, as faults; ``text`` is the document as jing saw it.

    Inside an element that it does not know, jing repeats what it said last at every tag; that is left out.
    """
    lines, shift = text.split("\n"), shift_of(text)
    for number, one in enumerate(said):
        line, column, tag = _tag_before(lines, one)
        if number and (one.message.startswith(AGAIN) or not _speaks_of(one.message, tag)):
            continue
        message, allowed = _in_words(one.message)
        yield Fault(line, column - shift if line == 1 else column, kind_of(one.message), "", message, allowed)


def kind_of(message: str) -> Kind:
    """The kind of fault that a sentence of jing's is about."""
    return next((kind for pattern, kind in KIND_OF.items() if re.match(pattern, message)), "element")


def _tag_before(lines: Sequence[str], one: Said) -> tuple[int, int, str]:
    """Line and column at which the tag begins that ends where jing says, and the tag; there itself, if none does."""
    if not 0 < one.line <= len(lines):
        return one.line, one.column, ""
    # Java counts in units of UTF-16
    units = lines[one.line - 1].encode("utf-16-le")[: 2 * max(one.column - 1, 0)]
    before = units.decode("utf-16-le", "ignore")
    if not before.endswith(">"):
        return one.line, len(before) + 1, ""
    line, parts = one.line, [before]
    while "<" not in parts[0] and line > 1:
        line -= 1
        parts.insert(0, lines[line - 1])
    start = parts[0].rfind("<")
    return line, start + 1, "\n".join(parts)[start:]


def _speaks_of(message: str, tag: str) -> bool:
    """Whether a sentence is about this tag: the element or the attribute that it names is there."""
    named = NAMED.match(message)
    if not named or not tag:
        return True
    local = re.escape(named["name"].rpartition(":")[2])
    if named["what"] == "element":
        return bool(re.match(rf"</?(?:[^\s:/>]+:)?{local}[\s/>]", tag))
    return bool(re.search(rf"[\s:]{local}\s*=", tag))


def _in_words(message: str) -> tuple[str, tuple[str, ...]]:
    """The sentence, with no more than a few of the names that are allowed; and these names."""
    said, _, rest = message.partition(EXPECTED)
    names = list(QUOTED.finditer(rest))
    allowed = tuple(dict.fromkeys(name[1] for name in names))
    if len(names) > MOST_LISTED:
        rest = f"{rest[: names[MOST_LISTED - 1].end()]} …"
    whole = f"{said}{EXPECTED}{rest}" if rest else said
    return "jing: " + QUOTED.sub(r"“\1”", whole), allowed
