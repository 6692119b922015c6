"""Numbers amid what is around them in people's pictures: what is read rightly, what wrongly?

    python tests/benchmarks/surroundings.py STROKES.jsonl.gz [--pictures N] [--kinds KIND …]
        [--wrong FOLDER]

Numbers of 1 to 5 digits are composed of single ones, drawn as ink, and put where people have them;
``KINDS`` says where. Prints for each kind how many are right at the shipped strictness, declined
(a "?" is in the text, or there is no ink), and wrong. What lies on its side or on its head is right
when it is declined. With a folder, pictures that are read wrongly are kept there.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from common import Stopwatch
from numpy.random import Generator
from numpy.typing import NDArray
from picture_sets import read_file
from pictures import draw_ink
from PIL import Image, ImageDraw, ImageFilter
from whole_numbers import compose

from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

GAPS = (0.2, 0.5)
"""Between digits, as parts of the height: nothing touches, however broad the pen."""

LEAST_WIDE = 150
"""Pixels: what is narrower may be right when it is turned, as 1 and 0 and 8 are."""


class Written(NamedTuple):
    """A number: its text, and its ink as (height, width) float, 0 to 1, cropped to the ink."""

    text: str
    ink: NDArray[np.float64]


Writer = Callable[[int, float, float], Written]
"""Makes a number of so many digits, so many pixels high, with a pen of that part of the height."""

Scene = tuple[str, Image.Image]
"""What is right, and the picture."""


def writer_of(drawings: list[LabelledDrawing], chooser: Generator) -> Writer:
    """Of random digits by one writer each."""
    by_writer: dict[str, list[LabelledDrawing]] = {}
    for one in drawings:
        by_writer.setdefault(str(one.writer), []).append(one)
    writers = list(by_writer.values())

    def write(count: int, height: float, pen: float) -> Written:
        own = writers[chooser.integers(len(writers))]
        digits = [own[index] for index in chooser.integers(0, len(own), count)]
        number = compose(digits, chooser, GAPS)
        points = np.concatenate([stroke.points for stroke in number.drawing.strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = height / (high - low)[1]
        width = max(1.2, pen * height)
        lines = [(one.points - low) * scale + width / 2 for one in number.drawing.strokes]
        size = np.ceil((high - low) * scale + width).astype(int)
        return Written(number.text, draw_ink(lines, (size[0], size[1]), width))

    return write


def some(write: Writer, chooser: Generator, low: float, high: float) -> Written:
    """1 to 5 digits, from ``low`` to ``high`` pixels high."""
    height = np.exp(chooser.uniform(np.log(low), np.log(high)))
    return write(int(chooser.integers(1, 6)), height, chooser.uniform(0.04, 0.12))


def painted(
    size: tuple[int, int], paper: tuple[int, ...], chooser: Generator, grain: float = 0.0
) -> Image.Image:
    """An empty sheet, (width, height); the grain is the noise's standard deviation, of 255."""
    tones = np.array(paper) + chooser.normal(0, grain, (size[1], size[0], 1))
    return Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8))


def put(
    picture: Image.Image, ink: NDArray[np.float64], place: tuple[int, int], tone: tuple[int, ...]
) -> None:
    """Write on it."""
    mask = Image.fromarray((255 * ink).astype(np.uint8))
    picture.paste(Image.new("RGB", mask.size, tone), place, mask)


def paper_tone(chooser: Generator) -> tuple[int, ...]:
    """Of a paper that is nearly white, in some light."""
    return tuple(int(tone) for tone in chooser.uniform(190, 250) - chooser.uniform(0, 15, 3))


def ink_tone(chooser: Generator) -> tuple[int, ...]:
    """Black, blue or grey."""
    tones = ((20, 20, 30), (30, 40, 140), (80, 80, 90))
    return tones[chooser.integers(len(tones))]


def on_paper(
    write: Writer, chooser: Generator, low: float = 50, high: float = 160, room: float = 0.8
) -> Scene:
    """A number on a plain sheet with margins of up to ``room`` times its height."""
    text, ink = some(write, chooser, low, high)
    height, width = ink.shape
    margins = (height * chooser.uniform(0.15, room, 4)).astype(int)
    size = width + margins[0] + margins[1], height + margins[2] + margins[3]
    sheet = painted(size, paper_tone(chooser), chooser, chooser.uniform(0, 5))
    put(sheet, ink, (int(margins[0]), int(margins[2])), ink_tone(chooser))
    return text, sheet


