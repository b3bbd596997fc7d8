"""Lines of a text in which persons stand by themselves: lists of those present, addresses, signatures."""

from __future__ import annotations

import re

from editio.naming.titles import title
from editio.naming.words import fold

SIGNED = re.compile(r"(?i)(?:/s/|\(?signed\)?:?|\(?gez\.?\)?|\(?signé\)?|\(?sgd\.?\)?)[ \n]*\Z")
SIGNED_ENDS = tuple("/dDzZéÉ:).")
LISTED = re.compile(
    r"(?im)^(?:participants?|present|in attendance|teilnehmer|anwesend|présents?|присутствовали)[.: ]*$"
)
LABEL = re.compile(r"(?im)^(?:from|to|cc|via|through|author|von|an|de|à|от|кому)\s*:\s*$")
LISTED_LINES, LONGEST_LINE = 30, 80


def listed_lines(text: str) -> list[tuple[int, int]]:
    """Lines that list persons: behind a heading such as “Participants”, or behind “From:”."""
    found: list[tuple[int, int]] = []
    for match in LISTED.finditer(text):
        at = max(match.end() + 1, found[-1][1] + 1 if found else 0)
        for _ in range(LISTED_LINES):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if end - at > 80 or (end == at and found and found[-1][1] == at - 1 and text[at - 2 : at] == "\n\n"):
                break
            found.append((at, end))
            at = end + 1
            if at >= len(text):
                break
    return found + [(match.end(), match.end() + 3) for match in LABEL.finditer(text)]


def signature_lines(text: str) -> list[tuple[int, int]]:
    """The last lines of a text, where a signature may stand."""
    found: list[tuple[int, int]] = []
    end = len(text.rstrip())
    while end > 0 and len(found) < 2:
        start = text.rfind("\n", 0, end) + 1
        if text[start:end].strip():
            found.append((start, end))
            if end - start > 60:
                break
        end = start - 1
    return found if found and text[: found[-1][0]].strip() else []


def is_line(text: str, start: int, end: int, languages: tuple[str, ...]) -> bool:
    """Whether a name is a line by itself, or with an office behind it."""
    before = text[max(0, start - LONGEST_LINE) : start]
    behind = text[end : end + LONGEST_LINE].partition("\n")[0]
    office = re.match(r",[ \n](?:the |der |le )?([^\W\d_]+)", behind)
    rest = before[before.rfind("\n") + 1 :] + ("" if office and title(fold(office[1]), languages) else behind)
    return not rest.strip(" .,;[]()_—–-/s\u00a0")


def is_signed(text: str, start: int) -> bool:
    """Whether “signed” or the like stands before an offset."""
    first = max(0, start - 14)
    return text[first:start].rstrip(" \n").endswith(SIGNED_ENDS) and SIGNED.search(text, first, start) is not None
