"""What every page shares: the frame, words, errors."""
