"""Does ink made from strokes look like MNIST? Measures both, and draws a page of both.

    python tests/benchmarks/ink_against_mnist.py STROKES.jsonl.gz [--page PAGE.png]

Compares MNIST's test pictures with what ``normalise`` makes of the strokes, and of as many digits
as the program writes itself. Beside each mean and standard deviation stand two differences from
MNIST: "all" of the means, in MNIST's standard deviations; and "digits", the same for each digit by
itself and then averaged, since one set may hold more ones than another. MNIST's box is always 20,
so it has no spread to compare with.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, ImageOps
from scipy import ndimage

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.ink.synthetic.styles import write_digits
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Split

FAINT, DARK = 26, 229
"""Of 255. Grey is from FAINT to DARK, inked is from FAINT on."""

MATTERS = 0.3
"""Differences from so many standard deviations on are marked."""

SHOWN = 7
"""Pictures of each digit on the page."""

TILE = 60
"""Pixels of the page for a picture."""

LABEL, GAP, LINE = 24, 24, 22
"""Pixels of the page: the digits' column, between sets, and a line of text."""

Values = dict[str, NDArray[np.float64]]
"""By the measure's name, (n,): a value for each picture."""


def outline_lengths(ink: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of ink from 0 to 1, (n, 28, 28): the length of its outline in pixels, (n,).

    The mean over all levels of grey (the total variation), by differences across diagonals.
    """
    padded = np.pad(ink, ((0, 0), (1, 1), (1, 1)))
    falling = padded[:, 1:, 1:] - padded[:, :-1, :-1]
    rising = padded[:, 1:, :-1] - padded[:, :-1, 1:]
    lengths: NDArray[np.float64] = np.hypot(falling, rising).sum(axis=(1, 2)) / np.sqrt(2)
    return lengths


def edge_profile(ink: NDArray[np.float64]) -> Values:
    """Mean ink in the rings of pixels along the outline at half ink: within, outside, beyond."""
    cross = ndimage.generate_binary_structure(2, 1)[None]
    grown = [np.asarray(ink >= 0.5)]
    grown += [ndimage.binary_dilation(grown[0], cross), ndimage.binary_dilation(grown[0], cross, 2)]
    rings = {
        "edge, inner pixel": grown[0] & ~ndimage.binary_erosion(grown[0], cross),
        "edge, outer pixel": grown[1] & ~grown[0],
        "outside the edge": grown[2] & ~grown[1],
    }
    return {
        name: (ink * ring).sum(axis=(1, 2)) / np.maximum(1, ring.sum(axis=(1, 2)))
        for name, ring in rings.items()
    }


def box_sides(pictures: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The larger side, (n,), of the box of whole pixels around all that is not paper."""
    sides = np.zeros((2, len(pictures)))
    for axis in (0, 1):
        seen = np.asarray(pictures.any(axis=1 + axis))
        sides[axis] = 28 - seen.argmax(axis=1) - seen[:, ::-1].argmax(axis=1)
    longer: NDArray[np.float64] = sides.max(axis=0)
    return longer


def measure(pictures: NDArray[np.uint8]) -> Values:
    """All measures of pictures, (n, 28, 28), none of them empty. Lengths are in pixels."""
    ink = pictures / 255
    mass, outline = ink.sum(axis=(1, 2)), outline_lengths(ink)
    inked = pictures >= FAINT
    # A grey pixel at the end counts for its part, so that half a pixel's shift changes nothing.
    width, height = ink.max(axis=1).sum(axis=1), ink.max(axis=2).sum(axis=1)
    indices = np.arange(28)
    x, y = ink.sum(axis=1) @ indices / mass, ink.sum(axis=2) @ indices / mass
    high = indices - y[:, None]
    wide = indices - x[:, None]
    return {
        # A line is about half as long as its outline, so its width is twice area over outline.
        "thickness": 2 * mass / outline,
        # A straight edge that takes w pixels from paper to ink holds w / 6 of ink (1 − ink).
        "edge width": 6 * (ink * (1 - ink)).sum(axis=(1, 2)) / outline,
        "grey share": (inked & (pictures <= DARK)).sum(axis=(1, 2)) / inked.sum(axis=(1, 2)),
        **edge_profile(ink),
        "ink mass": mass,
        "width": width,
        "height": height,
        "longer side": np.maximum(width, height),
        "box": box_sides(pictures),
        # Second moments; y points down, so the sign makes leaning to the right positive.
        "slant": -np.einsum("nyx,ny,nx->n", ink, high, wide)
        / np.einsum("nyx,ny->n", ink, np.square(high)),
        "centre x": x,
        "centre y": y,
    }


def pictures(drawings: list[LabelledDrawing]) -> Split:
    """What a network sees of the drawings that are one digit."""
    digits = [one for one in drawings if one.drawing and one.digits and len(one.digits) == 1]
    pictures = np.stack([normalise(one.drawing) for one in digits])
    return Split(pictures, np.array([int(one.digits or 0) for one in digits], dtype=np.uint8))


def difference(
    values: NDArray[np.float64], labels: NDArray[np.uint8], own: NDArray[np.float64], truth: Split
) -> tuple[float, float]:
    """From MNIST's own values, overall and by digits; there the spread is that within a digit."""
    apart, variances = [], []
    for digit in np.unique(labels):
        of_mnist = own[truth.labels == digit]
        apart.append(values[labels == digit].mean() - of_mnist.mean())
        variances.append(of_mnist.var())
    return (
        float((values.mean() - own.mean()) / own.std()),
        float(np.mean(apart) / np.sqrt(np.mean(variances))),
    )


def table(sets: dict[str, Split]) -> list[list[str]]:
    """Rows of words, a heading first; the first set is MNIST, with which others are compared."""
    names = list(sets)
    measured = {name: measure(split.pictures) for name, split in sets.items()}
    heads = [name.center(18) for name in names]
    rows = [["", heads[0], *(word for head in heads[1:] for word in (head, "all", "digits"))]]
    for what, own in measured[names[0]].items():
        row = [what, f"{own.mean():.3f} ± {own.std():.3f}"]
        for name in names[1:]:
            values = measured[name][what]
            apart = difference(values, sets[name].labels, own, sets[names[0]])
            row.append(f"{values.mean():.3f} ± {values.std():.3f}")
            row += [f"{d:+.2f}" + ("*" if abs(d) >= MATTERS else " ") for d in apart]
        rows.append(row)
    return rows


def draw_page(path: Path, sets: dict[str, Split], rows: list[list[str]]) -> None:
    """Pictures of each digit, their mean last, set beside set; the table below."""
    block = (SHOWN + 1) * TILE + GAP
    size = (LABEL + block * len(sets), LINE * (len(rows) + 3) + 10 * TILE)
    page = Image.new("L", size, 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(14)
    chooser = np.random.default_rng(0)
    for column, (name, split) in enumerate(sets.items()):
        left = LABEL + column * block
        draw.text((left, 2), f"{name}: {len(split):,}; on the right the mean", 0, font)
        for digit in range(10):
            top = LINE + digit * TILE
            draw.text((6, top + TILE // 3), str(digit), 0, font)
            own = split.pictures[split.labels == digit]
            some = own[chooser.choice(len(own), min(SHOWN, len(own)), replace=False)]
            mean = np.rint(own.mean(axis=0)).astype(np.uint8)
            for place, picture in [*enumerate(some), (SHOWN, mean)]:
                tile = Image.fromarray(255 - picture).resize(
                    (TILE - 4, TILE - 4), Image.Resampling.NEAREST
                )
                page.paste(ImageOps.expand(tile, 1, 200), (left + place * TILE, top))
    for number, row in enumerate(rows):
        for place, word in enumerate(row):
            y = 10 * TILE + LINE * (number + 2)
            draw.text((LABEL + 120 + 150 * place, y), word.strip(), 0, font, anchor="rs")
    page.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--page", type=Path, help="a picture file to write the page to")
    options = parser.parse_args()
    strokes = pictures(read_strokes(options.strokes))
    written = pictures(write_digits(len(strokes), np.random.default_rng(0)))
    sets = {"MNIST": bundled_mnist().test, "strokes": strokes, "written": written}
    rows = table(sets)
    for first, *others in rows:
        print(first.ljust(18), *(word.rjust(18 if "±" in word else 7) for word in others))
    if options.page:
        draw_page(options.page, sets, rows)


if __name__ == "__main__":
    main()
