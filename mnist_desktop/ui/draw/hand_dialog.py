"""What was learned of a hand: before and after, every step, and how it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from mnist_desktop.learning.records import Score
from mnist_desktop.library.lessons import KeptLesson
from mnist_desktop.texts import counted
from mnist_desktop.ui.dialogs.scrolled import ScrolledDialog
from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import date_and_time, percent, short, translated
from mnist_desktop.ui.widgets.controls import (
    heading,
    named,
    push_button,
    quiet_label,
)
from mnist_desktop.ui.widgets.layouts import REST, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

WIDTH = 412
"""Pixels of the contents."""

LIST_HEIGHT = 132
"""Of the list of steps."""


class HandDialog(ScrolledDialog):
    """As it is, also while it learns."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window, "handDialog")
        self.setWindowTitle(self.tr("What was learned"))
        self._session = session
        self._title = heading("")
        self._told = named(PlainLabel(wraps=True), "learnedLabel")
        self._figures = [PlainLabel() for _ in range(4)]
        self._steps = named(QListWidget(), "lessonsList", self.tr("Steps, the newest first"))
        self._steps.setFixedHeight(scaled(LIST_HEIGHT))
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
        use = self.tr("Read with this step")
        self._use = push_button(use, "useLessonButton", self._on_use)
        self._use.setAutoDefault(False)  # Return closes
        self._steps.currentRowChanged.connect(self._update_button)

        self._heading = heading(self.tr("Steps"))
        contents = QWidget(self)
        parts = (self._title, self._told, self._table(), self._heading, self._steps)
        explained = named(how, "howItLearnsLabel")
        contents.setLayout(vbox(*parts, explained, REST, spacing=2 * GRID, margins=4 * (GRID,)))
        buttons = self.show_contents(contents, scaled(WIDTH))
        buttons.addButton(self._use, QDialogButtonBox.ButtonRole.ActionRole)
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
        self.fit()
        self._update_button()

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
