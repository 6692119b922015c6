import itertools

import pytest
from PySide6.QtGui import QFontMetricsF, QPainter

from mnist_desktop.ui.plots.legend import Entry, Legend, LegendRow
from mnist_desktop.ui.plots.pens import pen_of

NAMES = ("batch", "train", "test", "best")


@pytest.fixture
def written(monkeypatch):
    """The texts that are painted, each with where."""
    found = []

    def draw(painter, room, flags, text):
        found.append((text, room))
        QPainter.drawText(painter, room, flags, text)

    recorder = type("Recorder", (QPainter,), {"drawText": draw})
    monkeypatch.setattr("mnist_desktop.ui.plots.legend.QPainter", recorder)
    return found


@pytest.fixture
def entries():
    return [Entry(name, lambda theme: pen_of(theme.text)) for name in NAMES]


def test_a_row_has_room_for_all_names_with_their_values(qtbot, written, entries):
    legend = LegendRow("100.00")
    qtbot.addWidget(legend)
    legend.show_entries(entries)
    legend.resize(legend.sizeHint())
    legend.show_values(["100.00", "99.10", "98.20", "88.88"])
    legend.grab()
    assert [text for text, _ in written[::2]] == list(NAMES)
    assert [text for text, _ in written[1::2]] == legend.values
    metrics = QFontMetricsF(legend.font())
    for (name, room), (value, _) in zip(written[::2], written[1::2], strict=True):
        assert metrics.horizontalAdvance(name + value) < room.width()
    for (_, room), (_, following) in itertools.pairwise(written[::2]):
        assert room.right() < following.left()


@pytest.mark.parametrize("make", [lambda: LegendRow("100.00"), Legend])
def test_a_narrow_legend_cuts_names_short_and_never_values(qtbot, written, entries, make):
    legend = make()
    qtbot.addWidget(legend)
    legend.show_entries(entries)
    legend.resize(410 if isinstance(legend, LegendRow) else 100, 100)
    legend.show_values(["100.00"] * 4)
    legend.grab()
    assert "…" in "".join(text for text, _ in written)
    assert [text for text, _ in written[1::2]] == legend.values


def test_the_name_of_the_line_that_is_pointed_at_is_bold(qtbot, entries):
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_entries(entries)
    legend.resize(200, legend.minimumHeight())
    values = ["1", "2", "3", "4"]

    def rows():
        picture = legend.grab().toImage()
        return [picture.copy(0, 22 * place, 200, 22) for place in range(4)]

    legend.show_values(values)
    before = rows()
    legend.show_values(values, 2)
    assert [old != new for old, new in zip(before, rows(), strict=True)] == [0, 0, 1, 0]
    legend.show_values(values)
    assert rows() == before
