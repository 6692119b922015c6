import numpy as np
from scipy import ndimage

from mnist_desktop.ink.photo.rules import EIGHT, LEAST_AROUND, MOST_LAYERS, large_windows


def labelled(ink):
    return ndimage.label(ink, EIGHT)[0]


def test_what_may_be_around_others_is_large_both_ways():
    ink = np.zeros((60, 200), bool)
    for place, (high, wide) in enumerate([(1, 0), (0, 1), (0, 0), (30, 0)]):
        top, left = 2, 2 + 45 * place
        ink[top : top + LEAST_AROUND - 1 + high, left : left + LEAST_AROUND - 1 + wide] = True
    assert not list(large_windows(labelled(ink)))
    ink[40:56, 100:116] = True
    assert [window for _, window in large_windows(labelled(ink))] == [np.s_[40:56, 100:116]]


def test_of_hatching_not_every_line_is_looked_at_in_its_whole_box():
    rows, columns = np.indices((600, 600))
    hatched = labelled((rows + columns) % 10 < 4)
    areas = [hatched[window].size for _, window in large_windows(hatched)]
    assert len(areas) > 10
    assert sum(areas) < (MOST_LAYERS + 1) * hatched.size


def test_frames_in_frames_are_all_looked_at():
    ink = np.zeros((600, 600), bool)
    for inset in range(0, 60, 20):
        ink[inset : 600 - inset, inset : 600 - inset] ^= True
        ink[inset + 3 : 597 - inset, inset + 3 : 597 - inset] ^= True
    assert len(list(large_windows(labelled(ink)))) == 3
