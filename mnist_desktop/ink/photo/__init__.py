"""Photos and scans: from a picture file to parts that are read as strokes are."""
