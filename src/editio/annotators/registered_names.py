"""Names that stand in the registers."""

from __future__ import annotations

from collections.abc import Iterable

from editio.model import Context, Edition, Mention
from editio.naming.find import find_names
from editio.registry import annotator


@annotator(
    register_name="a form in the register",
    inflected_name="a case of a form in the register",
    transliterated_name="a form in the register, written by another system of transliteration",
    near_name="a form in the register but for one letter",
    register_forename="a forename of somebody who writes or receives the document, or is named before",
    role_at_date="an office that somebody held at the document's date, as the register says",
)
def registered_names(text: str, edition: Edition, context: Context) -> Iterable[Mention]:
    """Mentions of register entries: the longest form at each place, and full names inside others."""
    return find_names(text, edition, context)
