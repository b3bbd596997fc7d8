"""Serves an edition on this machine: its pages, and its registers as a reconciliation service."""
