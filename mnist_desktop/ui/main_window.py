"""The window around the tabs: drops, errors, and the question before closing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from mnist_desktop.ui import later
from mnist_desktop.ui.actions import Actions
from mnist_desktop.ui.dialogs.closing import ClosingQuestion
from mnist_desktop.ui.dialogs.errors import ErrorDialogs
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.dialogs.foreign_files import ForeignFiles
from mnist_desktop.ui.draw.tab import DrawTab
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
from mnist_desktop.ui.session.read.clipboard import may_be_dropped
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.shell.footer import Footer
from mnist_desktop.ui.shell.lazy_tab import LazyTab
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.tabs import DATA, DRAW, MODELS, TRAIN

TITLE = "MNIST Desktop"

USUAL_SIZE = QSize(1180, 780)
BETWEEN_STROKES_MILLISECONDS = 50

FRAME = QSize(16, 48)
"""What the window system puts around a window, about."""


class MainWindow(QMainWindow):
    """Tabs, footer, menus.

    Only the Draw tab is built at once; the others follow when it reads.

    Signals:
        appeared(): the window has painted itself for the first time.
        prepared(): all that is imported before it is needed is there.
    """

    appeared = Signal()
    prepared = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._errors = ErrorDialogs(self)
        ForeignFiles(session, self)
        self._has_appeared = False
        self._is_prepared = False
        self._is_network_awaited = False
        self._later: list[LazyTab] = []
        self._pictures: QWidget | None = None
        self._network: QWidget | None = None
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self._tabs = QTabWidget()
        self._build()
        self._take_place()
        self.appeared.connect(self._prepare_tabs, Qt.ConnectionType.QueuedConnection)
        session.opening.loaded.connect(self._prepare_tabs)
        session.failed.connect(self._errors.show)
        session.opening.filled_canvas.connect(self._show_draw_tab)
        session.settings_wanted.connect(self._show_train_tab)
        session.runs.imported.connect(self._show_models_tab)
        session.specimens.put_on_canvas.connect(self._show_draw_tab)
        session.specimens.data_wanted.connect(self._show_data_tab)
        session.specimens.put_on_canvas.connect(self._come_forward)
        session.specimens.data_wanted.connect(self._come_forward)
        session.pictures.opened.connect(self._show_pictures)
        session.pictures.closed.connect(self._forget_pictures)
        session.lab.opened.connect(self._show_network)

    def _build(self) -> None:
        """All that is in the window, in the language and size that hold now."""
        session = self._session
        self._tabs = named(QTabWidget(documentMode=True), "tabs")
        self._teaching = TeachingActions(session, self, FileDialogs(self, session.preferences))
        first = LazyTab(partial(DrawTab, session, self._teaching))
        first.build()
        self._tabs.addTab(first, self.tr("Draw"))
        makers: list[Callable[[], QWidget]] = [
            lambda: later.train_tab(session, self._actions.training),
            partial(later.evaluate_tab, session),
            partial(later.data_tab, session),
            partial(later.models_tab, session),
        ]
        names = (self.tr("Train"), self.tr("Evaluate"), self.tr("Data"), self.tr("Models"))
        self._later = []
        for make, name in zip(makers, names, strict=True):
            tab = LazyTab(make)
            tab.wanted.connect(self._on_tab_wanted)
            self._later.append(tab)
            self._tabs.addTab(tab, name)
        self._actions = Actions(session, self, self._tabs, self._teaching)
        body = QWidget()
        self._footer = Footer(session)
        body.setLayout(vbox((self._tabs, 1), self._footer, spacing=0))
        self.setCentralWidget(body)

    @Slot()
    def rebuild(self) -> None:
        """Make all that is in the window anew, as after a change of language.

        The session holds whatever counts, so nothing of it is lost.
        """
        tab = self._tabs.currentIndex()
        self._actions.deleteLater()
        self._teaching.deleteLater()
        self._build()
        self._tabs.setCurrentIndex(tab)
        if self._pictures is not None:
            self._forget_pictures()
            self._show_pictures()
        if self._network is not None:
            is_seen = self._network.isVisible()
            self._network.hide()
            self._network.deleteLater()
            self._network = None
            if is_seen:
                self._show_network()
        if self._is_prepared:
            self._build_next_tab()

    def _take_place(self) -> None:
        """Where it was the last time; at first in the usual size, or as large as the screen is."""
        if not self.restoreGeometry(self._session.preferences.window):
            self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize() - FRAME))

    @Slot()
    def _prepare_tabs(self) -> None:
        """Import what is needed soon, then build the other tabs.

        After torch, since both at once would each take longer. What cannot be imported is told of
        when its tab is built.
        """
        if self._has_appeared and self._session.opening.is_loaded:
            done = self._on_imported
            self._session.jobs.begin(
                self.tr("Preparing the tabs"), later.import_soon, done, done, can_be_cancelled=False
            )

    def _on_imported(self, _: object = None) -> None:
        """Import the plots, too, between two strokes: the window stands still meanwhile."""
        if self._session.sketch.live_stroke is not None:
            QTimer.singleShot(BETWEEN_STROKES_MILLISECONDS, self._on_imported)
            return
        with suppress(ImportError):
            later.import_plots()
        self._is_prepared = True
        self.prepared.emit()
        if self._is_network_awaited:
            self._show_network()
        self._build_next_tab()

    @Slot(object)
    def _on_tab_wanted(self, tab: LazyTab) -> None:
        """Before all is imported the window would stand still for as long as that takes."""
        if self._is_prepared:
            tab.build()

    @Slot()
    def _build_next_tab(self) -> None:
        """Build one of the tabs that are not built yet, first what is in sight, and soon after it
        the next.
        """
        if self._later:
            QTimer.singleShot(0, self._build_next_tab)  # whatever becomes of this one
            self._later.sort(key=LazyTab.isHidden)
            self._later.pop(0).build()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_appeared:
            self._has_appeared = True
            self.appeared.emit()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        self._footer.come_last()
        return super().focusNextPrevChild(is_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(ClosingQuestion(self._session, self).ask())
        if not event.isAccepted():
            return
        try:
            self._session.preferences.set("window", self.saveGeometry())
            self.hide()  # what goes on may take a second to end
            self._session.pictures.close()
            if self._network is not None:
                self._network.close()
        finally:
            self._session.shut_down()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_be_dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._session.opening.take(event.mimeData())

    @Slot()
    def _show_draw_tab(self) -> None:
        self._tabs.setCurrentIndex(DRAW)

    @Slot()
    def _show_pictures(self) -> None:
        """Show the list of pictures, in a window of its own beside this one."""
        if self._pictures is None:
            self._pictures = later.pictures_window(self._session, self)
        self._pictures.show()
        self._pictures.raise_()
        self._pictures.activateWindow()

    @Slot()
    def _forget_pictures(self) -> None:
        if self._pictures is not None:
            self._pictures.hide()
            self._pictures.deleteLater()
            self._pictures = None

    @Slot()
    def _show_network(self) -> None:
        """Show the network laid open, in a window of its own beside this one. It has plots, too."""
        self._is_network_awaited = not self._is_prepared
        if self._is_network_awaited:
            return
        if self._network is None:
            self._network = later.network_window(self._session, self)
        self._network.show()
        self._network.raise_()
        self._network.activateWindow()

    @Slot()
    def _show_train_tab(self) -> None:
        self._tabs.setCurrentIndex(TRAIN)

    @Slot()
    def _come_forward(self) -> None:
        """The network's window may lie above it."""
        self.raise_()
        self.activateWindow()

    @Slot()
    def _show_data_tab(self) -> None:
        self._tabs.setCurrentIndex(DATA)

    @Slot()
    def _show_models_tab(self) -> None:
        self._tabs.setCurrentIndex(MODELS)
