"""Declares codes; all that are declared stand in ``CODES`` by name."""

from __future__ import annotations

from editio.diagnostics import Code, Severity, Stage

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CODES: dict[str, Code] = {}


def code(name: str, severity: Severity, stage: Stage, cause: str, cure: str, example: str = "") -> Code:
    """Declare a code; its name must be new."""
    if name in CODES:
        raise ValueError(f"the code {name} is declared twice")
    CODES[name] = Code(name, severity, stage, cause, cure, example)
    return CODES[name]
