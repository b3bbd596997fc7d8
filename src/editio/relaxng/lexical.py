"""Names, name tokens and blanks as XML and XML Schema know them."""

from __future__ import annotations

import re

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = _START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
NCNAME = re.compile(f"[{_START}][{_MORE}]*")
NAME = re.compile(f"[:{_START}][:{_MORE}]*")
NMTOKEN = re.compile(f"[:{_MORE}]+")
QNAME = re.compile(f"(?:([{_START}][{_MORE}]*):)?([{_START}][{_MORE}]*)")
NAME_START = re.compile(f"[:{_START}]")
NAME_MORE = re.compile(f"[:{_MORE}]")
_SPACES = str.maketrans("\t\r\n", "   ")
_UNEVEN = re.compile("[\t\r\n]|^ | $|  ")


def is_ncname(text: str) -> bool:
    """Whether a text is a name without colon."""
    return NCNAME.fullmatch(text) is not None


def replaced(text: str) -> str:
    """A text with a space for each tab and line end."""
    return text.translate(_SPACES)


def collapsed(text: str) -> str:
    """A text without space around it and with one space between its words."""
    return " ".join(words(text)) if _UNEVEN.search(text) else text


def words(text: str) -> list[str]:
    """The words of a text, parted at what is blank in XML."""
    return [word for word in text.translate(_SPACES).split(" ") if word]
