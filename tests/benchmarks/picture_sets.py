"""Pictures as people have them: how many are read rightly, on the road that ``read`` takes?

    python tests/benchmarks/picture_sets.py [--cases FOLDER] [--archive FILE.zip …]
        [--eights digits.csv.gz] [--mnist] [--phone] [--sample N] [--wrong]

``FOLDER`` has pictures and a ``README.md`` whose table says what each shows. An archive has
picture files and ``labels.tsv``: file, label, writer. ``digits.csv.gz`` is the file of that name
in scikit-learn's ``datasets/data``: pictures of 8×8, which are enlarged here, dark on light.
``--phone`` takes photos of 12 megapixels, 30 digits of MNIST on squared paper each, and tells the
seconds, of one core, from the file to what it reads.
Of cases, what is right at the shipped strictness counts; of the others the best digit, whether
declined or not.
"""

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from common import Stopwatch, spread
from numpy.typing import NDArray
from PIL import Image

from mnist_desktop.ink.photo.file import SUFFIXES, PictureFileError
from mnist_desktop.ink.photo.parts import open_page
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.evaluate.measures import wilson_interval
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS, Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

NO_INK = "shows no ink"


def read_file(recognizer: Recognizer, file: Path) -> Reading | None:
    """What is read in a picture; None where it is said that there is no ink."""
    try:
        return recognizer.read_lines(open_page(file).lines, DEFAULT_STRICTNESS)
    except PictureFileError:
        return None


def case_values(folder: Path) -> dict[str, set[str]]:
    """What each picture of a folder may be read as; lines are divided by a line break."""
    values: dict[str, set[str]] = {}
    for row in (folder / "README.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if len(cells) < 2 or not cells[0].endswith(SUFFIXES):
            continue
        right = cells[1]
        # What lies scattered has no right order: all of its digits, or none.
        scattered = re.search(r"(?:\d ){3,}\d", right)
        if scattered:
            values[cells[0]] = {"?", "".join(sorted(scattered[0].replace(" ", "")))}
            continue
        numbers = re.match(r"[\d.]+(?: / [\d.]+)*", right)
        allowed = {numbers[0].replace(" / ", "\n")} if numbers else set()
        if "?" in right or not numbers:
            allowed.add("?")
        allowed |= {inner.replace(",", ".") for inner in re.findall(r"\(([\d,]+)\)", right)}
        values[cells[0]] = allowed
    return values


def cases(recognizer: Recognizer, folder: Path) -> None:
    """Each case, and how many are right, declined and wrong."""
    counts = dict.fromkeys(("right", "declined", "no ink", "wrong"), 0)
    for name, allowed in case_values(folder).items():
        reading = read_file(recognizer, folder / name)
        text = NO_INK if reading is None else reading.text
        plain = text.replace(",", ".")
        # Digits below each other are lines, though the table may have them as one number.
        as_one = plain.replace("\n", "")
        found = {plain, as_one if len(as_one) == 2 else plain, "".join(sorted(as_one))}
        kind = "right" if found & allowed else "wrong"
        if kind == "wrong" and text in ("?", NO_INK):
            kind = "declined" if text == "?" else "no ink"
        counts[kind] += 1
        sure = "" if reading is None else f"{reading.best_text!r} {reading.confidence:.2f}"
        print(f"  {kind:9} {name:32} {' or '.join(map(repr, sorted(allowed))):20} {text!r} {sure}")
    print(f"{'cases':34} " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))


def score(
    recognizer: Recognizer, name: str, files: list[tuple[Path, int]], *, say_wrong: bool
) -> None:
    """How many pictures of one digit are read as it, and as several."""
    watch = Stopwatch()
    right = several = none = answered = 0
    for file, label in files:
        reading = read_file(recognizer, file)
        text = NO_INK if reading is None else reading.best_text
        right += text == str(label)
        none += reading is None
        several += reading is not None and len(text) > 1
        answered += reading is not None and reading.declined is None and text != str(label)
        if say_wrong and text != str(label):
            print(f"  {file.name}: {label}, read as {text!r}")
    count = len(files)
    low, high = wilson_interval(right, count)
    print(
        f"{name:34} {right / count:.2%} of {count} ({low:.1%} to {high:.1%}); read as several"
        f" {several / count:.2%}, no ink {none / count:.2%}, wrong without ? {answered / count:.2%}"
        f"; {1000 * watch() / count:.0f} ms each",
        flush=True,
    )


def chosen(count: int, sample: int) -> NDArray[np.intp]:
    """Which of so many, the same ones every time; all of them where the sample is 0."""
    if not sample or sample >= count:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, sample, replace=False))


