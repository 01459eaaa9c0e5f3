"""Long work, done by the job worker while the browser may be closed."""
