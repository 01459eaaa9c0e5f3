"""Files come in: progress, receipt, mapping, rows to mend, withdrawal."""
