"""Surveys an edition for names: who and what is mentioned, and is in no register yet."""
