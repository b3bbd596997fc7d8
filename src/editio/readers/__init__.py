"""Readers: one file a source format, each a function Source → Draft."""
