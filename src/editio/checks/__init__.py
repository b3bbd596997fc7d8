"""Checks: one function a kind of fault, named like its code."""
