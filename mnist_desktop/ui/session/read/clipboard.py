"""What a drop or the clipboard holds: files, or a picture in one of the ways programs put it there.

Nothing is fetched from anywhere: of an address alone it is said that it is one.
"""

from __future__ import annotations

import base64
import binascii
import re
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from mnist_desktop.errors import UserError
from mnist_desktop.ink.photo.file import PictureFileError
from mnist_desktop.ink.photo.parts import Page, open_page
from mnist_desktop.progress import Progress
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.read.photos import pixels_of

FORMATS = ("image/png", "image/jpeg", "image/webp", "image/bmp")
"""As they are put there, the best first; each with the file's own bytes."""

LONGEST_TEXT = 150_000_000
"""Characters of a text in which a picture may be, some 100 MB of it."""

PICTURE_IN_HTML = re.compile(r"<img\b[^<>]*", re.IGNORECASE)
SOURCE = re.compile(r"""\bsrc\s{0,9}=\s{0,9}(?:"([^"]*)|'([^']*)|([^\s"'][^\s]*))""", re.IGNORECASE)

DATA_ADDRESS = re.compile(r"data:image/[\w.+-]*(?P<parameters>(?:;[\w=.+-]*)*),", re.IGNORECASE)

LONGEST_LIST = 100_000
"""Characters of a text that may be the names of files, a line each."""

NETWORK = ("http", "https", "ftp")

ONLY_AN_ADDRESS = QT_TRANSLATE_NOOP(
    "core",
    "That is only the address of a picture, and nothing is fetched from the network. Copy the "
    "picture itself, or save it and open the file.",
)

Pasted = Path | QImage | bytes | UserError


def pasted(content: QMimeData) -> list[Pasted]:
    """What there is to be opened: files, or else one picture, or why it cannot be had.

    A picture is a ``QImage``, or the bytes of a picture file, of which nothing has been checked.
    Empty where there is nothing that could be a picture.
    """
    for look in (_files, _picture, _in_text):
        if found := look(content):
            return found
    return []


def _files(content: QMimeData) -> list[Pasted]:
    return [_local(url) for url in content.urls() if url.isLocalFile()]


def _picture(content: QMimeData) -> list[Pasted]:
    for kind in FORMATS:
        if content.hasFormat(kind) and (found := bytes(content.data(kind).data())):
            return [found]
    picture = content.imageData() if content.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return [picture]
    for kind in content.formats():  # so that it is told what format that is
        if kind.startswith("image/") and (found := bytes(content.data(kind).data())):
            return [found]
    return []


def _in_text(content: QMimeData) -> list[Pasted]:
    addresses = list(_addresses(content))
    for address in addresses:
        if address[:11].lower() == "data:image/":
            return [_of_data_address(address)]
    lines = [line.strip() for line in content.text()[:LONGEST_LIST].splitlines()]
    if files := [url for url in map(QUrl, lines) if url.isLocalFile()]:
        return [_local(url) for url in files]
    if any(QUrl(address[:2000]).scheme().lower() in NETWORK for address in addresses):
        return [UserError(ONLY_AN_ADDRESS)]
    return []


def may_be_dropped(content: QMimeData) -> bool:
    """Whether there may be something to open, without looking at all of it."""
    return content.hasUrls() or content.hasImage() or any(map(content.hasFormat, FORMATS))


def open_pasted(source: QImage | bytes, progress: Progress) -> Page:
    """A picture, as ``open_page`` has them of a file.

    Raises:
        PictureFileError: it cannot be opened; the text calls it "the picture".
    """
    if isinstance(source, QImage):
        return open_page(pixels_of(source), progress)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # As a file, since all that is known of hostile files is looked for there.
        path = Path(folder) / "picture"
        path.write_bytes(source)
        try:
            return open_page(path, progress)
        except PictureFileError as fault:
            raise PictureFileError(None, fault.template, **fault.values) from fault


def _local(url: QUrl) -> Path:
    # Some programs name the machine itself, which Qt takes for the name of another one.
    if url.host().lower() == "localhost":
        url = QUrl(url)
        url.setHost("")
    return Path(url.toLocalFile())


def _addresses(content: QMimeData) -> Iterator[str]:
    """Of pictures in HTML, and what is an address as a whole."""
    if content.hasHtml() and len(html := content.html()) <= LONGEST_TEXT:
        for tag in PICTURE_IN_HTML.finditer(html):
            if found := SOURCE.search(tag[0]):
                yield unescape(found[1] or found[2] or found[3] or "")
    yield from (url.toString() for url in content.urls())
    if content.hasText() and len(text := content.text()) <= LONGEST_TEXT:
        line = text.strip()
        if line and not re.search(r"\s", line[:2000]):
            yield line


def _of_data_address(address: str) -> Pasted:
    found = DATA_ADDRESS.match(address)
    content = b""
    if found and len(address) <= LONGEST_TEXT:
        body = address[found.end() :]
        if found["parameters"].lower().endswith(";base64"):
            try:
                content = base64.b64decode(unquote_to_bytes(re.sub(r"\s+", "", body)) + b"==")
            except (binascii.Error, ValueError):
                content = b""
        else:
            content = unquote_to_bytes(body)
    if not content:
        return PictureFileError(
            None, QT_TRANSLATE_NOOP("core", "is damaged or cut short; get a whole copy")
        )
    return content
