import dataclasses

import pytest

from mnist_desktop.learning.log import (
    beginning_in_words,
    change_in_words,
    end_in_words,
    epoch_in_words,
    log_of,
)
from mnist_desktop.learning.records import Change, EpochRecord, Score
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import RunDone

CONFIG = TrainingConfig(learning_rate=0.5, patience=3)
SCORE = Score(0.9761, (0.9729, 0.9789), 10_000)
SCORED = "97.6 % of 10,000 digits, 97.3–97.9"


def test_an_epoch_in_words():
    record = EpochRecord(4, 0.05678, 0.98765, 0.0789, 0.97654, 1.234, True)
    assert epoch_in_words(record) == (
        "epoch 4: train loss 0.0568, accuracy 98.77 % · test loss 0.0789, accuracy 97.65 % · 1.23 s"
    )


@pytest.mark.parametrize(
    ("done", "text"),
    [
        (
            RunDone("completed", 10, 7, SCORE, {}),
            f"All 10 epochs are done. The weights of epoch 7 are kept. {SCORED}.",
        ),
        (
            RunDone("completed", 1, 1, SCORE, {}),
            f"The only epoch is done. The weights of epoch 1 are kept. {SCORED}.",
        ),
        (
            RunDone("stopped", 1, 1, SCORE, {}),
            f"Stopped after 1 epoch. The weights of epoch 1 are kept. {SCORED}.",
        ),
        (
            RunDone("stopped", 3, 2, SCORE, {}),
            f"Stopped after 3 epochs. The weights of epoch 2 are kept. {SCORED}.",
        ),
        (
            RunDone("stopped", 0, 0, SCORE, {}),
            (
                "Stopped after 0 epochs. "
                f"No epoch was finished; the weights are kept as they were. {SCORED}."
            ),
        ),
        (
            RunDone("stopped early", 9, 6, SCORE, {}),
            (
                "Stopped early after epoch 9: 3 in a row brought no improvement. "
                f"The weights of epoch 6 are kept. {SCORED}."
            ),
        ),
        (
            RunDone("diverged", 2, 1, SCORE, {}),
            (
                "The training diverged: in epoch 3 the loss was no longer a finite number. "
                "Try a lower learning rate than 0.5, for example 0.001. "
                f"The weights of epoch 1 are kept. {SCORED}."
            ),
        ),
        (
            RunDone("diverged", 0, 0, None, None),
            (
                "The training diverged: in epoch 1 the loss was no longer a finite number. "
                "Try a lower learning rate than 0.5, for example 0.001. "
                "No epoch was finished, so there is nothing to keep."
            ),
        ),
    ],
)
def test_the_end_of_a_run_says_how_it_ended_what_is_kept_and_what_to_try(done, text):
    assert end_in_words(done, CONFIG) == text


def test_texts_are_translated_before_the_numbers_stand_in_them():
    seen = []

    def translate(context, template):
        assert context == "core"
        seen.append(template)
        return template.replace("epoch ", "Epoche ").replace("epochs", "Epochen")

    record = EpochRecord(4, 0.1, 0.9, 0.1, 0.9, 1.0, True)
    assert epoch_in_words(record, translate).startswith("Epoche 4: ")
    end = end_in_words(RunDone("completed", 10, 7, SCORE, {}), CONFIG, translate)
    assert end.startswith("All 10 Epochen are done. The weights of Epoche 7 are kept. ")
    assert all("{" in template for template in seen if template != "The only epoch is done.")


def test_with_a_patience_of_one_nothing_is_counted():
    config = dataclasses.replace(CONFIG, patience=1)
    text = end_in_words(RunDone("stopped early", 3, 2, SCORE, {}), config)
    assert text.startswith("Stopped early after epoch 3: it brought no improvement. ")


def test_sentences_stand_together_as_the_language_wants_it():
    chinese = {"{first} {second}": "{first}{second}", "{score}.": "{score}。"}
    text = end_in_words(
        RunDone("completed", 10, 7, SCORE, {}), CONFIG, lambda _, text: chinese.get(text, text)
    )
    assert text == f"All 10 epochs are done.The weights of epoch 7 are kept.{SCORED}。"


def test_a_run_without_patience_has_an_end_too():
    config = dataclasses.replace(CONFIG, patience=None)
    assert end_in_words(RunDone("completed", 1, 1, SCORE, {}), config)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            Change(3, 12, "learning_rate", 0.001, 0.0005),
            "from epoch 3, batch 12: learning rate 0.001 → 0.0005",
        ),
        (Change(4, 1, "batch_size", 64, 128), "from epoch 4: batch size 64 → 128"),
        (Change(2, 1, "patience", None, 3), "from epoch 2: patience off → 3"),
        (
            Change(2, 1, "minimum_improvement", 0.0, 0.0005),
            "from epoch 2: improvement 0 % → 0.05 %",
        ),
    ],
)
def test_a_change_of_settings_in_words(change, text):
    assert change_in_words(change) == text


def test_the_log_tells_what_happened_in_its_order():
    config = dataclasses.replace(CONFIG, log_every=2, distortion=1.0)
    records = [EpochRecord(epoch, 1.0, 0.5, 1.0, 0.5, 0.1, True) for epoch in (1, 2, 3, 4)]
    steered, resumed = Change(2, 5, "dropout", 0.0, 0.1), Change(5, 1, "epochs", 4, 6)
    end = RunDone("stopped", 4, 4, SCORE, {})
    assert log_of(config, records, [steered, resumed], end) == [
        beginning_in_words(),
        change_in_words(steered),
        epoch_in_words(records[1]),
        epoch_in_words(records[3]),
        change_in_words(resumed),
        end_in_words(end, config),
    ]
    assert log_of(CONFIG, [], []) == []
