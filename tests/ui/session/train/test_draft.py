from mnist_desktop.learning.settings.config import (
    PRESETS,
    NetworkConfig,
    TrainingConfig,
    parse_hidden,
)
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.ui.session.train.draft import Draft

UNUSUAL = TrainingConfig(
    NetworkConfig((16,), dropout=0.125), learning_rate=1.5e-9 * 10, distortion=1 / 3
)


def test_it_begins_with_the_article():
    draft = Draft()
    assert draft.config == PRESETS["article"]
    assert draft.preset == "article"


def test_settings_of_training_and_network_are_changed_one_by_one(qtbot):
    draft = Draft()
    draft.show(UNUSUAL)
    with qtbot.waitSignal(draft.changed):
        draft.set("dropout", 0.5)
    draft.set("epochs", 3)
    assert draft.config.network == NetworkConfig((16,), dropout=0.5)
    assert draft.config.epochs == 3
    assert draft.config.distortion == UNUSUAL.distortion
    assert draft.preset is None


def test_what_cannot_be_is_said_and_not_taken(qtbot):
    draft = Draft()
    with qtbot.waitSignal(draft.changed):
        draft.set("hidden", (99_999,))
    assert draft.problem.field == "hidden"
    assert draft.config == PRESETS["article"]
    try:
        parse_hidden("what")
    except ConfigError as problem:
        with qtbot.waitSignal(draft.changed):
            draft.refuse(problem)
    draft.set("hidden", (8,))
    assert draft.problem is None
    assert draft.config.network.hidden == (8,)


def test_another_configuration_ends_a_problem(qtbot):
    draft = Draft()
    draft.set("epochs", 0)
    assert draft.problem is not None
    with qtbot.waitSignal(draft.changed):
        draft.show(UNUSUAL)
    assert draft.problem is None
    assert draft.config == UNUSUAL
