"""Who and what a text names: forms of register entries, who is meant by them, and persons by cues."""
