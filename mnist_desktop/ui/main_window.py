"""The window around the tabs: menus, drops, errors, and the question before closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop import __version__
from mnist_desktop.errors import UserError
from mnist_desktop.ink.photo.file import SUFFIXES as PICTURE_SUFFIXES
from mnist_desktop.ui.dialogs.closing import ask_before_closing, ask_model_path
from mnist_desktop.ui.dialogs.errors import ErrorDialogs
from mnist_desktop.ui.draw.tab import DrawTab
from mnist_desktop.ui.session.opening import MODEL_SUFFIXES, STROKES_SUFFIXES
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.shell.footer import Footer
from mnist_desktop.ui.shell.lazy_tab import LazyTab
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import message_box

TITLE = "MNIST Desktop"
NOTHING_TO_PASTE = "There is no picture to paste: copy a picture or a picture file first."


class MainWindow(QMainWindow):
    """Tabs, footer, menus.

    Only the Draw tab is built at once; the others follow when the window is there.

    Signals:
        appeared(): the window has painted itself for the first time.
    """

    appeared = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._errors = ErrorDialogs(self)
        self._folder = Path.home()
        self._has_appeared = False
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self._tabs = named(QTabWidget(documentMode=True), "tabs")
        self._tabs.addTab(DrawTab(session), self.tr("Draw"))
        self._later = [
            LazyTab(partial(_train_tab, session)),
            LazyTab(partial(_evaluate_tab, session)),
            LazyTab(partial(_data_tab, session)),
            LazyTab(partial(_models_tab, session)),
        ]
        names = (self.tr("Train"), self.tr("Evaluate"), self.tr("Data"), self.tr("Models"))
        for tab, name in zip(self._later, names, strict=True):
            self._tabs.addTab(tab, name)

        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(Footer(session))
        self.setCentralWidget(body)
        self._make_menus()
        self.resize(1180, 780)

        self.appeared.connect(self._build_next_tab, Qt.ConnectionType.QueuedConnection)
        session.failed.connect(self._errors.show)
        session.opening.filled_canvas.connect(self._show_draw_tab)
        session.settings_wanted.connect(self._show_train_tab)
        session.sketch.changed.connect(self._update_actions)
        session.sketch.extended.connect(self._update_actions)
        session.shelf.changed.connect(self._update_actions)
        session.shelf.current_changed.connect(self._update_actions)
        self._update_actions()

    @Slot()
    def _build_next_tab(self) -> None:
        """Build one of the tabs that are not seen yet, and soon after it the next."""
        if self._later:
            self._later.pop(0).build()
            QTimer.singleShot(0, self._build_next_tab)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_appeared:
            self._has_appeared = True
            self.appeared.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if ask_before_closing(self._session, self):
            self._session.shut_down()
            event.accept()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())

    def _take(self, content: QMimeData) -> bool:
        """Open the files, or else the picture, that were dropped or copied, if there are any."""
        files = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
        for path in files:
            self._session.opening.open(path)
        picture = content.imageData() if not files and content.hasImage() else None
        if isinstance(picture, QImage) and not picture.isNull():
            self._session.opening.open_picture(picture)
            return True
        return bool(files)

    def _make_menus(self) -> None:
        sketch, session = self._session.sketch, self._session
        key = QKeySequence.StandardKey

        files = self.menuBar().addMenu(self.tr("&File"))
        self._action(files, self.tr("&Open model…"), self._open_model, key.Open, "openModelAction")
        self._action(files, self.tr("Open d&ata set…"), self._open_data, None, "openDataAction")
        self._action(
            files, self.tr("Open data set &folder…"), self._open_folder, None, "openFolderAction"
        )
        self._action(
            files,
            self.tr("&Use MNIST"),
            session.opening.open_bundled_data,
            None,
            "openBundledDataAction",
        )
        self._action(
            files, self.tr("Open st&rokes…"), self._open_strokes, None, "openStrokesAction"
        )
        self._action(
            files, self.tr("Open &picture…"), self._open_picture, None, "openPictureAction"
        )
        files.addSeparator()
        self._save = self._action(
            files, self.tr("&Save model…"), self._save_model, key.Save, "saveModelAction"
        )
        files.addSeparator()
        self._action(files, self.tr("&Quit"), self.close, key.Quit, "quitAction")

        edit = self.menuBar().addMenu(self.tr("&Edit"))
        self._undo = self._action(edit, self.tr("&Undo"), sketch.undo, key.Undo, "undoAction")
        self._redo = self._action(edit, self.tr("&Redo"), sketch.redo, key.Redo, "redoAction")
        self._action(edit, self.tr("&Paste picture"), self._paste, key.Paste, "pasteAction")
        self._clear = self._action(edit, self.tr("&Clear"), sketch.clear, "Ctrl+L", "clearAction")

        view = self.menuBar().addMenu(self.tr("&View"))
        for index in range(self._tabs.count()):
            self._action(
                view,
                self._tabs.tabText(index),
                partial(self._tabs.setCurrentIndex, index),
                f"Ctrl+{index + 1}",
                f"showTab{index + 1}Action",
            )
        about = self.menuBar().addMenu(self.tr("&Help"))
        self._action(about, self.tr("&About"), self._show_about, None, "aboutAction")

    def _action(
        self,
        menu: QMenu,
        text: str,
        slot: Callable[[], object],
        shortcut: QKeySequence.StandardKey | str | None,
        name: str,
    ) -> QAction:
        action = named(QAction(text, self), name)
        if shortcut is not None:
            action.setShortcut(shortcut)
        # The signal brings whether the action is checked, which none of these can be.
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        return action

    @Slot()
    def _update_actions(self) -> None:
        sketch, current = self._session.sketch, self._session.shelf.current
        self._undo.setEnabled(sketch.can_undo or sketch.live_stroke is not None)
        self._redo.setEnabled(sketch.can_redo)
        self._clear.setEnabled(not sketch.is_empty)
        self._save.setEnabled(current is not None and not current.is_training)

    def _open_model(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in MODEL_SUFFIXES)
        if path := self._ask_open(self.tr("Open a model"), self.tr("Models"), patterns):
            self._session.opening.open_model(path)

    def _open_data(self) -> None:
        if path := self._ask_open(self.tr("Open a data set"), self.tr("Data sets"), "*"):
            self._session.opening.open_data(path)

    def _open_strokes(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in STROKES_SUFFIXES)
        if path := self._ask_open(self.tr("Open drawings"), self.tr("Strokes"), patterns):
            self._session.opening.open_strokes(path)

    def _open_picture(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
        if path := self._ask_open(self.tr("Open a picture"), self.tr("Pictures"), patterns):
            self._session.opening.open_picture(path)

    def _paste(self) -> None:
        if not self._take(QApplication.clipboard().mimeData()):
            self._errors.show(UserError(NOTHING_TO_PASTE))

    @Slot()
    def _show_draw_tab(self) -> None:
        self._tabs.setCurrentIndex(0)

    @Slot()
    def _show_train_tab(self) -> None:
        self._tabs.setCurrentIndex(1)

    def _open_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Open a folder with a data set"), str(self._folder)
        )
        if name:
            self._folder = Path(name)
            self._session.opening.open_data(Path(name))

    def _ask_open(self, title: str, kind: str, patterns: str) -> Path | None:
        filters = f"{kind} ({patterns});;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder), filters)
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    def _save_model(self) -> None:
        entry = self._session.shelf.current
        if entry is not None and (path := ask_model_path(self, entry, self._folder)):
            self._folder = path.parent
            self._session.save_model(entry, path)

    def _show_about(self) -> None:
        text = self.tr(
            "{title} {version}\n\nDraw digits and have them read; train the network that "
            "reads them and watch it learn.\n\nMNIST: Y. LeCun, C. Cortes, C. Burges, "
            "CC BY-SA 3.0."
        ).format(title=TITLE, version=__version__)
        icon, ok = QMessageBox.Icon.NoIcon, QMessageBox.StandardButton.Ok
        message_box(self, text, icon=icon, buttons=ok).exec()


# These import what only their tab needs, so that the window need not wait for it.


def _train_tab(session: Session) -> QWidget:
    from mnist_desktop.ui.train.tab import TrainTab

    return TrainTab(session)


def _evaluate_tab(session: Session) -> QWidget:
    from mnist_desktop.ui.evaluate.tab import EvaluateTab

    return EvaluateTab(session)


def _data_tab(session: Session) -> QWidget:
    from mnist_desktop.ui.data.tab import DataTab

    return DataTab(session)


def _models_tab(session: Session) -> QWidget:
    from mnist_desktop.ui.models.tab import ModelsTab

    return ModelsTab(session)
