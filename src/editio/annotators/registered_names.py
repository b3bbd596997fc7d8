"""Names that stand in the registers: longest form first, capital letters and initials understood, one misprint forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from editio.model import Context, Edition, Entry, Mention
from editio.registers import KINDS, forms, pointer
from editio.registry import annotator
from editio.words import is_word

TOKEN = re.compile(r"[^\W_]+|,")
# What may stand between two words of one name.
GAP = re.compile(r"\.?[ \n\u00a0]?|[-’' ]|")
SHORTEST_MISPRINT, LONGEST_MISPRINT = 7, 40
# Words before a surname that say nothing of who it is.
TITLES = frozenset(
    "com comrade cde mr dr prof professor sir monsieur m herr lord premier chairman president secretary minister "
    "ambassador marshal general admiral colonel major captain lieutenant senator king queen prince princess "
    "count baron academician the and of to from by with for in on as at dear".split()
)
# Words before a surname that may mean its bearer's wife or daughter.
FAMILY = frozenset("mrs miss ms madame mme mademoiselle mlle frau fräulein lady".split())
# Initials or a second surname behind a surname: “Khrushchev S.N.”, “Khrushchev-Bulganin”.
OTHER_NAMES = re.compile(r"[-–][A-ZÀ-ÞА-Я]|,? [A-ZÀ-ÞА-Я]\.(?=[ A-ZÀ-ÞА-Я])")
QUALIFIED = re.compile(r"\s+(?:of|on|for)\s+(?:the\s+)?[A-Z]")


@dataclass(frozen=True)
class Token:
    """A word of a text, or a comma."""

    text: str
    start: int
    end: int


@dataclass
class Node:
    """A step in the trie of forms; ``entries`` are those a form ends with, with its spelling and whether it is short."""

    children: dict[str, Node] = field(default_factory=dict)
    entries: list[tuple[Entry, str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Trie:
    """All forms of all entries, and which words of them a misprint one letter off might be."""

    root: Node
    near: Mapping[str, frozenset[str]]
    language: str


@annotator(register_name="a form in the register", near_name="a form in the register but for one letter")
def registered_names(text: str, edition: Edition, context: Context) -> Iterator[Mention]:
    """Mentions of register entries, left to right, the longest form at each place."""
    if not edition.entries:
        return
    trie = _trie(tuple(edition.entries.values()), edition.settings.edition.language)
    tokens = [Token(m[0], *m.span()) for m in TOKEN.finditer(text)]
    index = 0
    while index < len(tokens):
        found = _longest(text, tokens, index, trie)
        if found is None:
            index += 1
            continue
        last, node, near = found
        mention = _mention(text, tokens, index, last, node, near, edition)
        if mention:
            yield mention
        index = last + 1


def _longest(text: str, tokens: list[Token], first: int, trie: Trie) -> tuple[int, Node, bool] | None:
    if not tokens[first].text[0].isupper():
        return None
    best: tuple[int, Node, bool] | None = None
    node, near, index = trie.root, False, first
    while index < len(tokens):
        if index > first and not _adjoins(text, tokens[index - 1], tokens[index]):
            break
        step, off = _step(node, tokens[index].text, trie, near)
        if step is None:
            break
        node, near = step, near or off
        if any(_same_case(tokens[first : index + 1], form, near) for _, form, _ in node.entries) and not (
            near and index == first
        ):
            best = (index, node, near)
        index += 1
    return best


def _step(node: Node, word: str, trie: Trie, near_already: bool) -> tuple[Node | None, bool]:
    """The next node by the word itself or, once in a name, by a word it may be a misprint of."""
    key = word.casefold()
    if key in node.children:
        return node.children[key], False
    if near_already or not SHORTEST_MISPRINT <= len(word) <= LONGEST_MISPRINT:
        return None, False
    alike = {match for shape in _shapes(key) for match in trie.near.get(shape, ()) if _one_slip(key, match)}
    likely = alike & set(node.children)
    if len(likely) != 1 or is_word(word, trie.language):
        return None, False
    return node.children[likely.pop()], True


def _adjoins(text: str, before: Token, token: Token) -> bool:
    gap = text[before.end : token.start]
    return gap == "" if token.text == "," else bool(GAP.fullmatch(gap))


def _same_case(tokens: list[Token], form: str, near: bool) -> bool:
    """Each word as the form writes it, or in capitals."""
    words = TOKEN.findall(form)
    pairs = zip((token.text for token in tokens), words, strict=False)
    return len(words) == len(tokens) and all(
        text in (word, word.upper()) or (near and text.isupper() == word.isupper()) or (near and text.isupper())
        for text, word in pairs
    )


def _mention(
    text: str, tokens: list[Token], first: int, last: int, node: Node, near: bool, edition: Edition
) -> Mention | None:
    matching = [one for one in node.entries if _same_case(tokens[first : last + 1], one[1], near)]
    found = {entry.id: entry for entry, _, _ in matching}
    short = all(is_short for _, _, is_short in matching)
    start, end = tokens[first].start, tokens[last].end
    if len(tokens[last].text) == 1 and text[end : end + 1] == ".":
        end += 1
    entry = next(iter(found.values()))
    if short and _is_qualified(text, tokens, first, end, entry):
        return None
    if len(found) > 1:
        return Mention(start, end, KINDS[entry.kind], {}, "low", "register-name", candidates=tuple(sorted(found)))
    reference = {"ref": pointer(entry, edition.settings.convert.tei)}
    if near:
        return Mention(start, end, KINDS[entry.kind], reference, "medium", "near-name", entry.id, almost=matching[0][1])
    cert = "low" if short and _is_of_the_family(text, tokens, first) else "high"
    return Mention(start, end, KINDS[entry.kind], reference, cert, "register-name", entry.id)


def _is_qualified(text: str, tokens: list[Token], first: int, end: int, entry: Entry) -> bool:
    """Whether the words around a short form make it another's: “Nina Khrushchev”, “Budget Committee”."""
    if entry.kind != "person" and QUALIFIED.match(text, end):
        return True
    if entry.kind == "person" and OTHER_NAMES.match(text, end):
        return True
    gap = text[tokens[first - 1].end : tokens[first].start] if first else None
    if gap not in (" ", ". ", ".", "-", "–"):
        return False
    before = tokens[first - 1].text
    if gap in ("-", "–") or len(before) == 1:
        return entry.kind == "person" and before[0].isupper()
    known = before.casefold() in TITLES or before.casefold() in FAMILY
    return before[0].isupper() and not before.isupper() and gap == " " and not known


