"""Web pages as trees, parts, notes, running text and blocks; ``readers/html.py`` puts them together."""
