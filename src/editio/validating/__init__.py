"""Whether TEI files are sound: which schemas they are held against, and how many files are looked at in bounded time."""
