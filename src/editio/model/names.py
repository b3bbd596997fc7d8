"""Names and dates: as a text mentions them, and as registers have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True)
class Context:
    """What an annotator may know of the document whose text it gets.

    ``date`` is the document's own (ISO, or empty), ``calendar`` ``gregorian`` or ``julian``: how it is dated;
    ``languages`` are the tags of the languages the text may be in, the main one first; ``correspondents``
    are the ids of the register entries that send and receive it, the sender first.
    """

    document: str = ""
    date: str = ""
    calendar: str = "gregorian"
    languages: tuple[str, ...] = ("en",)
    correspondents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A name or date at offsets of a plain text: the element it becomes and why.

    ``entry`` is the id of the register entry it names, if that is settled; ``candidates`` are the ids between
    which it is not. ``resp`` is who says so: ``#editio``, or an editor. ``almost`` is the form of the register
    that the text has a misprint of.
    """

    start: int
    end: int
    element: str
    attributes: Mapping[str, str]
    cert: str
    rule: str
    entry: str = ""
    candidates: tuple[str, ...] = ()
    almost: str = ""
    resp: str = "#editio"


@dataclass(frozen=True)
class Period:
    """A stretch of time between two ISO dates of any precision; empty where it is open or unknown."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Name:
    """A name of a register entry: its words as the register writes them, and its parts where they are tagged.

    ``type`` is that of the register: ``main``, ``variant``, ``short``, ``nickname``, ``sort`` …; ``language`` the
    xml:lang in force; ``period`` when it was borne.
    """

    words: str
    type: str = ""
    language: str = ""
    forenames: tuple[str, ...] = ()
    surname: str = ""
    link: str = ""
    role: str = ""
    generation: str = ""
    added: str = ""
    period: Period = Period()


@dataclass(frozen=True)
class Office:
    """An office or role that a person held (``state``, ``occupation``, ``affiliation``), and when."""

    words: str
    period: Period = Period()


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry of a register (``kind``: ``person``, ``place``, ``org``, ``event``) with all the names it goes by.

    ``name`` is the one that registers show; ``period`` is from birth to death, or how long the thing existed.
    ``names`` are those it can be looked for under; ``same_as`` is the id of the entry that it only stands for.
    """

    id: str
    kind: str
    name: str
    file: str
    element: etree._Element
    names: tuple[Name, ...] = ()
    offices: tuple[Office, ...] = ()
    period: Period = Period()
    description: str = ""
    same_as: str = ""
