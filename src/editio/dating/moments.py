"""What the words of one point or stretch of time say, before the document's own date completes it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Moment:
    """What is written: zero or empty where nothing is.

    ``years`` and ``months`` count from the document's own, ``days`` too, or weeks, months and years if ``unit`` says so.
    ``side`` is -1 for a day that is past (“May last”), 1 for one to come; ``turn`` the same for a weekday. ``first`` and
    ``last`` are years of a century, a decade or a season over New Year. ``short`` is a year in two figures, ``bare`` a
    year alone, which counts only where other words say that it is one. ``style`` is the calendar that the words name;
    ``custom`` and ``fixed`` are a day of another calendar as written, and the Gregorian days it stands for (ISO).
    ``feast`` says that a feast names the day; of one that goes by Easter ``easter`` are the days behind it.
    ``clock`` and ``until`` are the time of day and its end; ``languages`` those that the month or weekday is a word of.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    years: int | None = None
    months: int | None = None
    days: int | None = None
    unit: str = ""
    turn: int | None = None
    side: int = 0
    part: str = ""
    season: int = 0
    first: int = 0
    last: int = 0
    century: bool = False
    short: bool = False
    ambiguous: bool = False
    style: str = ""
    custom: str = ""
    fixed: tuple[str, str] = ("", "")
    clock: str = ""
    until: str = ""
    bare: bool = False
    same: bool = False
    languages: frozenset[str] = frozenset()
    doubtful: bool = False
    feast: bool = False
    easter: int | None = None
    cert: str = "high"
    rule: str = ""

    @property
    def full(self) -> bool:
        """Whether day, month and year are written."""
        return bool(self.year and self.month and self.day) or bool(self.fixed[0] and self.fixed[0] == self.fixed[1])

    @property
    def open(self) -> bool:
        """Whether a year is missing that the words do not count from the document's own."""
        relative = self.years is not None or self.months is not None or self.days is not None
        return not (self.year or self.first or self.fixed[0] or relative or self.same or self.turn is not None)


@dataclass(frozen=True)
class Expression:
    """A moment, or two with what stands between them: the offsets, and how they belong together.

    ``kind`` is ``one``, ``span`` (from … to), ``between``, ``or``, ``before``, ``after``, ``by``, ``since``, ``until``
    or ``about``.
    """

    start: int
    end: int
    kind: str
    one: Moment
    other: Moment | None = None

    def moved(self, end: int, one: Moment) -> Expression:
        """The expression with a longer first moment."""
        return replace(self, end=end, one=one)


# What a reader of tokens gives: a moment and the index behind it.
Read = tuple[Moment, int] | None
