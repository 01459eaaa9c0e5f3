"""Accounts managed by people: made, changed, ended; and everybody's own account."""
