import dataclasses

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSlider,
    QSpinBox,
    QWidget,
)

from mnist_desktop.learning.settings.config import PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.training_settings import SETTINGS
from mnist_desktop.ui.look.theme import ERROR
from mnist_desktop.ui.session.train.draft import Draft
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
    real_digits=400,
    real_letters=300,
    label_smoothing=0.015,
)


@pytest.fixture
def draft():
    return Draft()


@pytest.fixture
def form(qtbot, draft):
    form = SettingsForm(draft)
    qtbot.addWidget(form)
    return form


def spins(form):
    return {spin.objectName(): spin.value() for spin in form.findChildren(QAbstractSpinBox)}


def test_it_begins_with_the_article(form, draft):
    assert draft.config == PRESETS["article"]
    assert form.findChild(QComboBox, "presetCombo").currentText() == "Article"


def test_no_setting_is_left_out():
    """Or else it would not be missed in what is shown and made again."""
    for unusual, usual in ((UNUSUAL, TrainingConfig()), (UNUSUAL.network, NetworkConfig())):
        for field in dataclasses.fields(unusual):
            assert getattr(unusual, field.name) != getattr(usual, field.name), field.name


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_can_be_chosen_and_is_named_until_it_is_edited(form, draft, name):
    preset = form.findChild(QComboBox, "presetCombo")
    draft.show(UNUSUAL)
    assert preset.currentData() == "custom"
    preset.setCurrentIndex(preset.findData(name))
    assert draft.config == PRESETS[name]
    assert preset.currentData() == name
    form.findChild(QSpinBox, "scribblesSpin").setValue(7)
    assert preset.currentData() == "custom"


def test_custom_cannot_be_chosen_where_it_is_none(form, draft):
    preset = form.findChild(QComboBox, "presetCombo")
    preset.setCurrentIndex(preset.findData("custom"))
    assert draft.config == PRESETS["article"]
    assert preset.currentData() == "article"


def test_slider_and_field_of_the_distortion_go_together(form, draft):
    spin, slider = (
        form.findChild(QDoubleSpinBox, "distortionSpin"),
        form.findChild(QSlider, "distortionSlider"),
    )
    slider.setValue(17)
    assert draft.config.distortion == pytest.approx(1.7)
    assert spin.value() == pytest.approx(1.7)
    spin.setValue(0.25)  # which the slider cannot show
    assert draft.config.distortion == 0.25
    assert slider.value() == 2


def test_no_limit_is_all_pictures(form, draft):
    limit = form.findChild(QSpinBox, "limitSpin")
    assert limit.text() == "all"
    limit.setValue(500)
    assert draft.config.limit == 500
    limit.setValue(0)
    assert draft.config.limit is None


def test_stopping_early_is_off_until_there_is_a_patience(form, draft):
    patience = form.findChild(QSpinBox, "patienceSpin")
    improvement = form.findChild(QDoubleSpinBox, "minimumImprovementSpin")
    assert patience.text() == "off"
    assert not improvement.isEnabled()
    patience.setValue(3)
    improvement.setValue(0.05)
    assert improvement.text() == "0.05 %"
    assert (draft.config.patience, draft.config.minimum_improvement) == (3, 0.0005)


def test_momentum_is_for_sgd_only(form, draft):
    optimizer = form.findChild(QComboBox, "optimizerCombo")
    momentum = form.findChild(QWidget, "momentumSpin")
    assert not momentum.isEnabled()
    optimizer.setCurrentIndex(optimizer.findData("sgd"))
    assert draft.config.optimizer == "sgd"
    assert momentum.isEnabled()


def test_each_field_shows_its_setting(form, draft):
    draft.show(UNUSUAL)
    assert spins(form) == {
        "dropoutSpin": 0.25,
        "epochsSpin": 7,
        "batchSizeSpin": 128,
        "learningRateSpin": 0.05,
        "momentumSpin": 0.8,
        "weightDecaySpin": 0.0005,
        "patienceSpin": 4,
        "minimumImprovementSpin": 0.05,
        "limitSpin": 1234,
        "distortionSpin": 1.25,
        "syntheticDigitsSpin": 3000,
        "scribblesSpin": 200,
        "realDigitsSpin": 400,
        "realLettersSpin": 300,
        "labelSmoothingSpin": 0.015,
        "workersSpin": 1,
        "seedSpin": 3,
        "logEverySpin": 1,
    }
    combos = {box.objectName(): box.currentData() for box in form.findChildren(QComboBox)}
    assert combos == {
        "presetCombo": "custom",
        "activationCombo": "gelu",
        "outputCombo": "log_softmax",
        "optimizerCombo": "sgd",
        "scheduleCombo": "one_cycle",
        "deviceCombo": "cpu",
    }
    assert form.findChild(QLineEdit, "hiddenLayersEdit").text() == "64, 32, 16"
    assert not form.findChild(QCheckBox, "shuffleCheck").isChecked()


