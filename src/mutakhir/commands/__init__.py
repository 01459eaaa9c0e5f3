"""The command line, a module per room: parse, one call into the domain, print."""