def _is_of_the_family(text: str, tokens: list[Token], first: int) -> bool:
    """Whether a title before a surname may mean another of the family."""
    return first > 0 and tokens[first - 1].text.casefold() in FAMILY


@lru_cache(maxsize=4)
def _trie(entries: tuple[Entry, ...], language: str) -> Trie:
    root = Node()
    near: dict[str, set[str]] = {}
    for entry in entries:
        for form, short in forms(entry):
            node = root
            for word in TOKEN.findall(form):
                key = word.casefold()
                node = node.children.setdefault(key, Node())
                if SHORTEST_MISPRINT <= len(key) <= LONGEST_MISPRINT:
                    for shape in _shapes(key):
                        near.setdefault(shape, set()).add(key)
            if node is not root and len(form) > 1:
                node.entries.append((entry, form, short))
    return Trie(root, {shape: frozenset(words) for shape, words in near.items()}, language)


def _shapes(word: str) -> set[str]:
    """The word, and the word with each letter left out: two words one letter apart share a shape."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter is left out, added or changed, or two neighbours are exchanged."""
    short, long = sorted((word, other), key=len)
    if len(long) > len(short):
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    differ = [i for i, (a, b) in enumerate(zip(short, long, strict=True)) if a != b]
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        return short[differ[0]] == long[differ[1]] and short[differ[1]] == long[differ[0]]
    return len(differ) == 1
