"""Asks the rules of Schematron files of a document, each file opened once a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from editio.assertions import Rules, open_rules
from editio.diagnostics import Diagnostic, Report
from editio.model import Document
from editio.validating.schemas import SchemaFile

DEFAULT = "#DEFAULT"


def broken_rules(
    file: SchemaFile, phase: str, document: Document, compiled: Path | None, report: Report
) -> Iterator[Diagnostic]:
    """Where a document breaks rules, and what of the rules cannot be used; files are named as in the report."""
    rules = _opened(file, phase or DEFAULT, compiled)
    for fault in rules.faults:
        place = fault.location
        yield replace(fault, location=report.place(file.grounds / place.file, place.line, place.column))
    for found in rules.find(_as_seen_from(file, document, report.root)):
        place = found.location
        yield replace(found, location=document.place(place.line, place.column))


def svrl(file: SchemaFile, phase: str, document: Document, compiled: Path | None, root: Path) -> str:
    """What rules say of a document, as SVRL; nothing of a file in which there is no rule to ask."""
    rules = _opened(file, phase or DEFAULT, compiled)
    return rules.svrl(_as_seen_from(file, document, root), document.name) if rules.has_checks else ""


def _as_seen_from(file: SchemaFile, document: Document, root: Path) -> Document:
    """A document by its name in the rules' project: they may read what else is there, and so must know where it lies."""
    own = Path(os.path.relpath(root.resolve() / document.name, file.grounds)).as_posix()
    return replace(document, name=own)


@cache
def _opened(file: SchemaFile, phase: str, compiled: Path | None) -> Rules:
    return open_rules(file.path, file.grounds, phase, compiled)
