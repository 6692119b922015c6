from pathlib import Path

import pytest

from mnist_desktop.learning.data.named_arrays import pairs_of
from mnist_desktop.learning.data.splits import DatasetError

PATH = Path("some.npz")


def shapes(*names):
    """Of pictures, or of labels where the name says so, flat or not."""
    kinds = {"x": (5, 28, 28), "X": (5, 784), "N": (5, 28, 28, 1), "y": (5,), "h": (5, 10)}
    kinds |= {"c": (5, 1), "o": (7,)}
    return {name[1:]: kinds[name[0]] for name in names}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            shapes("xX_train", "yy_train", "NX_test", "cy_test"),
            {"train": ("X_train", "y_train"), "test": ("X_test", "y_test")},
        ),
        (
            # Of two arrays of labels, that which is called so.
            shapes("xtrain_images", "otrain_index", "htrain_labels", "xtest_images", "ytest_y"),
            {"train": ("train_images", "train_labels"), "test": ("test_images", "test_y")},
        ),
        (
            shapes("XTrain/Features", "yTrain/Labels", "XTest/Features", "yTest/Labels"),
            {"train": ("Train/Features", "Train/Labels"), "test": ("Test/Features", "Test/Labels")},
        ),
        (
            shapes("XtrainX", "ytrainY", "Xx_val", "yy_val", "XtestX", "ytestY"),
            {
                "train": ("trainX", "trainY"),
                "validation": ("x_val", "y_val"),
                "test": ("testX", "testY"),
            },
        ),
        (shapes("Ximages", "yvalues"), {"train": ("images", "values")}),
        (shapes("Xdata", "ytarget"), {"train": ("data", "target")}),
        (
            shapes("Xarr_0", "yarr_1", "Xarr_2", "yarr_3"),
            {"train": ("arr_0", "arr_1"), "test": ("arr_2", "arr_3")},
        ),
        (
            # As train_test_split gives them.
            shapes("Xarr_0", "Xarr_1", "yarr_2", "yarr_3"),
            {"train": ("arr_0", "arr_2"), "test": ("arr_1", "arr_3")},
        ),
        (
            shapes("X0/0", "y0/1", "X1/0", "y1/1", "X2/0", "y2/1"),
            {"train": ("0/0", "0/1"), "validation": ("1/0", "1/1"), "test": ("2/0", "2/1")},
        ),
    ],
)
def test_pairs_by_names_or_by_their_order(given, expected):
    assert pairs_of(PATH, given) == expected


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "has no pictures with labels"),
        (shapes("Xa"), "it holds a"),
        (shapes("Xa", "Xb", "yc"), "it holds a, b, c"),
        (shapes("Xa", "yb", "Xc", "yd", "Xe", "yf", "Xg", "yh"), "has no pictures with labels"),
        (shapes("Xx_train", "yy_train", "yy_test"), "one array of pictures that is called as x_te"),
        (shapes("Xx_train", "yy_train", "Xx_test"), "one array of labels that is called as y_test"),
        (shapes("Xx_train", "Xx_train_2", "yy_train"), "it has 2"),
    ],
)
def test_what_cannot_be_paired_is_said(given, fault):
    with pytest.raises(DatasetError, match=fault):
        pairs_of(PATH, given)
