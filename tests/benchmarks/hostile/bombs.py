"""Small files that unpack to much, or say so, and files that refer to themselves."""

from hostile.sqlite_bombs import databases


def bombs_of(kind, corpus):
    return list(databases(corpus)) if kind in {"run", "library"} else []
