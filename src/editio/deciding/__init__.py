"""What editors decide about names and dates: suggestions, the file of decisions, and what they do to the TEI."""
