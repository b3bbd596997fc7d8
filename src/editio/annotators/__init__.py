"""Annotators: each finds names or dates in a plain text."""
