"""Finding a voter, the record as of a day, its timeline, a correction."""
