"""ISO Schematron (19757-3:2020) with XPath 3: reads a schema closed, compiles it to XSLT 3.0, and says what was found.

Imports nothing else of Editio. Whoever uses it runs the stylesheet: ``stylesheet(load(…))`` is its text, and
``results`` makes findings of the maps of a node and of what is said of it that it returns.
"""

from editio.schematron.files import Fault, Place, Read, SchemaError
from editio.schematron.findings import Finding, Fired, Note, Result, Unevaluated, Wanted, results
from editio.schematron.plan import load
from editio.schematron.schema import Check, Pattern, Rule, Schema
from editio.schematron.stylesheet import NAMESPACE, part_at, stylesheet, without
from editio.schematron.svrl import svrl

__all__ = [
    "NAMESPACE",
    "Check",
    "Fault",
    "Finding",
    "Fired",
    "Note",
    "Pattern",
    "Place",
    "Read",
    "Result",
    "Rule",
    "Schema",
    "SchemaError",
    "Unevaluated",
    "Wanted",
    "load",
    "part_at",
    "results",
    "stylesheet",
    "svrl",
    "without",
]
