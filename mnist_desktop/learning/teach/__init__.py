"""Teaching a copy of a model somebody's handwriting."""
