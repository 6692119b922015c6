"""Tables for other programs: CSV as RFC 4180 has it, in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

SUFFIX = ".csv"

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula begins with one of these."""


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what looks like one.

    Names of files and of runs may come from somebody else.
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_content(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A header and rows as the content of a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    content = text.getvalue()
    # Excel takes text that is not ASCII for another encoding, unless a mark says that it is UTF-8.
    # Python's own reader would take the mark for a part of the header.
    encoding = "utf-8" if content.isascii() else "utf-8-sig"
    # The name of a file need not be text at all.
    return content.encode(encoding, "backslashreplace")
