"""Runs the command line as ``python -m editio``."""

from editio.cli import main

main(prog_name="editio")
