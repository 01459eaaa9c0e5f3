"""Settings, addresses and the server's entry points."""
