"""OpenDocument texts as trees, styles, numbers, running text and blocks; ``readers/odt.py`` puts them together."""
