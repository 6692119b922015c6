import dataclasses

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
)

from mnist_desktop.learning.config import PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.ui.train.settings_form import SettingsForm

UNUSUAL = TrainingConfig(
    network=NetworkConfig((64, 32, 16), "gelu", 0.25, "log_softmax"),
    optimizer="sgd",
    learning_rate=0.05,
    momentum=0.8,
    weight_decay=0.0005,
    schedule="one_cycle",
    epochs=7,
    batch_size=128,
    shuffle=False,
    workers=1,
    seed=3,
    log_every=1,
    patience=4,
    minimum_improvement=0.0005,
    device="cpu",
    limit=1234,
    distortion=1.25,
    synthetic_digits=3000,
    scribbles=200,
    label_smoothing=0.015,
)


@pytest.fixture
def form(qtbot):
    form = SettingsForm()
    qtbot.addWidget(form)
    return form


def test_it_begins_with_the_article(form):
    assert form.config == PRESETS["article"]
    assert form.findChild(QComboBox, "presetCombo").currentText() == "Article"


def test_no_setting_is_left_out():
    """Or else it would not be missed in what is shown and made again."""
    for unusual, usual in ((UNUSUAL, TrainingConfig()), (UNUSUAL.network, NetworkConfig())):
        for field in dataclasses.fields(unusual):
            assert getattr(unusual, field.name) != getattr(usual, field.name), field.name


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_can_be_chosen_and_is_named_until_it_is_edited(form, name):
    preset = form.findChild(QComboBox, "presetCombo")
    form.show_config(UNUSUAL)
    assert preset.currentData() == "custom"
    preset.setCurrentIndex(preset.findData(name))
    assert form.config == PRESETS[name]
    assert preset.currentData() == name
    form.findChild(QSpinBox, "scribblesSpin").setValue(7)
    assert preset.currentData() == "custom"


def test_slider_and_field_of_the_distortion_go_together(form):
    spin, slider = (
        form.findChild(QDoubleSpinBox, "distortionSpin"),
        form.findChild(QSlider, "distortionSlider"),
    )
    slider.setValue(17)
    assert form.config.distortion == pytest.approx(1.7)
    spin.setValue(0.25)  # which the slider cannot show
    assert form.config.distortion == 0.25
    assert slider.value() == 2


def test_no_limit_is_all_pictures(form):
    limit = form.findChild(QSpinBox, "limitSpin")
    assert limit.text() == "all"
    limit.setValue(500)
    assert form.config.limit == 500
    limit.setValue(0)
    assert form.config.limit is None


def test_it_makes_the_configuration_that_it_shows(form):
    form.show_config(UNUSUAL)
    assert form.config == UNUSUAL


@pytest.mark.parametrize(
    "change",
    [
        lambda form: form.findChild(QSpinBox, "epochsSpin").setValue(3),
        lambda form: form.findChild(QSpinBox, "batchSizeSpin").setValue(100),
        lambda form: form.findChild(QDoubleSpinBox, "learningRateSpin").setValue(0.01),
        lambda form: form.findChild(QLineEdit, "hiddenLayersEdit").setText("32"),
        lambda form: form.findChild(QCheckBox, "earlyStoppingCheck").setChecked(True),
    ],
)
def test_a_changed_setting_is_announced_and_no_longer_the_preset(qtbot, form, change):
    preset = form.findChild(QComboBox, "presetCombo")
    with qtbot.waitSignal(form.changed):
        change(form)
    assert form.config != PRESETS["article"]
    assert preset.currentText() == "Custom"
    preset.setCurrentIndex(0)
    assert form.config == PRESETS["article"]


def test_parameters_are_counted_layer_by_layer_while_they_are_typed(form):
    edit = form.findChild(QLineEdit, "hiddenLayersEdit")
    edit.setText("128, 256")
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert any("100,480 + 33,024 + 2,570 = 136,074" in text for text in texts)
    edit.setText("")
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert any("7,850" in text for text in texts)


@pytest.mark.parametrize("text", ["12a", "0", "-5", "1.5", "99999, 99999", "100000"])
def test_layers_that_cannot_be_are_refused_beside_the_field(form, text):
    edit = form.findChild(QLineEdit, "hiddenLayersEdit")
    edit.setText(text)
    assert form.config is None
    assert edit.property("invalid")
    errors = [label for label in form.findChildren(QLabel) if label.property("role") == "error"]
    assert errors
    assert errors[0].text()
    edit.setText("128, 256")
    assert form.config == PRESETS["article"]
    assert not edit.property("invalid")


def test_only_fields_that_matter_can_be_changed(form):
    momentum = form.findChild(QDoubleSpinBox, "momentumSpin")
    patience = form.findChild(QSpinBox, "patienceSpin")
    assert not momentum.isEnabled()
    assert not patience.isEnabled()
    form.show_config(dataclasses.replace(PRESETS["article"], optimizer="sgd", patience=3))
    assert momentum.isEnabled()
    assert patience.isEnabled()
