"""The audit: who did or saw what, for whom, from where, and why. Append-only in the database."""
