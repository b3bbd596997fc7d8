"""Markdown and pandoc's tree: tokens and elements as blocks, tables and runs."""
