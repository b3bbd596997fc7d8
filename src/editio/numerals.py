"""Writes the numbers of list items as word processors and browsers show them: 3, c, III."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
ALPHABETS = {"alpha": LATIN, "latin": LATIN, "greek": GREEK, "russian": CYRILLIC}
LARGEST_ROMAN = 3999


def numeral(number: int, style: str) -> str:
    """A number in a style of CSS (``lower-alpha``, ``upper-roman`` …); in digits where the style has no such number."""
    if style == "decimal-leading-zero":
        return f"{number:02d}"
    case, _, script = style.rpartition("-")
    written = _roman(number) if script == "roman" else _letters(number, ALPHABETS.get(script, ""))
    return written.upper() if case == "upper" else written


def repeated_letters(number: int, alphabet: str = LATIN) -> str:
    """The letters of word processors, which go on with aa, bb, cc behind z."""
    if number < 1:
        return str(number)
    again, letter = divmod(number - 1, len(alphabet))
    return alphabet[letter] * min(again + 1, 40)


def _letters(number: int, alphabet: str) -> str:
    """Letters as browsers count on: z, aa, ab."""
    if number < 1 or not alphabet:
        return str(number)
    written = ""
    while number:
        number, letter = divmod(number - 1, len(alphabet))
        written = alphabet[letter] + written
    return written


def _roman(number: int) -> str:
    if not 0 < number <= LARGEST_ROMAN:
        return str(number)
    written = ""
    for value, letters in ROMAN:
        while number >= value:
            number -= value
            written += letters
    return written
