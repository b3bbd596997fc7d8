"""Knows which characters the signs of symbol fonts are, which Word writes as numbers in a font."""

from __future__ import annotations

import re

# Symbol, from 0x20 (Adobe's encoding, as the Unicode Consortium maps it); a space where there is no sign.
SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼\x7f"
    "                                 ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ "
)
# The signs of Wingdings that texts have.
WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x41: "✌", 0x46: "☞", 0x45: "☜", 0x47: "☝", 0x48: "☟",
    0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x55: "✞", 0x56: "✞", 0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x6C: "●", 0x6E: "■",
    0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x96: "❦",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
PRIVATE = range(0xF000, 0xF100)
PRIVATE_CHARACTER = re.compile("[\uf000-\uf0ff]")


def sign(code: int, font: str) -> str:
    """The character that a sign of a font is; one of the private use area where that is not known."""
    low = code - 0xF000 if code in PRIVATE else code
    name = font.strip().casefold()
    if name == "symbol" and 0x20 <= low < 0x20 + len(SYMBOL):
        found = SYMBOL[low - 0x20]
        return found if found.strip() or low == 0x20 else chr(0xF000 + low)
    if name == "wingdings" and low in WINGDINGS:
        return WINGDINGS[low]
    if name in ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"):
        return chr(0xF000 + low) if low < 0x100 else chr(low)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def is_private(text: str) -> bool:
    """Whether a text has signs of a symbol font whose meaning is not known."""
    return PRIVATE_CHARACTER.search(text) is not None
