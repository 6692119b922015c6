"""A tab that is built after the window is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from mnist_desktop.ui.widgets.hints import Hint


class LazyTab(QScrollArea):
    """Makes its contents when ``build`` is called; until then it says that they are on their way.

    They fill it; where they need more than there is, as with large texts on a small screen, it
    scrolls.

    Signals:
        wanted(object): this tab is shown, and there is nothing in it yet.
    """

    wanted = Signal(object)

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it is reached, and comes in sight
        self._make: Callable[[], QWidget] | None = make
        self._say(self.tr("Loading…"))

    def build(self) -> None:
        """Make the contents, if they are not there yet.

        Whatever keeps them from being made is raised, and the tab says that there are none.
        """
        make, self._make = self._make, None
        if make is None:
            return
        try:
            contents = make()
        except Exception:
            self._say(self.tr("This tab cannot be shown."))
            raise
        self.setWidget(contents)
        self._fit()

    def _say(self, text: str) -> None:
        self.setWidget(Hint(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)  # which sets the scroll bars

    def _fit(self) -> None:
        """As large as there is room, and at least as large as they must be.

        Qt's own ``widgetResizable`` makes contents that wrap as high as they would like to be.
        """
        contents = self.widget()
        if contents is not None:
            contents.resize(self.viewport().size().expandedTo(contents.minimumSizeHint()))

    def showEvent(self, event: QShowEvent) -> None:
        if self._make is not None:
            self.wanted.emit(self)
        super().showEvent(event)
