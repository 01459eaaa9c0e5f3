"""People who work here: roles, areas, what each may do, how they sign in."""
