"""Why the digit that is looked at is read as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QSizePolicy, QWidget

from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.ui.canvas.guess import has_guess
from mnist_desktop.ui.draw.ink_map import InkMap
from mnist_desktop.ui.draw.why_words import words_of
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.session.read.explanation import View
from mnist_desktop.ui.session.read.neighbour_search import NEIGHBOURS
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel, plain_tooltip
from mnist_desktop.ui.widgets.training_strip import TrainingStrip

FRAME_MILLISECONDS = 80
"""Of the smallest change; its ends are seen for longer."""

REST_FRAMES = 8

MAP_SHARE = 0.5
"""Of the panel's width that the map may take; the rest is for words."""

GAP = 2 * GRID


class WhyPanel(QWidget):
    """The rival, a map with what it shows in words, and the training pictures most alike."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        named(self, "whyPanel")
        self._session = session
        self._explanation = session.explanation
        self._step = 0
        self._title = heading("")
        self._rival = named(QComboBox(), "rivalCombo")
        self._rival.addItems(list(DIGITS))
        self._rival.setAccessibleName(self.tr("The digit it is compared with"))
        self._rival.activated.connect(self._explanation.choose_rival)
        self._map = named(InkMap(), "whyMap")
        self._words = named(PlainLabel(wraps=True), "whyLabel")
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._alike = quiet_label(self.tr("Most alike in the training data"), wraps=True)
        self._neighbours = named(TrainingStrip(session, NEIGHBOURS), "neighbourRow")
        self._neighbours.setAccessibleName(self._alike.text())
        for widget in (self._alike, self._neighbours):
            widget.setToolTip(
                self.tr(
                    "Each with its label and its distance in the last hidden layer: how "
                    "differently the neurons answer there, just before the ten scores are made."
                )
            )
        self._frames = QTimer(self, interval=FRAME_MILLISECONDS)
        self._frames.timeout.connect(self._on_frame)
        self._make_buttons()
        self._arrange()
        self._explanation.changed.connect(self._update)
        self._explanation.change_found.connect(self._on_change_found)
        self._update()

    def _make_buttons(self) -> None:
        self._buttons: dict[View, QPushButton] = {}
        group = QButtonGroup(self)
        texts: dict[View, tuple[str, str]] = {
            "ink": (self.tr("Ink"), self.tr("What the ink adds to the answer")),
            "missing": (self.tr("Missing ink"), self.tr("Where more ink would change the answer")),
            "change": ("", self.tr("The smallest change of the ink that turns the answer")),
            "untrained": (
                self.tr("Untrained"),
                self.tr("The same map for a network that has learned nothing: a check of the map"),
            ),
        }
        for view, (text, tip) in texts.items():
            button = named(QPushButton(text), f"{view}ViewButton")
            button.setCheckable(True)
            button.setToolTip(plain_tooltip(tip))
            button.setChecked(view == self._explanation.view)
            button.clicked.connect(lambda _checked, view=view: self._explanation.look_at(view))
            group.addButton(button)
            self._buttons[view] = button

    def _arrange(self) -> None:
        head = hbox(self._title, self._rival, REST)
        views = hbox(*self._buttons.values(), REST)
        shown = _MapWithWords(self._map, self._words)
        alike = vbox(self._alike, self._neighbours, spacing=GRID // 2)
        self.setLayout(vbox(head, views, (shown, 1), alike))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._play()

    def hideEvent(self, event: QHideEvent) -> None:
        self._frames.stop()
        super().hideEvent(event)

    @Slot()
    def _update(self) -> None:
        why = self._explanation
        self._frames.stop()
        self._step = 0
        digit = why.digit if has_guess(self._session.reading) else None
        for widget in (self._rival, *self._buttons.values()):
            widget.setEnabled(digit is not None)
        if digit is None:
            self._title.setText(self.tr("Why?"))
            self._buttons["change"].setText(self.tr("Turn it"))
            self._words.setText(self.tr("Draw a digit to see why it is read as it is."))
            self._map.show_map(None)
            self._neighbours.show_training([])
            return
        self._title.setText(self.tr("Why {answer} and not").format(answer=digit.digit))
        self._rival.setCurrentIndex(why.rival)
        self._buttons["change"].setText(self.tr("Make it {rival}").format(rival=why.rival))
        self._buttons[why.view].setChecked(True)
        self._show_map()
        if why.neighbours is not None:
            notes = [f" · {distance:.1f}" for distance in why.neighbours.distances.tolist()]
            self._neighbours.show_training(why.neighbours.indices.tolist(), notes)
        else:
            hint = self.tr("Comparing with all training pictures…") if why.is_comparing else ""
            self._neighbours.show_training([], empty=hint)
        self._play()

    @Slot()
    def _on_change_found(self) -> None:
        self._play()
        self._show_map()

    def _play(self) -> None:
        """Let the smallest change be seen to happen, as long as anybody sees it."""
        if self.isVisible() and self._explanation.change is not None:
            self._frames.start()

    @Slot()
    def _on_frame(self) -> None:
        """From the ink as it is to the other digit, and again."""
        self._step += 1
        self._show_map()

    def _show_map(self) -> None:
        why = self._explanation
        digit, frame = why.digit, 0
        if digit is None:
            return
        values = None
        if why.view == "change" and why.change is not None:
            last = len(why.change.frames) - 1
            frame = min(max(self._step % (last + 2 * REST_FRAMES) - REST_FRAMES, 0), last)
            self._map.show_map(why.change.frames[frame])
        else:
            parts = why.untrained if why.view == "untrained" else why.contributions
            if why.view == "missing":
                values = why.missing
            elif why.view != "change" and parts is not None:
                values = parts.values
            self._map.show_map(digit.picture, values)
        self._words.setText(words_of(why, frame))


class _MapWithWords(QWidget):
    """A map, as large as there is room for, and words beside it.

    By hand: a layout reckons with the map as large as it is now. So the words would need another
    height each time that the map has another size, and the map has that of what they need.
    """

    def __init__(self, ink_map: InkMap, words: PlainLabel) -> None:
        super().__init__()
        self._map = ink_map
        self._words = words
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in (ink_map, words):
            part.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._smallest + GAP, self._smallest)

    def heightForWidth(self, width: int) -> int:
        """Beside the smallest map words have most room."""
        return max(self._smallest, self._height_of_words(width, self._smallest))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the words are others
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        side = min(height, max(round(MAP_SHARE * width), self._smallest))
        if self._height_of_words(width, side) > height:
            side = self._smallest
        self._map.setGeometry(0, 0, side, height)
        self._words.setGeometry(side + GAP, 0, width - side - GAP, height)

    @property
    def _smallest(self) -> int:
        return self._map.minimumSizeHint().height()

    def _height_of_words(self, width: int, side: int) -> int:
        return self._words.heightForWidth(width - side - GAP)
