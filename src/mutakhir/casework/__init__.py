"""Casework: proposals, what people decide on them, and what is then in effect. Pure rules."""
