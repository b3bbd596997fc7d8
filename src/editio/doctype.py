"""Writes an XML document without its DOCTYPE, every element on the line where it was."""

from __future__ import annotations

import re

from lxml import etree

DECLARATION = re.compile(r"\ufeff?<\?xml\s.*?\?>", re.S)
BEFORE = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+", re.S)
DOCTYPE = re.compile(
    r"""<!DOCTYPE(?>"[^"]*"|'[^']*'|[^\[\]"'>])*+
    (?:\[(?><!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[^\]"'])*+\])?\s*>""",
    re.S | re.X,
)
REFERENCE = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|&([^\s#&;][^\s&;]*);", re.S)
PREDEFINED = frozenset(["lt", "gt", "amp", "apos", "quot"])
# Entities in entities: libxml2 allows forty levels.
DEEPEST = 40


def without_doctype(data: bytes, root: etree._Element) -> str:
    """The text of a document that was parsed as ``root``; entities of its own are written out, the declaration is blank."""
    docinfo = root.getroottree().docinfo
    text = decoded(data, docinfo.encoding or "utf-8")
    declared = DECLARATION.match(text)
    text = _blank(text, 0, declared.end()) if declared else text
    if not docinfo.doctype:
        return text
    before = BEFORE.match(text)
    found = DOCTYPE.match(text, before.end() if before else 0)
    if not found:
        return text
    # an entity that is declared twice has its first value
    declarations = docinfo.internalDTD.iterentities() if docinfo.internalDTD is not None else ()
    entities: dict[str, str] = {}
    for one in declarations:
        entities.setdefault(str(one.name), _quotable(one.content or ""))
    return _blank(text[: found.end()], *found.span()) + _written_out(text[found.end() :], entities, 0)


def _quotable(value: str) -> str:
    """The value of an entity as it may be written in an attribute, too."""
    return value if "<" in value else value.replace('"', "&quot;").replace("'", "&apos;")


def decoded(data: bytes, encoding: str) -> str:
    """The text of an XML document that was parsed in this encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)


def _blank(text: str, start: int, end: int) -> str:
    """A text in which all from ``start`` to ``end``, but line breaks, is spaces."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _written_out(text: str, entities: dict[str, str], depth: int) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not name or name in PREDEFINED or name not in entities or depth > DEEPEST:
            return found[0]
        return re.sub(r"\s", " ", _written_out(entities[name], entities, depth + 1))

    return REFERENCE.sub(value, text)
