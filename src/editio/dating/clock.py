"""Times of day: “3:30 p.m.”, “1928Z”, “15 Uhr”, “à 3 heures du soir”, “в 15 часов”, noon."""

from __future__ import annotations

from dataclasses import dataclass

from editio.dating.tokens import Phrases, Tokens

HALF = Phrases(
    {
        phrase: hours
        for hours, phrases in (
            (0, "a.m.|a. m.|am|a.m|in the morning|du matin|утра|ночи|morgens|früh|vormittags|Vorm."),
            (
                12,
                "p.m.|p. m.|pm|p.m|in the afternoon|in the evening|at night|du soir|de l'après-midi|de l’après-midi|дня|вечера",
            ),
            (12, "nachmittags|abends|Nachm."),
        )
        for phrase in phrases.split("|")
    }
)
HOURS = Phrases(
    dict.fromkeys(["Uhr", "heures", "heure", "h", "h.", "hours", "hrs", "hrs.", "часов", "часа", "час", "ч."], 24)
    | dict.fromkeys(["o’clock", "o'clock", "o. c.", "o’cl.", "o'cl."], 12)
)
NOON = Phrases(
    dict.fromkeys(
        [
            "noon",
            "12 noon",
            "12 o'clock noon",
            "12 o’clock noon",
            "mittags",
            "midi",
            "à midi",
            "в полдень",
            "полдень",
            "12 m.",
            "meridies",
        ],
        "12:00:00",
    )
)
AT = Phrases(dict.fromkeys(["at", "um", "à", "в", "at about", "about", "gegen", "vers", "from"], 0))


@dataclass(frozen=True)
class Clock:
    """A time as ``hh:mm:ss`` with or without ``Z``; ``until`` the end of a stretch; ``sure`` if morning or evening is said."""

    time: str
    until: str = ""
    sure: bool = True


def clock(tokens: Tokens, index: int) -> tuple[Clock, int] | None:
    """A time of day at a token, and the index behind it."""
    noon = NOON.at(tokens, index)
    if noon:
        return Clock(noon[0]), noon[1]
    return _military(tokens, index) or _spoken(tokens, index)


def _military(tokens: Tokens, index: int) -> tuple[Clock, int] | None:
    """“1928Z”, “1530 hours”, “0930 GMT”."""
    text = tokens[index].text
    if len(text) != 4 or tokens[index].number < 0:
        return None
    time = _time(int(text[:2]), int(text[2:]))
    behind = tokens[index + 1]
    if time and behind.text == "Z" and tokens.tight(index + 1):
        return Clock(time + "Z"), index + 2
    if time and behind.text in ("GMT", "Z", "UTC"):
        return Clock(time + "Z"), index + 2
    if time and behind.low in ("hours", "hrs", "uhr"):
        return Clock(time), index + 2
    return None


def _spoken(tokens: Tokens, index: int) -> tuple[Clock, int] | None:
    first = _figures(tokens, index)
    if not first:
        return None
    hour, minute, at = first
    second = None
    if tokens[at].text in ("-", "–", "—") or tokens[at].low in ("to", "bis") or _between(tokens, index, at):
        second = _figures(tokens, at + 1)
    if second:
        half = _half(tokens, second[2])
        if half is None:
            return None
        until = _on_dial(second[0], second[1], half[0])
        begin = _on_dial(hour, minute, half[0])
        if begin and until and begin > until:
            begin = _on_dial(hour, minute, 0)
        return (Clock(begin, until, half[0] is not None), half[1]) if begin and until else None
    half = _half(tokens, at)
    if half is None:
        return None
    time = _on_dial(hour, minute, half[0])
    after = half[1]
    joined = tokens[after].text in ("-", "–", "—") or tokens[after].low == "to"
    later = _spoken(tokens, after + 1) if time and joined and half[0] is not None and half[0] != 24 else None
    if later and not later[0].until and later[0].time > time:
        return Clock(time, later[0].time), later[1]
    return (Clock(time, sure=half[0] is not None), after) if time else None


def _between(tokens: Tokens, index: int, at: int) -> bool:
    return tokens[at].low in ("and", "und", "et") and tokens[index - 1].low in ("between", "zwischen", "entre")


def _half(tokens: Tokens, index: int) -> tuple[int | None, int] | None:
    """What follows the figures: 0 for morning, 12 for evening, 24 for a day of 24 hours, None where it is open."""
    hours = HOURS.at(tokens, index)
    behind = hours[1] if hours else index
    if hours and 0 <= tokens[behind].number < 60 and hours[0] == 24:
        return None
    half = HALF.at(tokens, behind)
    if half and tokens.joined(behind):
        return half
    if hours is None:
        return None
    return (24 if tokens[index].low in ("uhr", "hours", "hrs") else None), behind


def _figures(tokens: Tokens, index: int) -> tuple[int, int, int] | None:
    """Hour, minute, and the index behind: “3”, “3:30”, “3.30”, “15h30”."""
    hour = tokens[index].number
    if not 0 <= hour <= 24 or len(tokens[index].text) > 2:
        return None
    sign, minutes = tokens[index + 1], tokens[index + 2]
    divided = sign.text in (":", ".", "h") and tokens.tight(index + 1) and tokens.tight(index + 2)
    if divided and len(minutes.text) == 2 and 0 <= minutes.number < 60:
        return hour, minutes.number, index + 3
    return hour, 0, index + 1


def _on_dial(hour: int, minute: int, half: int | None) -> str:
    if half in (0, 12):
        return _time(hour % 12 + half, minute) if 1 <= hour <= 12 else _time(hour, minute)
    return _time(hour, minute)


def _time(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}:00" if 0 <= hour < 24 and 0 <= minute < 60 else ""