def in_a_logbook(write: Writer, chooser: Generator) -> Scene:
    """A small grey cell cut out of a scanned table, with pieces of its borders."""
    text, ink = write(int(chooser.integers(1, 4)), chooser.uniform(50, 100), 0.07)
    height, width = ink.shape
    large = int(height * chooser.uniform(1.3, 2.0)), int(width + height * chooser.uniform(0.5, 1.5))
    sheet = painted((large[1], large[0]), (chooser.uniform(120, 220),) * 3, chooser)
    place = ((np.array(large[::-1]) - ink.shape[::-1]) * chooser.uniform(0.2, 0.8, 2)).astype(int)
    dark = int(chooser.uniform(50, 90))
    put(sheet, ink, (place[0], place[1]), (dark,) * 3)
    draw = ImageDraw.Draw(sheet)
    line = max(2, int(height * chooser.uniform(0.03, 0.08)))
    for side in range(4):
        if chooser.random() < 0.55:
            inset = chooser.uniform(0, 0.06) * large[0]
            ends = np.array([0.0, 1.0]) if chooser.random() < 0.6 else np.array([0.6, 1.0])
            lean = chooser.uniform(-0.02, 0.02) * large[0]
            along = ends * (large[1] if side < 2 else large[0])
            far = (large[0] if side < 2 else large[1]) - inset
            across = np.array([inset, inset + lean]) if side % 2 else np.array([far, far + lean])
            points = np.stack([along, across] if side < 2 else [across, along], axis=1)
            draw.line([tuple(point) for point in points], fill=(dark + 20,) * 3, width=line)
    small = 34 / large[0]
    sheet = sheet.resize((max(8, int(large[1] * small)), 34), Image.Resampling.BOX)
    return text, sheet.filter(ImageFilter.GaussianBlur(chooser.uniform(0.2, 0.7)))


def cut_out_tightly(write: Writer, chooser: Generator) -> Scene:
    """No margin at all; small, in either polarity, now and then pale."""
    text, ink = some(write, chooser, 18, 120)
    paper, tone = chooser.uniform(200, 255), chooser.uniform(0, 140)
    picture = Image.fromarray((paper + (tone - paper) * ink).astype(np.uint8))
    if chooser.random() < 0.4:
        picture = Image.eval(picture, lambda grey: 255 - grey)
    return text, picture.convert("RGB")


def on_a_dark_table(write: Writer, chooser: Generator) -> Scene:
    """A sheet that lies on something dark, a little turned, with wood's grain."""
    text, sheet = on_paper(write, chooser)
    degrees = chooser.uniform(-8, 8)
    table = tuple(int(tone) for tone in chooser.uniform(20, 90) + chooser.uniform(0, 30, 3))
    room = int(max(sheet.size) * chooser.uniform(0.05, 0.35))
    scene = painted((sheet.width + 2 * room, sheet.height + 2 * room), table, chooser, 6)
    bicubic = Image.Resampling.BICUBIC
    shape = Image.new("L", sheet.size, 255).rotate(degrees, expand=True, resample=bicubic)
    place = (scene.width - shape.width) // 2, (scene.height - shape.height) // 2
    scene.paste(turned(sheet, degrees), place, shape)
    return text, scene


def with_a_black_rim(write: Writer, chooser: Generator) -> Scene:
    """A scan with black along some of its sides."""
    text, sheet = on_paper(write, chooser)
    draw = ImageDraw.Draw(sheet)
    width, height = sheet.size
    for box in (
        (0, 0, width, 1),
        (0, 0, 1, height),
        (0, height, width, height),
        (width, 0, width, height),
    ):
        if chooser.random() < 0.7:
            wide = 0.06 * min(sheet.size) * chooser.uniform(0.3, 1)
            draw.rectangle(
                (box[0] - wide, box[1] - wide, box[2] + wide, box[3] + wide), fill=(5, 5, 5)
            )
    return text, sheet


