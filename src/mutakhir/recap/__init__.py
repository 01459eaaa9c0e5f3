"""Recap: what a roll version adds up to, the identities it must keep, and its documents."""
