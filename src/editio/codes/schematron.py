"""The codes of asking the rules of a Schematron schema."""

from __future__ import annotations

from editio.codes.declaring import ERROR, WARNING, code

BROKEN_RULE = code(
    "broken-rule",
    ERROR,
    "schematron",
    "A rule of the Schematron schema does not hold at this place. The rule itself says what is wrong and how bad it is; "
    "its name stands in brackets after the message.",
    "correct the text as the rule says; if the rule is wrong, correct the rule",
)
RULE_NOT_EVALUATED = code(
    "rule-not-evaluated",
    ERROR,
    "schematron",
    "A rule of the Schematron schema raised an error at this place, so nobody knows whether it holds: a value is not "
    "what the rule takes it for (a date that is not a date), or the rule reads a file that it may not read. "
    "All other rules were evaluated.",
    "correct the value, or make the rule ask first (“castable as xs:date”); rules may read XML files of the project only",
)
UNUSABLE_SCHEMATRON = code(
    "unusable-schematron",
    ERROR,
    "schematron",
    "The Schematron schema, or a part of it, cannot be used: it is not well-formed, includes what it may not, names a "
    "pattern that does not exist, or has a wrong XPath. Other rules of the schema are evaluated nevertheless.",
    "correct the line named",
    '<sch:assert test="@when casstable as xs:date">…</sch:assert>',
)
DOUBTFUL_SCHEMATRON = code(
    "doubtful-schematron",
    WARNING,
    "schematron",
    "The Schematron schema can be used, but something in it does not mean what it seems to.",
    "correct the line named",
)
