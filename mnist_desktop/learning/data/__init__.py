"""Data sets: from files of many kinds to splits of pictures and labels, and to batches."""
