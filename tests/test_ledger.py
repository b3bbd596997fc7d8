"""The ledger itself can fail: a character that is dropped, or entered but not in the TEI, is found at its place."""

from __future__ import annotations

from pathlib import Path

from editio.ledger import Ledger
from editio.model import Consumed, Run, Source
from editio.tei import element

SOURCE = Source(Path("letter.txt"), "letter.txt", "letter", "# To Blake\n\nAll is well.")


def document(text: str) -> object:
    return element("TEI", element("teiHeader", element("title", "To Blake")), element("text", element("p", text)))


def ledger(*text: Run) -> Ledger:
    return Ledger(list(text), [Run("To Blake", 2, 10)], [Consumed(0, 1, "markdown-heading")])


def test_a_full_ledger_balances_and_gives_its_figures() -> None:
    balance = ledger(Run("All is well.", 12, 24)).balance(SOURCE, document("All is well."))
    assert balance.balanced
    assert (balance.characters, balance.text, balance.header) == (18, 10, 7)
    assert balance.consumed == {"markdown-heading": 1}


def test_a_character_that_nobody_entered_is_missing() -> None:
    balance = ledger(Run("All is ", 12, 19)).balance(SOURCE, document("All is "))
    assert balance.missing == (19, 20, 21, 22, 23)


def test_a_word_that_was_entered_but_is_not_in_the_tei_is_missing() -> None:
    assert not ledger(Run("All is well.", 12, 24)).balance(SOURCE, document("All is .")).balanced