def in_a_hard_shadow(write: Writer, chooser: Generator) -> Scene:
    """A shadow with a sharp edge through the number."""
    text, sheet = on_paper(write, chooser)
    pixels = np.asarray(sheet, dtype=float)
    y, x = np.indices(pixels.shape[:2])
    angle = chooser.uniform(0, 2 * np.pi)
    middle = np.array(sheet.size) * chooser.uniform(0.3, 0.7, 2)
    away = (x - middle[0]) * np.cos(angle) + (y - middle[1]) * np.sin(angle)
    shade = 1 - chooser.uniform(0.25, 0.5) * np.clip(away / chooser.uniform(1, 4) + 0.5, 0, 1)
    return text, Image.fromarray((pixels * shade[..., None]).astype(np.uint8))


def under_a_caption(write: Writer, chooser: Generator) -> Scene:
    """Printed words above or below, a fifth to a third as high."""
    text, sheet = on_paper(write, chooser)
    size = int(chooser.uniform(0.08, 0.14) * sheet.height) + 8
    words = ("Number:", "Page 12", "Total", "No. 4", "Sheet 2 of 3")[chooser.integers(5)]
    scene = Image.new(
        "RGB", (max(sheet.width, 7 * size), sheet.height + 2 * size), sheet.getpixel((0, 0))
    )
    is_above = chooser.random() < 0.5
    scene.paste(sheet, (0, 2 * size if is_above else 0))
    place = size // 2, size // 2 + (0 if is_above else sheet.height)
    ImageDraw.Draw(scene).text(place, words, fill=(40, 40, 40), font_size=size)
    return text, scene


