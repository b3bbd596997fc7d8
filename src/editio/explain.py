"""What each code means, for ``editio explain`` and docs/diagnostics.md."""

from __future__ import annotations

from editio.codes import CODES
from editio.diagnostics import Code
from editio.registry import checks


def all_codes() -> dict[str, Code]:
    """Every code, those of the checks too, in name order."""
    checks()
    return dict(sorted(CODES.items()))


def explanation(name: str) -> str | None:
    """The explanation of one code; none for an unknown one."""
    code = all_codes().get(name)
    if code is None:
        return None
    lines = [f"{code.name} ({code.severity.word}, stage {code.stage})", "", code.cause, "", f"What to do: {code.cure}."]
    if code.example:
        lines += ["", "Example:", *(f"    {line}" for line in code.example.splitlines())]
    return "\n".join(lines)


def listing() -> str:
    """All codes with the first sentence of their explanation."""
    width = max(map(len, all_codes()))
    return "\n".join(f"{code.name:{width}}  {code.severity.word:7}  {code.cause}" for code in all_codes().values())