def test_what_no_field_can_show_is_not_rounded(form, draft):
    config = dataclasses.replace(
        UNUSUAL, distortion=1 / 3, minimum_improvement=1e-13, seed=2**32 - 1, learning_rate=1.5e-8
    )
    draft.show(config)
    assert draft.config == config
    form.findChild(QSpinBox, "epochsSpin").setValue(8)
    assert draft.config == dataclasses.replace(config, epochs=8)
    assert form.findChild(QDoubleSpinBox, "learningRateSpin").text() == "0.000000015"


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("learningRateSpin", "0.0005", "learning_rate"),
        ("minimumImprovementSpin", "0.07", "minimum_improvement"),
        ("batchSizeSpin", "1000", "batch_size"),
        ("weightDecaySpin", "0.02", "weight_decay"),
    ],
)
def test_a_value_is_typed_key_by_key(form, draft, name, text, field):
    """What has been typed so far is not written anew under the cursor."""
    draft.set("patience", 3)
    form.show()
    spin = form.findChild(QAbstractSpinBox, name)
    spin.selectAll()
    QTest.keyClicks(spin, text)
    scale = 100 if field == "minimum_improvement" else 1
    assert getattr(draft.config, field) == pytest.approx(float(text) / scale)
    assert spin.value() == pytest.approx(float(text))


def test_layers_are_typed_key_by_key(form, draft):
    edit = form.findChild(QLineEdit, "hiddenLayersEdit")
    edit.selectAll()
    QTest.keyClicks(edit, "64,32")
    assert edit.text() == "64,32"
    assert draft.config.network.hidden == (64, 32)


def test_a_file_that_is_dropped_on_the_layers_is_for_the_window(form):
    assert not form.findChild(QLineEdit, "hiddenLayersEdit").acceptDrops()


def wheel(area, field):
    """The wheel over a field, as the window system brings it."""
    place = QPointF(field.mapTo(area, field.rect().center()))
    QTest.wheelEvent(area.windowHandle(), place, QPoint(0, -120))
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (QSpinBox, "epochsSpin"),
        (QDoubleSpinBox, "distortionSpin"),
        (QSlider, "distortionSlider"),
        (QComboBox, "optimizerCombo"),
    ],
)
def test_the_wheel_scrolls_the_panel_and_not_a_field_that_has_not_the_focus(
    qtbot, draft, kind, name
):
    area, form = QScrollArea(widgetResizable=True), SettingsForm(draft)
    qtbot.addWidget(area)
    area.setWidget(form)
    area.resize(360, 200)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    draft.set("distortion", 1.0)
    before = draft.config
    form.findChild(QLineEdit, "hiddenLayersEdit").setFocus()
    field = form.findChild(kind, name)
    area.ensureWidgetVisible(field, 0, 80)
    place = area.verticalScrollBar().value()
    wheel(area, field)
    assert draft.config == before
    assert area.verticalScrollBar().value() > place
    field.setFocus()
    area.ensureWidgetVisible(field, 0, 80)
    place = area.verticalScrollBar().value()
    wheel(area, field)
    assert draft.config != before
    assert area.verticalScrollBar().value() == place


def test_every_field_says_what_it_is(form):
    for setting in SETTINGS:
        names = [field.accessibleName() for field in form.findChildren(QWidget)]
        assert setting.name in names
    tips = {field.toolTip() for field in form.findChildren(QWidget)}
    assert {setting.help for setting in SETTINGS} <= tips


def test_parameters_are_counted_layer_by_layer_while_they_are_typed(form, draft):
    edit = form.findChild(QLineEdit, "hiddenLayersEdit")
    edit.setText("128, 256")
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert any("100,480 + 33,024 + 2,570 = 136,074" in text for text in texts)
    edit.setText("")
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert any("7,850" in text for text in texts)


@pytest.mark.parametrize("text", ["12a", "0", "-5", "1.5", "99999, 99999", "100000"])
def test_layers_that_cannot_be_are_refused_beside_the_field(form, draft, text):
    edit = form.findChild(QLineEdit, "hiddenLayersEdit")
    edit.setText(text)
    assert draft.problem is not None
    assert edit.property("invalid")
    errors = [label for label in form.findChildren(QLabel) if label.foregroundRole() == ERROR]
    assert errors
    assert errors[0].text()
    assert " = " not in errors[0].text(), "there is nothing to be counted"
    edit.setText("128, 256")
    assert draft.config == PRESETS["article"]
    assert not edit.property("invalid")


def test_the_tab_key_leads_to_every_field(qtbot, form):
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.findChild(QLineEdit, "hiddenLayersEdit").setFocus()
    met = set()
    while (focus := QApplication.focusWidget()) not in met:
        met.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    fields = (QAbstractSpinBox, QComboBox, QLineEdit, QSlider)
    expected = {
        field
        for kind in fields
        for field in form.findChildren(kind)
        if field.isVisible() and field.isEnabled() and not field.objectName().startswith("qt_")
    }
    assert [field.objectName() for field in expected - met] == []
