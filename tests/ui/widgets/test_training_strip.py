"""Training pictures beside what they are like, or what they excite."""

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.ui.widgets.training_strip import TrainingStrip


def test_it_bears_that_another_data_set_comes_and_its_own_comes_back(qtbot, session, small):
    strip = TrainingStrip(session, 2)
    qtbot.addWidget(strip)
    strip.show_training([3, 1900])
    named = strip.accessibleDescription()
    session.data_set.take(Splits("few", small.train.first(5), small.validation, small.test))
    session.data_set.take(small)  # where names are asked for before the gallery has heard of it
    session.labels.correct("train", 3, (int(small.train.labels[3]) + 1) % 10)
    assert strip.accessibleDescription() == named
    assert strip.model().stringList()[0].endswith("✎")
