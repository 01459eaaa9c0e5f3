"""Quality: how good the work is, measured. What is not looked at is bounded, never supposed."""
