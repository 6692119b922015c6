import gzip
import tracemalloc

import numpy as np
import pytest

from mnist_desktop.learning.data import digits_csv
from mnist_desktop.learning.data.datasets import open_dataset

PIXEL_NAMES = [f"{row}x{column}" for row in range(1, 29) for column in range(1, 29)]


def table(split, *, label="first", header=None, separator=",", scale=None, ids=False, end="\n"):
    """A split as text."""
    lines = [] if header is None else [separator.join(header)]
    for number, (picture, digit) in enumerate(zip(split.pictures, split.labels, strict=True)):
        pixels = picture.ravel() if scale is None else picture.ravel() / scale
        cells = [*([number] if ids else []), *pixels]
        cells.insert(len(cells) if label == "last" else int(ids), digit)
        lines.append(separator.join(map(str, cells)))
    return end.join(lines) + end


@pytest.fixture
def train(official):
    return official["train"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "digits.csv"


@pytest.fixture
def opened(path, train):
    """Fails unless a table opens as the training pictures."""

    def check(text, path=path):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        splits = open_dataset(path)
        parts = (splits.train, splits.validation, splits.test)
        for name in ("pictures", "labels"):
            found = np.concatenate([getattr(part, name) for part in parts])
            np.testing.assert_array_equal(found, getattr(train, name), strict=True)
        assert all(part.pictures.flags.writeable for part in parts)
        return splits

    return check


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"label": "last"},
        {"header": ["label", *PIXEL_NAMES]},
        {"header": [*PIXEL_NAMES, "class"], "label": "last"},
        {"header": ['"label"', *(f'"{name}"' for name in PIXEL_NAMES)]},
        {"header": ["", "label", *PIXEL_NAMES], "ids": True},
        {"header": ["id", *PIXEL_NAMES, "Label"], "ids": True, "label": "last"},
        {"header": [f"column {number}" for number in range(785)], "label": "last"},
        {"separator": ";", "end": "\r\n"},
        {"separator": "\t"},
        {"scale": 255},
        {"scale": 256, "label": "last"},
    ],
)
@pytest.mark.parametrize("chunk", [7, 1000])
def test_label_first_or_last_header_or_none(opened, train, monkeypatch, how, chunk):
    monkeypatch.setattr(digits_csv, "CHUNK", chunk)
    splits = opened(table(train, **how))
    assert any("no test pictures" in str(note) for note in splits.notes)


def test_with_a_mark_of_its_encoding_and_zipped(opened, train, path):
    opened("\ufeff" + table(train) + "\n\n")
    opened(gzip.compress(table(train).encode()), path.with_name("digits.csv.gz"))


@pytest.mark.parametrize(
    ("names", "opened_as"),
    [
        (("mnist_train.csv", "mnist_test.csv"), ["mnist_train.csv", "mnist_test.csv", ""]),
        (("mnist_train_100.csv", "mnist_test_10.csv"), ["mnist_train_100.csv", ""]),
        (("train.csv", "test.csv"), ["train.csv", ""]),
    ],
)
def test_two_tables_of_one_name_are_one_set(
    tmp_path, official, tiny, assert_same, names, opened_as
):
    for name, part in zip(names, ("train", "t10k"), strict=True):
        (tmp_path / name).write_text(table(official[part]))
    for name in opened_as:
        assert_same(open_dataset(tmp_path / name), tiny)


def test_kaggle_s_test_without_labels_is_no_part(opened, train, path, dataset_fault):
    test = path.with_name("test.csv")
    test.write_text("\n".join([",".join(PIXEL_NAMES), *[",".join("0" * 784)] * 5]))
    opened(table(train, header=["label", *PIXEL_NAMES]), path.with_name("train.csv"))
    assert "has no labels: its lines hold 784 pixels" in dataset_fault(open_dataset, test)


def test_emnist_s_pictures_are_set_up(path, train):
    lying = type(train)(train.pictures.transpose(0, 2, 1), train.labels)
    path = path.with_name("emnist-digits.csv")
    path.write_text(table(lying))
    np.testing.assert_array_equal(open_dataset(path).train.pictures[0], train.pictures[0])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a,b\n1,2\n", "is not a table of digits"),
        (",".join("0" * 785) + "\n" + ",".join("0" * 784), "line 2 is not 785 numbers"),
        (",".join("0" * 785) + "\n" + ",".join(["x", *"0" * 784]), "line 2 is not 785 numbers"),
        (",".join(["label", *PIXEL_NAMES]), "holds no pictures"),
        (",".join(["label", *"0" * 784]) + "\n" + ",".join(["11", *"0" * 784]), "label 0 is 11"),
        (",".join(["3", *["300"] * 784]), "0 to 255 or 0 to 1"),
        (",".join(["3", *["nan"] * 784]), "0 to 255 or 0 to 1"),
        (",".join("0" * 786), "is not a table of digits"),
        ("0," * 10**6, "is not a table of digits"),
        (gzip.compress(b"0," * 10**7), "is not a table of digits"),
        ("0" * 10**6, "is not a table of digits"),
        (",".join("0" * 785) + "\n" * 2000, "is not a table of digits"),
    ],
)
def test_what_is_no_table_of_digits(path, dataset_fault, text, fault):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    tracemalloc.start()
    assert fault in dataset_fault(open_dataset, path)
    assert tracemalloc.get_traced_memory()[1] < 10e6
    tracemalloc.stop()


def test_a_wrong_label_is_named_by_its_place_in_the_whole_table(
    path, train, dataset_fault, monkeypatch
):
    monkeypatch.setattr(digits_csv, "CHUNK", 16)
    labels = train.labels.copy()
    labels[40] = 11
    path.write_text(table(type(train)(train.pictures, labels)))
    assert "label 40 is 11" in dataset_fault(open_dataset, path)


def test_more_lines_than_there_can_be(path, train, dataset_fault, monkeypatch):
    monkeypatch.setattr("mnist_desktop.learning.data.splits.MAX_PICTURES", 40)
    monkeypatch.setattr(digits_csv, "CHUNK", 10)
    path.write_text(table(train))
    assert "more than 40 pictures" in dataset_fault(open_dataset, path)


def test_a_zipped_table_that_unpacks_to_too_much(path, train, dataset_fault, monkeypatch):
    monkeypatch.setattr(digits_csv, "MAX_BYTES", 50_000)
    path.write_bytes(gzip.compress(table(train).encode()))
    assert "unpacks to more than 50,000 bytes" in dataset_fault(open_dataset, path)
