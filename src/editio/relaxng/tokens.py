"""Parts the compact syntax into tokens with their places (RELAX NG compact syntax, 2)."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass

from editio.relaxng.faults import SchemaError
from editio.relaxng.lexical import is_ncname
from editio.relaxng.patterns import Place

KEYWORDS = frozenset(
    "attribute default datatypes div element empty external grammar include inherit list mixed namespace notAllowed parent "
    "start string text token".split()
)
_NAME = r"[^\W\d][\w.\-\u00b7\u0300-\u036f]*"
_TOKEN = re.compile(
    rf"""(?P<blank>[ \t\n]+|\#[^\n]*)
    |(?P<literal>\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''|"[^"\n]*"|'[^'\n]*')
    |(?P<all>{_NAME}:\*)
    |(?P<prefixed>{_NAME}:{_NAME})
    |(?P<escaped>\\{_NAME})
    |(?P<name>{_NAME})
    |(?P<mark>\|=|&=|>>|[{{}}()\[\],&|?*+\-~=])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]{1,6})\}")
_LINE_END = "\0"  # an escaped line end, which may stand where a line end may not


@dataclass(frozen=True, slots=True)
class Token:
    """A token: what kind it is, its text (of a literal, what it says), and where it begins."""

    kind: str  # keyword, name, prefixed, all, literal, mark, end
    text: str
    at: int


class Source:
    """The text of a schema in compact syntax."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.text = self._decoded(data).replace("\r\n", "\n").replace("\r", "\n")
        self._lines = [0, *(found.end() for found in re.finditer("\n", self.text))]
        self.tokens = self._parted()

    def place(self, at: int) -> Place:
        """The line and column of a character."""
        line = bisect_right(self._lines, at)
        return Place(self.name, line, at - self._lines[line - 1] + 1)

    def wrong(self, at: int, message: str) -> SchemaError:
        """An error at a character."""
        return SchemaError(*self.place(at), message)

    def _decoded(self, data: bytes) -> str:
        utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        try:
            text = data.decode("utf-16" if utf16 else "utf-8-sig")
            return _ESCAPE.sub(_unescaped, text)
        except (UnicodeDecodeError, ValueError) as error:
            raise SchemaError(self.name, 1, 1, f"the text cannot be read: {error}") from None

    def _parted(self) -> list[Token]:
        tokens: list[Token] = []
        at = 0
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            if found is None:
                raise self.wrong(at, f"“{self.text[at]}” means nothing here")
            if found.lastgroup != "blank":
                tokens.append(self._token(found))
            at = found.end()
        return [*tokens, Token("end", "the end", at)]

    def _token(self, found: re.Match[str]) -> Token:
        kind, text, at = found.lastgroup or "", found[0], found.start()
        if kind == "literal":
            quotes = 3 if text[:3] in ('"""', "'''") and len(text) >= 6 else 1
            return Token(kind, text[quotes:-quotes].replace(_LINE_END, "\n"), at)
        if kind == "mark":
            return Token(kind, text, at)
        for part in text.removesuffix(":*").removeprefix("\\").split(":"):
            if not is_ncname(part):
                raise self.wrong(at, f"“{part}” cannot be a name")
        if kind == "escaped":
            return Token("name", text[1:], at)
        return Token("keyword" if text in KEYWORDS else kind, text, at)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return _LINE_END if char in "\r\n" else char
