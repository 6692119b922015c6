import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage

from mnist_desktop.errors import UserError
from mnist_desktop.ink.photo.file import PictureFileError
from mnist_desktop.progress import unwatched
from mnist_desktop.ui.session.read.clipboard import may_be_dropped, open_pasted, pasted


@pytest.fixture(scope="module")
def seven():
    """The bytes of a picture of a seven, by its format."""
    picture = Image.new("L", (160, 240), 215)
    line = [(30, 50), (130, 50), (60, 200)]
    ImageDraw.Draw(picture).line(line, fill=40, width=12, joint="curve")

    def encoded(kind):
        stream = io.BytesIO()
        picture.save(stream, kind)
        return stream.getvalue()

    return encoded


def content(**formats):
    mime = QMimeData()
    for kind, data in formats.items():
        mime.setData(kind.replace("_", "/"), QByteArray(data))
    return mime


def html(source):
    return content(text_html=f"<meta charset=utf-8><p>7<img alt='' src='{source}'></p>".encode())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP"])
def test_a_picture_in_each_format_is_opened_from_its_own_bytes(qapp, seven, kind):
    data = seven(kind)
    (found,) = pasted(content(**{f"image_{kind.lower()}": data}))
    assert found == data
    grey = open_pasted(found, unwatched).grey
    assert grey.shape == (240, 160)
    assert grey.min() < 60
    assert grey.max() > 200


def test_of_several_formats_the_one_that_loses_nothing_is_taken(qapp, seven):
    jpeg, png = seven("JPEG"), seven("PNG")
    address = b"<img src='https://example.org/7.png'>"
    assert pasted(content(text_html=address, image_jpeg=jpeg, image_png=png)) == [png]


def test_pixels_are_opened_as_they_are(qapp):
    mime = QMimeData()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    picture.setPixel(3, 3, 0xFF000000)
    mime.setImageData(picture)
    (found,) = pasted(mime)
    assert isinstance(found, QImage)
    assert len(open_pasted(found, unwatched).lines) == 1


def test_files_are_found_by_their_addresses(qapp, tmp_path):
    path = tmp_path / "a seven é 100%.png"
    escaped = QUrl.fromLocalFile(str(path)).toEncoded().data()
    assert b"%20" in escaped
    listed = escaped + b"\r\n" + escaped.replace(b"file://", b"file://localhost") + b"\r\n"
    assert pasted(content(text_uri_list=listed)) == []  # the name of the format has a dash
    mime = QMimeData()
    mime.setData("text/uri-list", QByteArray(listed))
    assert pasted(mime) == [path, path]


def test_where_there_are_files_a_picture_of_them_is_not_taken_for_one(qapp, tmp_path):
    """File managers put one beside what was copied."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("1.png", "2.png")])
    mime.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    assert pasted(mime) == [tmp_path / "1.png", tmp_path / "2.png"]


def test_a_text_that_names_a_file_by_its_address_is_that_file(qapp, tmp_path):
    path = tmp_path / "a b.png"
    mime = QMimeData()
    mime.setText(f"{QUrl.fromLocalFile(str(path)).toString()}\n")
    assert pasted(mime) == [path]


@pytest.mark.parametrize("is_plain", [True, False])
def test_a_picture_within_html_is_opened(qapp, seven, is_plain):
    png = seven("PNG")
    packed = base64.b64encode(png).decode()
    packed = packed if is_plain else packed.rstrip("=").replace("+", "%2B")
    assert pasted(html(f"data:image/png;base64,{packed}")) == [png]


@pytest.mark.parametrize("begin", ["data:image/png;base64,", "DATA:Image/PNG;Base64,"])
def test_an_address_that_holds_a_picture_may_be_all_of_the_text(qapp, seven, begin):
    mime = QMimeData()
    mime.setText(begin + base64.b64encode(seven("PNG")).decode())
    assert pasted(mime) == [seven("PNG")]


@pytest.mark.parametrize(
    "mime",
    [
        html("https://example.org/7.png"),
        content(text_html=b'<IMG width=3 SRC="http://example.org/7.png?a=1&amp;b=2">'),
        content(text_html=b"<img src=http://example.org/7.png width=3>"),
    ],
)
def test_of_an_address_on_the_network_it_is_said_that_nothing_is_fetched(qapp, mime):
    (found,) = pasted(mime)
    assert isinstance(found, UserError)
    assert "nothing is fetched from the network" in str(found)


@pytest.mark.parametrize("as_text", [True, False])
def test_so_it_is_said_of_a_plain_address(qapp, as_text):
    mime, address = QMimeData(), "https://example.org/seven.png"
    if as_text:
        mime.setText(address)
    else:
        mime.setUrls([QUrl(address)])
    (found,) = pasted(mime)
    assert isinstance(found, UserError)


@pytest.mark.parametrize("text", ["", "7", "see https://example.org", "a: b", "<img>", "C:\\7"])
def test_a_mere_text_is_nothing_to_open(qapp, text):
    mime = QMimeData()
    mime.setText(text)
    assert pasted(mime) == []
    mime.setHtml(f"<p>{text}</p>")
    assert pasted(mime) == []


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nbroken", b"no picture", b"GIF89a", b"\0" * 99])
def test_what_is_no_sound_picture_is_refused_in_a_sentence(qapp, data):
    (found,) = pasted(content(image_png=data))
    with pytest.raises(PictureFileError, match=r"^The picture (is|shows|has) "):
        open_pasted(found, unwatched)


@pytest.mark.parametrize("body", [";base64,", ";base64,A", ",", ";base64,é"])
def test_so_is_a_broken_address(qapp, body):
    (found,) = pasted(html(f"data:image/png{body}"))
    assert isinstance(found, PictureFileError)
    assert str(found) == "The picture is damaged or cut short; get a whole copy."


def test_a_huge_picture_is_refused_before_it_is_unpacked(qapp):
    stream = io.BytesIO()
    Image.new("1", (20_000, 5_001)).save(stream, "PNG")
    with pytest.raises(PictureFileError, match=r"^The picture has more than 100 megapixels"):
        open_pasted(stream.getvalue(), unwatched)


def test_another_format_is_named(qapp):
    heic = b"\0\0\0\x18ftypheic" + bytes(100)
    (found,) = pasted(content(image_heic=heic))
    assert found == heic


def test_what_may_hold_a_picture_may_be_dropped(qapp, seven):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(Path("7.png").resolve()))])
    assert may_be_dropped(mime)
    assert may_be_dropped(content(image_webp=seven("WEBP")))
    mime = QMimeData()
    mime.setText("7")
    assert not may_be_dropped(mime)


def test_markup_without_end_takes_no_time(qapp):
    assert pasted(content(text_html=b"<img " * 200_000)) == []
