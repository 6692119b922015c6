"""Small files that unpack to much, or say so, and files that refer to themselves."""


def bombs_of(kind, corpus):
    return []
