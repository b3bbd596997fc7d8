"""Editio builds scholarly editions: sources to TEI P5, TEI to a web edition and a book."""

__version__ = "0.1.0"
