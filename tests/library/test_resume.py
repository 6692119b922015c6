"""What a training begins with."""

from contextlib import closing

import numpy as np
import pytest

from mnist_desktop.learning.train.events import BatchDone
from mnist_desktop.learning.train.training import train
from mnist_desktop.library.resume import new_run, resume_run
from mnist_desktop.library.runs import run_of

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


def test_a_new_run_begins_at_the_beginning(library, config, small):
    start = new_run(library, config, small, "first")
    with closing(start.recorder):
        assert (start.name, start.config, start.checkpoint) == ("first", config, None)
        assert (start.history.epochs, start.recognizers) == ([], {})
        assert run_of(library, start.recorder.run_id).is_held


def test_a_resumed_one_has_all_that_it_had_reported(library, recorded, small, config, events):
    run = recorded(2 * EPOCH + 5)
    start = resume_run(library, run, small)
    with closing(start.recorder):
        assert start.checkpoint.epoch == 2
        assert [record.epoch for record in start.history.epochs] == [1, 2]
        assert len(start.history.batch_loss) == 64
        first = next(train(start.config, small, start.checkpoint))
        assert isinstance(first, BatchDone)
        assert (first.epoch, first) == (3, events[2 * EPOCH])


def test_each_kept_epoch_reads_as_it_did_then(library, recorded, small, events):
    start = resume_run(library, recorded(), small)
    with closing(start.recorder):
        assert list(start.recognizers) == [1, 2, 3, 4]
        pictures = small.test.pictures[:50]
        read = [start.recognizers[epoch].probabilities(pictures) for epoch in (1, 4)]
        assert not np.allclose(*read)


def test_more_epochs_are_counted_from_the_last_finished_one(library, recorded, small):
    run = recorded()
    start = resume_run(library, run, small, more_epochs=3)
    start.recorder.close()
    assert (start.config.epochs, start.history.changes[0].new) == (7, 7)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE checkpoints SET content = x'00'",
        "UPDATE weights SET content = zeroblob(length(content))",
        "DELETE FROM weights WHERE epoch = 4",
    ],
)
def test_one_that_is_damaged_is_named_and_left_to_others(
    library, recorded, small, change, fault, damage
):
    run = recorded(name="mine")
    change(library.path, damage)
    before = run_of(library, run)
    with fault(library.path) as text:
        resume_run(library, run, small)
    assert "the run “mine” is damaged" in text[0]
    assert run_of(library, run) == before
