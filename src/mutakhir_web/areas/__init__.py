"""The area somebody works in, and the desk: which kab/kota and period the page is about."""
