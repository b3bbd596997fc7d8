"""Puts together documents whose parts lie in other files (XInclude 1.0), and knows where everything in them came from."""
