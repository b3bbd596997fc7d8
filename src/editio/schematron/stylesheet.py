"""The stylesheet of a schema: made by our own, kept by content, and which part of the schema each of its lines is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from lxml import etree

from editio.schematron.schema import OURS, Schema

NAMESPACE = OURS
TRANSPILER = Path(__file__).with_name("transpile.xsl")
Transform = Callable[[str, str, dict[str, str]], str]
IS = f"{{{OURS}}}is"


@cache
def transpiler() -> str:
    """The stylesheet that makes stylesheets."""
    return TRANSPILER.read_text(encoding="utf-8")


def stylesheet(schema: Schema, transform: Transform, cache: Path | None = None, fired: bool = False) -> str:
    """The schema as a stylesheet; each start tag of XSLT is a line of its own, so that errors can be told apart.

    ``transform`` runs a stylesheet on a document with parameters. Where a ``cache`` is given, the text is kept there.
    """
    parameters = {"fired": "yes" if fired else "no"}
    name = hashlib.sha256("\0".join([transpiler(), schema.plan.decode(), parameters["fired"]]).encode()).hexdigest()
    kept = cache / f"schematron-{name}.xsl" if cache else None
    if kept is not None and kept.is_file() and not kept.is_symlink():
        return kept.read_text(encoding="utf-8")
    text = _in_lines(transform(transpiler(), schema.plan.decode(), parameters))
    if kept is not None and kept.parent.is_dir():
        _keep(kept, text)
    return text


def _keep(path: Path, text: str) -> None:
    """Write a file of the cache whole or not at all; a cache that cannot be written is none."""
    try:
        partial = path.with_suffix(f".{hashlib.sha256(text.encode()).hexdigest()[:8]}.part")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError:
        return


def _in_lines(text: str) -> str:
    # “<” stands in no attribute and no text as it is, and white space inside a tag means nothing
    return re.sub(r"<(xsl:[a-z\-]+)", r"<\1\n", text)


def part_at(text: str, line: int) -> str:
    """The short name of the part of the schema that a line of the stylesheet comes from; empty for none."""
    for written in reversed(text.split("\n")[:line]):
        found = re.search(r' _:is="(\w+)"', written)
        if found:
            return found[1]
        if re.search(r"</xsl:(?:template|variable|function)><xsl:(?:template|mode|param)$", written):
            return ""
    return ""


def without(text: str, parts: Iterable[str]) -> str:
    """The stylesheet without parts of the schema."""
    left_out = frozenset(parts)
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in [one for one in root.iter(etree.Element) if one.get(IS) in left_out]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return _in_lines(etree.tostring(root, encoding="unicode"))
