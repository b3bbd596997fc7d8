"""The codes of the checks as such; each check declares its own beside itself."""

from __future__ import annotations

from editio.codes.declaring import ERROR, WARNING, code

UNUSED_IGNORE = code(
    "unused-ignore",
    WARNING,
    "check",
    "An [[ignore]] of edition.toml silences nothing: the problem is gone, or the code or file is misspelt.",
    "delete the [[ignore]] or correct its code or file",
)
TOO_COSTLY = code(
    "too-costly",
    ERROR,
    "check",
    "Looking at a document took more time or memory than is allowed, so it was given up; the others were looked at.",
    "divide the document; if a rule of your Schematron or a schema is the cause, simplify it",
)
FAILED_CHECK = code(
    "failed-check",
    ERROR,
    "check",
    "A check, or what reads schemas and rules, broke off with an error: a bug in Editio, not in your document. All other "
    "checks were made.",
    "please report it, with the lines on standard error and, if you can, the document",
)