def of_archive(archive: Path, folder: Path, sample: int) -> list[tuple[Path, int]]:
    """An archive's pictures as files."""
    with zipfile.ZipFile(archive) as content:
        rows = [row.split("\t") for row in content.read("labels.tsv").decode().split("\n") if row]
        rows = [rows[index] for index in chosen(len(rows), sample)]
        return [(Path(content.extract(row[0], folder)), int(row[1])) for row in rows]


def saved(
    pictures: NDArray[np.uint8], labels: NDArray[np.integer], folder: Path
) -> list[tuple[Path, int]]:
    """Pictures as PNG files."""
    files = []
    for index, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        file = folder / f"{index}.png"
        Image.fromarray(picture).save(file)
        files.append((file, int(label)))
    return files


def eights(file: Path, sample: int) -> Iterator[tuple[str, NDArray[np.uint8], NDArray[np.integer]]]:
    """Pictures of 8×8, dark on light, eight times as large: in blocks, and smooth."""
    with gzip.open(file) as stream:
        table = np.loadtxt(stream, delimiter=",").astype(int)
    table = table[chosen(len(table), sample)]
    light = np.rint(255 - table[:, :64].reshape(-1, 8, 8) * (255 / 16)).astype(np.uint8)
    for way in (Image.Resampling.NEAREST, Image.Resampling.BILINEAR):
        large = [np.asarray(Image.fromarray(one).resize((64, 64), way)) for one in light]
        yield f"8x8 enlarged, {way.name.lower()}", np.stack(large), table[:, 64]


def phone_photo(digits: NDArray[np.uint8], chooser: np.random.Generator) -> Image.Image:
    """Five lines of six digits in blue ink, on squared paper, in a light from one side."""
    size = 3000, 4000
    light = np.linspace(-20, 20, size[0])[:, None] + np.linspace(170, 225, size[1])
    photo = light[..., None] + np.array([10.0, 5.0, -12.0])
    photo[100::75] *= 0.6
    photo[:, 60::75] *= 0.6
    for number, digit in enumerate(digits):
        row, column = divmod(number, 6)
        top, left = 250 + 520 * row, 300 + 420 * column
        large = Image.fromarray(digit).resize((300, 300), Image.Resampling.BICUBIC)
        ink = np.asarray(large)[..., None] / 255
        place = photo[top : top + 300, left : left + 300]
        place += ink * (np.array([40.0, 45.0, 110.0]) - place)
    photo += chooser.normal(0, 4, photo.shape)
    return Image.fromarray(np.clip(photo, 0, 255).astype(np.uint8))


def phone(recognizer: Recognizer, count: int = 5) -> None:
    """Seconds for a photo as phones take them, and how many of its digits are right."""
    test, chooser = bundled_mnist().test, np.random.default_rng(0)
    seconds, right = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            some = slice(30 * number, 30 * number + 30)
            file = Path(folder) / f"{number}.jpg"
            phone_photo(test.pictures[some], chooser).save(file, quality=90)
            began = time.process_time()
            reading = read_file(recognizer, file)
            seconds.append(time.process_time() - began)
            text = "" if reading is None else reading.best_text.replace("\n", "")
            wanted = "".join(map(str, test.labels[some]))
            if len(text) == len(wanted):
                right += sum(one == other for one, other in zip(text, wanted, strict=True))
    print(f"photos of 12 megapixels: {spread(seconds, ' s')}; {right} of {30 * count} digits right")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--archive", type=Path, action="append", default=[])
    parser.add_argument("--eights", type=Path)
    parser.add_argument("--mnist", action="store_true")
    parser.add_argument("--phone", action="store_true")
    parser.add_argument("--sample", type=int, default=0, help="pictures of each set; 0 for all")
    parser.add_argument("--wrong", action="store_true", help="name what is read wrongly")
    options = parser.parse_args()
    use_one_core()
    recognizer = Recognizer(open_model(DEFAULT_MODEL))
    if options.phone:
        phone(recognizer)
    if options.cases:
        cases(recognizer, options.cases)
    for archive in options.archive:
        with tempfile.TemporaryDirectory() as folder:
            files = of_archive(archive, Path(folder), options.sample)
            score(recognizer, archive.stem, files, say_wrong=options.wrong)
    sets = list(eights(options.eights, options.sample)) if options.eights else []
    if options.mnist:
        test = bundled_mnist().test
        which = chosen(len(test.labels), options.sample)
        sets.append(("MNIST test pictures as PNG", test.pictures[which], test.labels[which]))
    for name, pictures, labels in sets:
        with tempfile.TemporaryDirectory() as folder:
            files = saved(pictures, labels, Path(folder))
            score(recognizer, name, files, say_wrong=options.wrong)


if __name__ == "__main__":
    main()
