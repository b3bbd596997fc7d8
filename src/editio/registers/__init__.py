"""The registers of persons, places, organisations and events: reading, judging, writing them, and as a table."""

from editio.registers.reading import (
    ELEMENTS,
    canonical,
    entries,
    entry_elements,
    forms,
    load_registers,
    pointer,
    reference,
)

__all__ = [
    "ELEMENTS",
    "canonical",
    "entries",
    "entry_elements",
    "forms",
    "load_registers",
    "pointer",
    "reference",
]
