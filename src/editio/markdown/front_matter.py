"""What stands before the text of a Markdown file about it: YAML between ``---``, TOML between ``+++``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from editio import languages
from editio.config import LANGUAGE
from editio.model import Consumed, Field, Run, Text
from editio.tei import clean

RULE = "front-matter"
YAML = re.compile(r"\A---[ \t]*\n((?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
TOML = re.compile(r"\A\+\+\+[ \t]*\n((?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
KEY = re.compile(r"\s*[\w\"'-][^:\n]*:(?:\s|$)")
# More than this is no front matter, and lists in lists deeper than this are nobody's.
LONGEST, DEEPEST = 100_000, 20
NAMES = {
    "authors": "author",
    "creator": "author",
    "translators": "translator",
    "licence": "rights",
    "license": "rights",
    "copyright": "rights",
    "source": "citation",
    "description": "abstract",
    "summary": "abstract",
    "keywords": "furniture:keywords",
    "tags": "furniture:keywords",
    "categories": "furniture:keywords",
}
LANGUAGES = frozenset(["lang", "language", "locale"])


@dataclass(frozen=True)
class FrontMatter:
    """Where the front matter ends, and what it says."""

    end: int = 0
    fields: tuple[Field, ...] = ()
    consumed: tuple[Consumed, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class _Value:
    """A value with the keys that lead to it and its place."""

    path: tuple[str, ...]
    text: str
    start: int
    end: int


def front_matter(text: str) -> FrontMatter:
    """The front matter of a document; nothing if it has none, or has it in another form than YAML or TOML."""
    for pattern, values_of in ((YAML, _yaml), (TOML, _toml)):
        match = pattern.match(text, 0, LONGEST)
        values = values_of(match[1], match.start(1)) if match else None
        if match and values is not None:
            return _said(match.end(), values)
    return FrontMatter()


def _said(end: int, values: list[_Value]) -> FrontMatter:
    language = next((tag for value in values if _is_language(value) and (tag := language_tag(value.text))), "")
    told = [value for value in values if value.text.strip() and not (_is_language(value) and language_tag(value.text))]
    fields = tuple(Field(_name(value.path), _text(value), RULE) for value in told)
    return FrontMatter(end, fields, (Consumed(0, end, RULE),), language)


def _is_language(value: _Value) -> bool:
    return len(value.path) == 1 and value.path[0].lower() in LANGUAGES


def language_tag(text: str) -> str:
    """The language tag that a value is or names."""
    return text if re.fullmatch(LANGUAGE, text) and len(text.split("-", maxsplit=1)[0]) < 4 else languages.tag_of(text)


def _name(path: tuple[str, ...]) -> str:
    """The field of a value: that of its outermost key; what is said of an author besides the name is kept apart."""
    keys = [key.lower().strip() for key in path if key]
    name = NAMES.get(keys[0], keys[0])
    rest = [key for key in keys[1:] if key not in ("name", "title", "value", "text")]
    return "-".join([name.replace(":", "-"), *rest]) if rest else name


def _text(value: _Value) -> Text:
    return Text((Run(clean(" ".join(value.text.split())), value.start, value.end),))


# --- YAML -----------------------------------------------------------------------------------------


def _yaml(block: str, start: int) -> list[_Value] | None:
    """The scalars of a mapping with their places; nothing if it is none. Tags and aliases are not followed."""
    if not KEY.match(block) and block.strip():
        return None
    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(root, yaml.MappingNode):
        return None
    return list(_scalars(root, (), start, set()))


def _scalars(node: yaml.Node, path: tuple[str, ...], start: int, seen: set[int]) -> Iterator[_Value]:
    if id(node) in seen or len(path) > DEEPEST:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield _Value(path, node.value, start + node.start_mark.index, start + node.end_mark.index)
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _scalars(inner, path, start, seen)
    elif isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            yield from _scalars(inner, (*path, str(key.value)), start, seen)


# --- TOML -----------------------------------------------------------------------------------------


def _toml(block: str, start: int) -> list[_Value] | None:
    """The values of TOML, each placed where its key first stands behind the one before."""
    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    values: list[_Value] = []
    at = 0
    for path, text in _leaves(table, ()):
        found = block.find(text, at)
        begin = found if found >= 0 else at
        at = begin + len(text) if found >= 0 else at
        values.append(_Value(path, text, start + begin, start + at))
    return values


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, path)
    else:
        yield path, str(value).lower() if isinstance(value, bool) else str(value)
