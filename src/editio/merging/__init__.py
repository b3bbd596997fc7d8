"""Three versions of a TEI file into one: as typed, piece by piece, place by place."""
