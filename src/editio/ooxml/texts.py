"""Collects every text of a Word document that a reader of it could see, before anything is asked about its meaning."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from editio.flat import Flat
from editio.ooxml.parts import WP, A, M, V, W, child, own_text
from editio.ooxml.symbols import is_private, sign

# A text is known by its element, or by its element and the name of the attribute that holds it.
Key = etree._Element | tuple[etree._Element, str]

PARAGRAPH = f"{W}p"
WORDS = frozenset(
    {f"{W}t", f"{W}delText", f"{W}instrText", f"{W}delInstrText", f"{M}t", f"{A}t"}
)  # elements that hold characters
SIGNS = {f"{W}softHyphen": "\N{SOFT HYPHEN}", f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
SYMBOL = f"{W}sym"
ATTRIBUTES = {
    f"{WP}docPr": ("title", "descr"),
    f"{V}textpath": ("string",),
    f"{V}shape": ("alt",),
    f"{W}comment": (f"{W}author", f"{W}date"),
}
TEXTS = (*WORDS, *SIGNS, SYMBOL, *ATTRIBUTES)
INSTRUCTIONS = frozenset({f"{W}instrText", f"{W}delInstrText"})
DELETED = frozenset({f"{W}delText", f"{W}delInstrText"})


def collect(root: etree._Element, flat: Flat, paragraphs: int = 0) -> int:
    """Enter all texts of a part; the number of paragraphs, counted on from those before."""
    for node in root.iter(PARAGRAPH, *TEXTS):
        if node.tag == PARAGRAPH:
            paragraphs += 1
            flat.line(paragraphs)
            continue
        for key, text in texts_of(node):
            flat.add(key, text)
    return paragraphs


def texts_of(node: etree._Element) -> Iterator[tuple[Key, str]]:
    """The texts that an element has itself, with their keys."""
    if node.tag in WORDS:
        text = own_text(node)
        yield node, _in_symbol_font(node, text) if is_private(text) else text
    elif node.tag in SIGNS:
        yield node, SIGNS[node.tag]
    elif node.tag == SYMBOL:
        code = node.get(f"{W}char", "")
        yield node, sign(int(code, 16) if _is_hexadecimal(code) else 0xFFFD, node.get(f"{W}font", ""))
    else:
        for name in ATTRIBUTES.get(str(node.tag), ()):
            if node.get(name):
                yield (node, name), node.get(name, "")


def keys_in(root: etree._Element) -> Iterator[Key]:
    """The keys of all texts in an element, in order."""
    for node in root.iter(*TEXTS):
        for key, _ in texts_of(node):
            yield key


def _in_symbol_font(node: etree._Element, text: str) -> str:
    """A text whose signs are those of the font of its run."""
    fonts = child(node.getparent(), "rPr/rFonts")
    font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    signs = [sign(ord(one), font) if is_private(one) else one for one in text]
    return "".join(signs)


def _is_hexadecimal(code: str) -> bool:
    return 0 < len(code) <= 6 and all(one in "0123456789abcdefABCDEF" for one in code)


def letters_by_language(root: etree._Element) -> dict[str, int]:
    """How many characters are in runs that name their language (its primary tag); under "" how many there are."""
    counts = {"": 0}
    language = ""
    for node in root.iter(f"{W}r", f"{W}lang", f"{W}t"):
        if node.tag == f"{W}r":
            language = ""
        elif node.tag == f"{W}lang":
            language = node.get(f"{W}val", "").partition("-")[0].lower()
        else:
            for named in {"", language}:
                counts[named] = counts.get(named, 0) + len(own_text(node))
    return counts