def over_an_underline(write: Writer, chooser: Generator) -> Scene:
    """A line drawn below, leaning a little, longer than the number or shorter."""
    text, ink = some(write, chooser, 50, 160)
    height, width = ink.shape
    room = int(0.5 * height)
    sheet = painted((width + 2 * room, height + 2 * room), paper_tone(chooser), chooser, 3)
    tone = ink_tone(chooser)
    put(sheet, ink, (room, room // 2), tone)
    long = width * chooser.uniform(0.8, 1.3)
    start = room + (width - long) / 2
    down = room // 2 + height * chooser.uniform(1.05, 1.25)
    lean = long * np.tan(np.deg2rad(chooser.uniform(-6, 6)))
    ends = [(start, down - lean / 2), (start + long, down + lean / 2)]
    ImageDraw.Draw(sheet).line(ends, fill=tone, width=max(2, int(height * 0.05)))
    return text, sheet


def in_a_ring(write: Writer, chooser: Generator) -> Scene:
    """One or two digits that were circled; the ring may be open, or touch them."""
    text, ink = write(int(chooser.integers(1, 3)), chooser.uniform(60, 160), 0.07)
    height, width = ink.shape
    if chooser.random() < 0.5:
        reach = np.full(2, np.hypot(height, width) / 2 * chooser.uniform(1.1, 1.4))
    else:
        reach = np.array([width, height]) / 2 * chooser.uniform(1.1, 1.6) + [0.1 * height, 0]
    size = np.ceil(2 * reach + height * chooser.uniform(0.3, 0.8)).astype(int)
    sheet = painted((size[0], size[1]), paper_tone(chooser), chooser, 3)
    tone = ink_tone(chooser)
    put(sheet, ink, ((size[0] - width) // 2, (size[1] - height) // 2), tone)
    turns = np.linspace(0, chooser.uniform(0.93, 1.05), 80) + chooser.uniform(0, 1)
    around = np.stack([np.cos(2 * np.pi * turns), np.sin(2 * np.pi * turns)], axis=1)
    ends = [tuple(point) for point in (size / 2 + reach * around).tolist()]
    ImageDraw.Draw(sheet).line(ends, fill=tone, width=max(2, int(0.06 * height)), joint="curve")
    return text, sheet


def in_a_screenshot(write: Writer, chooser: Generator) -> Scene:
    """A window with a title bar, its words, and the picture on a card."""
    text, sheet = on_paper(write, chooser, 30, 80)
    bar = int(chooser.uniform(20, 40))
    left, top, right, bottom = (int(room) for room in chooser.uniform(10, 120, 4))
    size = max(160, sheet.width + left + right), sheet.height + bar + top + bottom
    scene = painted(size, (int(chooser.uniform(228, 255)),) * 3, chooser)
    draw = ImageDraw.Draw(scene)
    draw.rectangle((0, 0, size[0], bar), fill=(40, 60, 95) if chooser.random() < 0.5 else (60,) * 3)
    draw.text((10, bar // 4), "IMG_2031.jpg", fill=(240, 240, 240), font_size=bar // 2)
    scene.paste(sheet, (left, bar + top))
    return text, scene


def in_colours(write: Writer, chooser: Generator) -> Scene:
    """Each digit in another colour, some weak, on white."""
    colours = (
        (0, 150, 60),
        (200, 30, 10),
        (150, 75, 0),
        (0, 110, 180),
        (240, 180, 0),
        (0, 190, 220),
    )
    height, gap = chooser.uniform(40, 120), 0.3
    pieces = [write(1, height, 0.1) for _ in range(chooser.integers(2, 6))]
    width = sum(one.ink.shape[1] + int(gap * height) for one in pieces)
    high = max(one.ink.shape[0] for one in pieces)
    scene = painted((width + int(gap * height), high + int(height)), (250, 250, 250), chooser)
    cursor = int(gap * height)
    for one in pieces:
        tone = colours[chooser.integers(len(colours))]
        put(scene, one.ink, (cursor, int(height / 2)), tone)
        cursor += one.ink.shape[1] + int(gap * height)
    return "".join(one.text for one in pieces), scene


def in_blocks(write: Writer) -> tuple[str, Image.Image]:
    """One digit of 28×28, and what it is."""
    text, ink = write(1, 20, 0.12)
    written = Image.fromarray((255 * ink).astype(np.uint8))
    written.thumbnail((22, 22))
    digit = Image.new("L", (28, 28))
    digit.paste(written, ((28 - written.width) // 2, (28 - written.height) // 2))
    return text, digit


def in_a_plot(write: Writer, chooser: Generator) -> Scene:
    """One digit of 28×28 blocks in a plot with ticks and their numbers."""
    text, digit = in_blocks(write)
    side = 28 * int(chooser.integers(6, 14))
    if chooser.random() < 0.3:
        digit = Image.eval(digit, lambda grey: 255 - grey)
    size = int(side * chooser.uniform(1.4, 2.0)), int(side * 1.35)
    scene = Image.new("RGB", size, "white")
    left, top = int((size[0] - side) * 0.55), int(side * 0.15)
    scene.paste(digit.resize((side, side), Image.Resampling.NEAREST).convert("RGB"), (left, top))
    draw = ImageDraw.Draw(scene)
    draw.rectangle((left, top, left + side, top + side), outline="black")
    font = max(8, side // 22)
    for tick in range(0, 28, 5):
        along = (tick + 0.5) * side / 28
        draw.line((left - 4, top + along, left, top + along), fill="black")
        draw.text((left - 6, top + along), str(tick), fill="black", font_size=font, anchor="rm")
        draw.line((left + along, top + side, left + along, top + side + 4), fill="black")
        below = (left + along, top + side + 6)
        draw.text(below, str(tick), fill="black", font_size=font, anchor="mt")
    return text, scene


def in_plots(write: Writer, chooser: Generator) -> Scene:
    """Digits of 28×28 blocks, each in a picture of its own, in grey or in a map of colours from
    violet to yellow, in one row or more, with titles or without.
    """
    rows, columns = int(chooser.integers(1, 4)), int(chooser.integers(1, 6))
    side = 28 * int(chooser.integers(2, 6))
    gap, title = (int(side * share) for share in chooser.uniform((0.15, 0.0), (0.6, 0.3)))
    places = np.linspace(0, 255, 5)
    stops = np.array([(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)])
    is_grey = chooser.random() < 0.5
    scene = Image.new(
        "RGB", (gap + columns * (side + gap), gap + rows * (side + title + gap)), "white"
    )
    draw = ImageDraw.Draw(scene)
    lines = []
    for top in range(gap + title, scene.height, side + title + gap):
        texts = []
        for left in range(gap, scene.width, side + gap):
            text, digit = in_blocks(write)
            texts.append(text)
            blocks = np.asarray(digit.resize((side, side), Image.Resampling.NEAREST))
            mapped = np.stack([np.interp(blocks, places, one) for one in stops.T], axis=2)
            shown = blocks if is_grey else mapped.astype(np.uint8)
            scene.paste(Image.fromarray(shown).convert("RGB"), (left, top))
            if title > 8:
                above = (left + side // 2, top - 2)
                draw.text(above, f"is {text}", fill="black", font_size=title // 2, anchor="mb")
        lines.append("".join(texts))
    return "\n".join(lines), scene


def on_a_cheque(write: Writer, chooser: Generator) -> Scene:
    """On a fine pattern of waves in a pale colour."""
    text, ink = some(write, chooser, 40, 110)
    height, width = ink.shape
    room = int(0.35 * height)
    size = width + 2 * room, height + 2 * room
    scene = painted(size, (238, 240, 236), chooser, 2)
    draw = ImageDraw.Draw(scene)
    x = np.arange(0, size[0], 2)
    pitch = height * chooser.uniform(0.08, 0.2)
    tone = tuple(int(one) for one in chooser.uniform(150, 205, 3))
    for base in np.arange(-pitch, size[1] + pitch, pitch):
        wave = base + pitch * 0.6 * np.sin(x / (height * 0.15) + base)
        draw.line(list(zip(x.tolist(), wave.tolist(), strict=True)), fill=tone, width=1)
    put(scene, ink, (room, room), ink_tone(chooser))
    return text, scene


def in_lines(write: Writer, chooser: Generator) -> Scene:
    """Two to five numbers under each other."""
    height = chooser.uniform(35, 80)
    numbers = [
        write(int(chooser.integers(2, 6)), height, 0.08) for _ in range(chooser.integers(2, 6))
    ]
    gap = height * chooser.uniform(0.3, 1.0)
    margin = int(0.5 * height)
    width = max(one.ink.shape[1] for one in numbers) + 2 * margin
    size = width, int(sum(one.ink.shape[0] + gap for one in numbers)) + 2 * margin
    scene, down, tone = painted(size, paper_tone(chooser), chooser, 3), margin, ink_tone(chooser)
    for one in numbers:
        put(scene, one.ink, (margin + int(chooser.uniform(-0.2, 0.2) * height), down), tone)
        down += int(one.ink.shape[0] + gap)
    return "\n".join(one.text for one in numbers), scene


def askew(write: Writer, chooser: Generator) -> Scene:
    """Turned by up to 15°."""
    text, sheet = on_paper(write, chooser)
    return text, turned(sheet, chooser.uniform(-15, 15))


def turned(sheet: Image.Image, degrees: float) -> Image.Image:
    """Turned, with its paper all around."""
    bicubic = Image.Resampling.BICUBIC
    return sheet.rotate(degrees, expand=True, resample=bicubic, fillcolor=sheet.getpixel((0, 0)))


def sideways(write: Writer, chooser: Generator) -> Scene:
    """Lines, turned by 90, 180 or 270°: nothing that can be read."""
    _, scene = in_lines(write, chooser)
    while scene.width < LEAST_WIDE:
        _, scene = in_lines(write, chooser)
    return "?", turned(scene, 90.0 * chooser.integers(1, 4))


def in_pencil(write: Writer, chooser: Generator) -> Scene:
    """Pale and grainy, on paper that has been crumpled or lies in the shade of leaves."""
    height = chooser.uniform(120, 300)
    text, ink = write(int(chooser.integers(1, 6)), height, chooser.uniform(0.02, 0.04))
    margins = int(chooser.uniform(0.3, 1.0) * height)
    ink = np.pad(ink, margins)
    grain = np.clip(0.6 + 0.3 * blotches(ink.shape, 1.5, chooser), 0, 1)
    paper = 200 + chooser.uniform(2, 10) * blotches(ink.shape, chooser.uniform(50, 150), chooser)
    seen = paper - chooser.uniform(50, 110) * grain * ink + chooser.normal(0, 3, ink.shape)
    return text, Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


def held(write: Writer, chooser: Generator) -> Scene:
    """A sheet that a finger holds at an edge or a corner, beside what is written."""
    text, sheet = on_paper(write, chooser, room=0.5)
    radius = sheet.height * chooser.uniform(0.25, 0.5)
    large = painted((sheet.width + int(1.5 * radius), sheet.height), paper_tone(chooser), chooser)
    large.paste(sheet, (0, 0))
    x, y = large.width - chooser.uniform(0, 0.4) * radius, chooser.uniform(0.4, 1) * sheet.height
    box = (x - radius, y - 0.8 * radius, x + radius, y + 0.8 * radius)
    skin = Image.new("L", large.size, 0)
    ImageDraw.Draw(skin).ellipse(box, fill=255)
    tone = tuple((np.array([225, 170, 140]) * chooser.uniform(0.35, 0.95)).astype(int).tolist())
    large.paste(
        Image.new("RGB", large.size, tone), (0, 0), skin.filter(ImageFilter.GaussianBlur(2))
    )
    return text, large


def blotches(shape: tuple[int, ...], apart: float, chooser: Generator) -> NDArray[np.float64]:
    """Tones that go up and down, with a standard deviation of about 1, from place to place."""
    places = [int(length / apart) + 2 for length in shape]
    tones = Image.fromarray(chooser.normal(0, 1, places).astype(np.float32))
    return np.asarray(tones.resize(shape[::-1], Image.Resampling.BICUBIC), dtype=np.float64)


def in_colours_as_light(write: Writer, chooser: Generator) -> Scene:
    """Ink and paper of colours that nobody would tell apart by their lightness."""
    lightness = np.array([0.299, 0.587, 0.114])
    text, ink = some(write, chooser, 50, 160)
    while True:
        paper, pen = chooser.uniform(0, 255, (2, 3))
        if np.abs(paper - pen).max() > 100 and abs(lightness @ (paper - pen)) < 20:
            break
    share = np.pad(ink, int(chooser.uniform(15, 60)))[:, :, None]
    seen = paper + share * (pen - paper) + chooser.normal(0, 3, (*share.shape[:2], 3))
    return text, Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


KINDS: dict[str, Callable[[Writer, Generator], Scene]] = {
    "plain paper": on_paper,
    "logbook": in_a_logbook,
    "tight": cut_out_tightly,
    "dark table": on_a_dark_table,
    "black rim": with_a_black_rim,
    "hard shadow": in_a_hard_shadow,
    "caption": under_a_caption,
    "underline": over_an_underline,
    "screenshot": in_a_screenshot,
    "colours": in_colours,
    "plot": in_a_plot,
    "cheque": on_a_cheque,
    "lines": in_lines,
    "askew": askew,
    "sideways": sideways,
    "ring": in_a_ring,
    "plots": in_plots,
    "pencil": in_pencil,
    "as light": in_colours_as_light,
    "held": held,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--pictures", type=int, default=100, help="of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--wrong", type=Path, help="a folder for what is read wrongly")
    options = parser.parse_args()
    use_one_core()
    recognizer = Recognizer(open_model(DEFAULT_MODEL))
    drawings = [one for one in read_strokes(options.strokes) if one.digits]
    for kind in options.kinds:
        chooser = np.random.default_rng(list(KINDS).index(kind))
        write = writer_of(drawings, chooser)
        counts: Counter[str] = Counter()
        watch = Stopwatch()
        for index in range(options.pictures):
            right, picture = KINDS[kind](write, chooser)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "picture.png"
                picture.save(file)
                reading = read_file(recognizer, file)
            text = "?" if reading is None else reading.text
            declined = "?" in text
            outcome = "right" if text == right or (declined and right == "?") else "wrong"
            outcome = "declined" if declined and right != "?" else outcome
            counts[outcome] += 1
            if options.wrong and outcome != "right":
                options.wrong.mkdir(parents=True, exist_ok=True)
                said = "no-ink" if reading is None else text.replace("\n", "_").replace("/", "÷")
                name = f"{kind.replace(' ', '-')}-{index}-{right}-{said}.png".replace("\n", "_")
                picture.save(options.wrong / name)
        shares = [counts[one] / options.pictures for one in ("right", "declined", "wrong")]
        print(
            f"{kind:12} right {shares[0]:6.1%}, declined {shares[1]:6.1%}, wrong {shares[2]:6.1%} "
            f"of {options.pictures}, {1000 * watch() / options.pictures:.0f} ms each",
            flush=True,
        )


if __name__ == "__main__":
    main()
