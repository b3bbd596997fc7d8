"""The file of decisions: JSON, a line for each, in an order that depends on nothing but what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from editio import codes, tei
from editio.diagnostics import Report
from editio.files import read_file
from editio.markable import NAMING
from editio.model import Decision, Decisions, Quote

SCOPES = ("place", "document", "edition")
VERDICTS = ("accept", "reject", "open")
PARTS = ("text", "header")
# The keys of a line, in the order in which they are written; any other is kept behind them.
STRINGS = ("document", "scope", "exact", "prefix", "suffix", "part", "verdict", "element", "entry")
ELEMENTS = frozenset({*(name.removeprefix(tei.TEI) for name in NAMING), "eventName", "objectName"}) - {"idno", "ref"}
SIGNED = ("rule", "cert", "by", "on")
KNOWN = frozenset((*STRINGS, *SIGNED, "at", "attributes"))


class MalformedDecision(Exception):
    """A line is no decision; the message says why."""


def read_decisions(path: Path, report: Report) -> Decisions:
    """The decisions of a file, none if there is no file; lines that are none are reported."""
    place = report.place(path)
    try:
        data = read_file(path)
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, place, f"the file cannot be read: {error.strerror}")
        return Decisions(faulty=True)
    found: list[Decision] = []
    faulty = False
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            if line.strip():
                found.append(parse_line(line.decode("utf-8"), number))
        except UnicodeDecodeError:
            report.add(codes.MALFORMED_DECISION, report.place(path, number), "the line is not UTF-8")
            faulty = True
        except MalformedDecision as error:
            report.add(codes.MALFORMED_DECISION, report.place(path, number), str(error))
            faulty = True
    return Decisions(tuple(found), faulty)


def parse_line(line: str, number: int = 0) -> Decision:
    """The decision that a line of the file holds; MalformedDecision if it holds none."""
    values = _object(line)
    said = _strings(values)
    exact = " ".join(said["exact"].split())
    if not exact:
        raise MalformedDecision("the line has no “exact”, the words that it is about")
    verdict = _one_of(said["verdict"], "verdict", VERDICTS)
    scope = _one_of(said["scope"] or "place", "scope", SCOPES)
    part = _one_of(said["part"] or "text", "part", PARTS)
    _refuse_unfit(said, verdict, scope)
    return Decision(
        Quote(exact, said["prefix"], said["suffix"], _offset(values.get("at", -1)), part),
        verdict,
        scope,
        said["document"],
        said["element"],
        said["entry"],
        _attributes(values.get("attributes", {})),
        said["by"],
        said["on"],
        said["rule"],
        said["cert"],
        extra=tuple(sorted((name, json.dumps(value)) for name, value in values.items() if name not in KNOWN)),
        line=number,
    )


def _refuse_unfit(said: dict[str, str], verdict: str, scope: str) -> None:
    """Refuse what does not go together in one line, and a day that is none."""
    if scope != "edition" and not said["document"]:
        raise MalformedDecision("the line has no “document”, though its scope is not “edition”")
    if verdict == "accept" and not said["element"]:
        raise MalformedDecision("the line has no “element” that the words become")
    if verdict == "accept" and said["element"] not in ELEMENTS:
        raise MalformedDecision(f"“element” is “{said['element']}”, which names nothing")
    if said["on"] and not _is_day(said["on"]):
        raise MalformedDecision(f"“on” is “{said['on']}”, and not a day such as 2026-11-28")


def _object(line: str) -> dict[str, object]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise MalformedDecision(f"the line is not JSON: {_reason(error)}") from None
    if not isinstance(values, dict):
        raise MalformedDecision("the line is not a JSON object")
    return values


def _strings(values: dict[str, object]) -> dict[str, str]:
    """What a line says in words; empty where it says nothing."""
    said: dict[str, str] = {}
    for name in (*STRINGS, *SIGNED):
        value = values.get(name, "")
        if not isinstance(value, str):
            raise MalformedDecision(f"“{name}” is not a string")
        if tei.NOT_XML.search(value):
            raise MalformedDecision(f"“{name}” holds a character that XML does not allow")
        said[name] = value
    return said


def _reason(error: Exception) -> str:
    return error.msg.lower() if isinstance(error, json.JSONDecodeError) else "nested too deep, or a number too long"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _one_of(value: str, name: str, values: Iterable[str]) -> str:
    if value not in values:
        raise MalformedDecision(f"“{name}” is “{value}”, and not {' or '.join(values)}")
    return value


def _offset(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedDecision("“at” is not a whole number")
    return max(value, -1)


def _attributes(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise MalformedDecision("“attributes” is not an object of attributes and strings")
    for name, one in value.items():
        if not re.fullmatch(r"[A-Za-z][A-Za-z-]*", name) or name == "resp" or tei.NOT_XML.search(one):
            raise MalformedDecision(f"“{name}” is not an attribute that a decision can give")
    return tuple(sorted(value.items()))


def written_line(one: Decision) -> str:
    """The line of a decision."""
    quote = one.quote
    values: dict[str, object] = {
        "document": one.document,
        "scope": one.scope,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "part": "" if quote.part == "text" else quote.part,
        "at": quote.at if quote.at >= 0 else "",
        "verdict": one.verdict,
        "element": one.element,
        "entry": one.entry,
        "attributes": dict(one.attributes) or "",
        "rule": one.rule,
        "cert": one.cert,
        "by": one.by,
        "on": one.on,
    }
    values = {name: value for name, value in values.items() if value != ""}
    values |= {name: json.loads(value) for name, value in one.extra}
    return json.dumps(values, ensure_ascii=False)


def _lines(decisions: Iterable[Decision]) -> list[tuple[bytes, Decision]]:
    """The lines of the file, and the decision of each."""
    by_line = {written_line(one): one for one in decisions}
    keyed = sorted((*_order(one), line) for line, one in by_line.items())
    return [(f"{key[-1]}\n".encode("utf-8", "backslashreplace"), by_line[key[-1]]) for key in keyed]


def _order(one: Decision) -> tuple[str, int, str, str, int]:
    return (one.document, SCOPES.index(one.scope), one.quote.part, one.quote.exact, one.quote.at)


def change_decisions(
    path: Path, change: Callable[[tuple[Decision, ...]], Iterable[Decision]], report: Report
) -> Decisions:
    """Change the file as it is now; the decisions that it holds afterwards. Not written if lines of it are faulty."""
    found = read_decisions(path, report)
    if found.faulty:
        return found
    lines = _lines(change(found.all))
    if lines or path.exists():
        tei.write_if_changed(path, b"".join(line for line, _ in lines))
    return Decisions(tuple(replace(one, line=number) for number, (_, one) in enumerate(lines, 1)))
