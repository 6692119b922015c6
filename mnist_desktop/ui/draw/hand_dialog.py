"""What was learned of a hand: before and after, every step, and how it is done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from mnist_desktop.learning.records import Score
from mnist_desktop.library.lessons import KeptLesson
from mnist_desktop.texts import counted
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled, tabular
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import date_and_time, percent, short, translated
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label, room_on_screen
from mnist_desktop.ui.widgets.layouts import scrolling, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

WIDTH = 460
LIST_HEIGHT, LOWEST_LIST = 132, 60
"""Pixels of the list of steps, where the screen has room for it, and where it has none."""

LOWEST_TEXT = 60
"""Of the explanation, where there is no room for all of it."""


class HandDialog(QDialog):
    """Once closed it is gone."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        named(self, "handDialog")
        self.setWindowTitle(self.tr("What was learned"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._title = heading("")
        self._told = named(PlainLabel(wraps=True), "learnedLabel")
        self._figures = [PlainLabel() for _ in range(4)]
        self._steps = named(_Steps(), "lessonsList", self.tr("Steps, the newest first"))
        self._steps.itemActivated.connect(self._on_use)
        how = quiet_label(
            self.tr(
                "How it learns: a copy of the network gets a new neuron for each of your drawings, "
                "which answers to what looks like it. These are trained with your drawings, a "
                "little distorted each time, mixed with digits and letters of other people. "
                "Without these it would soon read only you: that is called forgetting. Beside the "
                "network it keeps which way your pen went: where it began, how it turned. What you "
                "write like this is likelier to be that digit; a photo does not show it. It goes "
                "with the model to whomever you give it. To tell "
                "whether it has gained, it learns several times, each time with a part of your "
                "drawings kept aside and then read. If it would read yours or other people’s "
                "digits worse, the model stays as it was."
            ),
            wraps=True,
        )
        self._how = named(how, "howItLearnsLabel")
        self._explained = scrolling(how, only_down=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._use = buttons.addButton(
            self.tr("Read with this step"), QDialogButtonBox.ButtonRole.ActionRole
        )
        named(self._use, "useLessonButton")
        self._use.clicked.connect(self._on_use)
        self._steps.currentRowChanged.connect(self._update_button)

        self._heading = heading(self.tr("Steps"))
        self._layout = vbox(
            self._title,
            self._told,
            self._table(),
            self._heading,
            (self._steps, 1),
            self._explained,
            buttons,
            spacing=2 * GRID,
            margins=(EDGE, EDGE, EDGE, EDGE),
        )
        self.setLayout(self._layout)
        self.setMinimumWidth(scaled(WIDTH))
        session.teaching.changed.connect(self._update)
        session.people.changed.connect(self._update)
        session.shelf.changed.connect(self._update)
        session.shelf.current_changed.connect(self._update)
        self._update()

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(3 * GRID)
        table.setVerticalSpacing(GRID)
        table.addWidget(quiet_label(self.tr("before")), 0, 1)
        table.addWidget(quiet_label(self.tr("after")), 0, 2)
        names = (self.tr("Your drawings, kept aside"), self.tr("MNIST’s official test set"))
        for row, name in enumerate(names, start=1):
            table.addWidget(PlainLabel(name), row, 0)
            for column in (1, 2):
                figure = self._figures[2 * row + column - 3]
                figure.setFont(tabular(figure.font()))
                table.addWidget(figure, row, column)
        table.setColumnStretch(2, 1)
        return table

    @Slot()
    def _update(self) -> None:
        teaching, people = self._session.teaching, self._session.people
        self._title.setText(short(people.name_of(people.current)))
        done, model = teaching.last, teaching.own.model
        # Of a lesson of another day the model itself tells.
        lesson = model.lessons[-1] if model and model.lessons else None
        scores: tuple[Score | None, ...] = (None,) * len(self._figures)
        if done is not None:
            scores = (done.before, done.after, done.mnist_before, done.mnist_after)
        elif model is not None and lesson is not None:
            scores = (lesson.before, lesson.after, None, model.test_score)
        if done is None and lesson is not None:
            count = sum(lesson.counts)
            told = counted(
                count,
                self.tr("It has learned from {count:,} drawing."),
                self.tr("It has learned from {count:,} drawings."),
            ).format(count=count)
        elif done is None:
            count = teaching.taught.count
            told = counted(
                count, self.tr("{count:,} drawing taught."), self.tr("{count:,} drawings taught.")
            ).format(count=count)
        elif done.is_taught:
            told = counted(
                done.taught,
                self.tr("It has learned from {count:,} drawing in {seconds:.1f} s."),
                self.tr("It has learned from {count:,} drawings in {seconds:.1f} s."),
            ).format(count=done.taught, seconds=done.seconds)
        else:
            told = self.tr("The model stays as it was: {reason}.").format(
                reason=translated("core", done.kept_because or "")
            )
        self._told.setText(told)
        for place, (label, score) in enumerate(zip(self._figures, scores, strict=True)):
            label.setText(self._words(score, is_own=place < 2))
        self._list_steps()

    def _words(self, score: Score | None, *, is_own: bool) -> str:
        if score is None:
            return "–"
        if not is_own:
            return percent(score.accuracy, 2)
        return self.tr("{right:,} of {total:,}").format(
            right=round(score.accuracy * score.total), total=score.total
        )

    def _list_steps(self) -> None:
        teaching = self._session.teaching
        self._steps.clear()
        for lesson in reversed(teaching.taught.lessons):
            item = QListWidgetItem(self._name(lesson))
            item.setData(Qt.ItemDataRole.UserRole, lesson.id)
            self._steps.addItem(item)
            if teaching.lesson is not None and lesson.id == teaching.lesson.id:
                self._steps.setCurrentItem(item)
        for part in (self._heading, self._steps, self._use):
            part.setVisible(bool(teaching.taught.lessons))
        self._fit()
        self._update_button()

    def _fit(self) -> None:
        """Be as high as the texts, which wrap, need; on a small screen, first the list gives way.

        Then the explanation does, which can be scrolled.
        """
        width = max(self.width(), self.minimumWidth())
        explained = self._how.heightForWidth(width - 2 * EDGE)
        self._explained.setFixedHeight(explained)
        self._steps.setMinimumHeight(scaled(LIST_HEIGHT))
        for part, set_height, lowest in (
            (self._steps, self._steps.setMinimumHeight, LOWEST_LIST),
            (self._explained, self._explained.setFixedHeight, LOWEST_TEXT),
        ):
            missing = self._layout.totalHeightForWidth(width) - room_on_screen(self)
            if missing > 0 and part.isVisibleTo(self):
                set_height(max(lowest, part.minimumHeight() - missing))
                self._layout.invalidate()
        self.setMinimumHeight(self._layout.totalHeightForWidth(width))

    def _name(self, lesson: KeptLesson) -> str:
        model = lesson.name or self.tr("default")
        when = date_and_time(lesson.created)
        text = (
            self.tr("{model}, untaught").format(model=model)
            if lesson.base is None
            else self.tr("{model}, taught {when}").format(model=model, when=when)
        )
        return self.tr("{step} – reads now").format(step=text) if self._reads(lesson) else text

    def _reads(self, lesson: KeptLesson | None) -> bool:
        """Whether this step reads, and not another model that was chosen."""
        teaching = self._session.teaching
        return lesson is not None and lesson == teaching.lesson and teaching.own.reads

    def _chosen(self) -> KeptLesson | None:
        item = self._steps.currentItem()
        wanted = item.data(Qt.ItemDataRole.UserRole) if item else None
        return self._session.teaching.taught.lesson(wanted)

    @Slot()
    def _update_button(self) -> None:
        chosen, teaching = self._chosen(), self._session.teaching
        self._use.setEnabled(
            chosen is not None and not self._reads(chosen) and not teaching.is_learning
        )

    @Slot()
    def _on_use(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not self._reads(chosen):
            self._session.teaching.go_to(chosen)


class _Steps(QListWidget):
    """As high as it must be, and as there is room for; a list's own wish would be more."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())
