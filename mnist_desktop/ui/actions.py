"""Every action of the window: its text, its key, and when it can be done.

Menus and the sheet of keys come from here. What has buttons too is in its tab's own actions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QTabWidget

from mnist_desktop.ink.photo.file import SUFFIXES as PICTURE_SUFFIXES
from mnist_desktop.ink.strokes_file import SUFFIXES as STROKES_SUFFIXES
from mnist_desktop.ui.dialogs.about import about_dialog
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.dialogs.keys import KeysDialog
from mnist_desktop.ui.dialogs.tutorial import TutorialDialog
from mnist_desktop.ui.draw.saving import SaveDrawing
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
from mnist_desktop.ui.look.fonts import TEXT_SIZES
from mnist_desktop.ui.look.translation import LANGUAGES
from mnist_desktop.ui.session.opening import MODEL_SUFFIXES
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.shell.undoing import undo_of
from mnist_desktop.ui.train.actions import TrainingActions
from mnist_desktop.ui.widgets.controls import make_action, named
from mnist_desktop.ui.widgets.preference_action import PreferenceAction, add_choices
from mnist_desktop.ui.widgets.tabs import DRAW

Key = QKeySequence.StandardKey


class Actions(QObject):
    """Makes the menus of a window, and sees to it that what is open in them makes sense.

    Attributes:
        training: what the Train tab's buttons do.
    """

    def __init__(
        self, session: Session, window: QMainWindow, tabs: QTabWidget, teaching: TeachingActions
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._tabs = tabs
        self._files = FileDialogs(window, session.preferences)
        self._saving = SaveDrawing(session, window, self._files)
        self._menu = QMenu()
        self.training = TrainingActions(session, self)
        for menu in window.menuBar().findChildren(QMenu):
            menu.deleteLater()  # of the window before it was built anew, in another language
        window.menuBar().clear()
        self._make_file_menu()
        self._make_edit_menu()
        self._begin_menu(self.tr("Tea&ch"), "teachMenu")
        teaching.fill(self._menu)
        self._make_train_menu()
        self._make_view_menu()
        self._make_help_menu()
        for signal in (
            session.sketch.changed,
            session.sketch.extended,
            session.sketch.corrected,
            session.reader.changed,
            session.shelf.changed,
            session.shelf.current_changed,
            session.runs.changed,
            session.labels.changed,
            session.my_digits.changed,
            tabs.currentChanged,
        ):
            signal.connect(self._update)
        self._update()

    def _begin_menu(self, title: str, name: str, parent: QMenu | None = None) -> None:
        menu = (parent or self._window.menuBar()).addMenu(title)
        self._menu = named(menu, name)

    def _add(
        self,
        text: str,
        slot: Callable[[], object],
        key: Key | str,
        name: str,
    ) -> QAction:
        action = make_action(self, text, slot, key, name)
        self._menu.addAction(action)
        return action

    def _make_file_menu(self) -> None:
        opening = self._session.opening
        self._begin_menu(self.tr("&File"), "fileMenu")
        self._add(self.tr("&Open model…"), self._open_model, Key.Open, "openModelAction")
        self._add(self.tr("Open &picture…"), self._open_picture, "Ctrl+I", "openPictureAction")
        self._add(
            self.tr("Read pi&ctures…"), self._read_pictures, "Ctrl+Shift+I", "readPicturesAction"
        )
        self._add(
            self.tr("Read a fo&lder of pictures…"),
            self._read_folder,
            "Ctrl+Shift+O",
            "readFolderAction",
        )
        self._add(self.tr("Open st&rokes…"), self._open_strokes, "Ctrl+K", "openStrokesAction")
        self._add(self.tr("&Import run…"), self._import_run, "Ctrl+R", "importRunAction")
        self._menu.addSeparator()
        self._add(self.tr("Open d&ata set…"), self._open_data, "Ctrl+D", "openDataAction")
        self._add(
            self.tr("Open data set &folder…"), self._open_folder, "Ctrl+Shift+D", "openFolderAction"
        )
        self._add(
            self.tr("&Use MNIST"), opening.open_bundled_data, "Ctrl+M", "openBundledDataAction"
        )
        self._menu.addSeparator()
        self._save = self._add(
            self.tr("&Save model…"), self._save_model, Key.Save, "saveModelAction"
        )
        self._save_drawing = self._add(
            self.tr("Sa&ve drawing…"), self._saving.save, "Ctrl+Shift+S", "saveDrawingAction"
        )
        self._menu.addSeparator()
        self._add(self.tr("&Quit"), self._window.close, "Ctrl+Q", "quitAction")

    def _make_edit_menu(self) -> None:
        self._begin_menu(self.tr("&Edit"), "editMenu")
        self._menu.aboutToShow.connect(self._update)  # a page may have been turned
        self._undo = self._add(self.tr("&Undo"), self._on_undo, Key.Undo, "undoAction")
        self._redo = self._add(self.tr("&Redo"), self._session.sketch.redo, Key.Redo, "redoAction")
        self._copy = self._add(
            self.tr("C&opy text"), self._session.copy_text, Key.Copy, "copyTextAction"
        )
        self._add(self.tr("&Paste picture"), self._session.opening.paste, Key.Paste, "pasteAction")
        self._clear = self._add(
            self.tr("&Clear"), self._session.sketch.clear, "Ctrl+L", "clearAction"
        )

    def _make_train_menu(self) -> None:
        self._begin_menu(self.tr("&Train"), "trainMenu")
        training = self.training
        for action in (training.start, training.pause, training.stop):
            self._menu.addAction(action)
        self._menu.addSeparator()
        for action in (training.one_batch, training.one_epoch):
            self._menu.addAction(action)

    def _make_view_menu(self) -> None:
        self._begin_menu(self.tr("&View"), "viewMenu")
        view = self._menu
        for index in range(self._tabs.count()):
            self._add(
                self._tabs.tabText(index),
                partial(self._tabs.setCurrentIndex, index),
                f"Ctrl+{index + 1}",
                f"showTab{index + 1}Action",
            )
        view.addSeparator()
        preferences = self._session.preferences
        for text, preference, key, name in (
            (self.tr("&Wide writing field"), "wide_field", "F9", "wideFieldAction"),
            (self.tr("Wh&y this digit"), "explain", "F4", "explainAction"),
        ):
            action = PreferenceAction(text, preferences, preference, key, parent=self)
            view.addAction(named(action, name))
        self._add(self.tr("&Network"), self._session.lab.open, "Shift+F4", "networkAction")
        view.addSeparator()
        self._begin_menu(self.tr("T&heme"), "themeMenu", view)
        themes = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "contrast": self.tr("High contrast"),
        }
        add_choices(self._menu, preferences, "theme", themes)
        self._begin_menu(self.tr("Te&xt size"), "textSizeMenu", view)
        sizes = {size: percent(size / 100) for size in TEXT_SIZES}
        add_choices(self._menu, preferences, "text_size", sizes)
        self._menu.addSeparator()
        self._add(self.tr("Larger"), partial(self._change_text, 1), Key.ZoomIn, "largerAction")
        self._add(self.tr("Smaller"), partial(self._change_text, -1), Key.ZoomOut, "smallerAction")
        self._begin_menu(self.tr("&Language"), "languageMenu", view)
        languages = {"": self.tr("As the system"), **LANGUAGES}
        add_choices(self._menu, preferences, "language", languages)
        self._menu = view
        self._add(self.tr("&Full screen"), self._toggle_full_screen, "F11", "fullScreenAction")

    def _make_help_menu(self) -> None:
        self._begin_menu(self.tr("&Help"), "helpMenu")
        self._add(self.tr("&Keys"), self._show_keys, Key.HelpContents, "keysAction")
        self._add(self.tr("The &tutorial, here"), self._show_tutorial, "Shift+F1", "tutorialAction")
        self._add(self.tr("&About"), self._show_about, "", "aboutAction")

    @Slot()
    def _update(self) -> None:
        """Undo, redo and clear are of what is in sight."""
        session, tab = self._session, self._tabs.currentIndex()
        sketch, current = session.sketch, session.shelf.current
        is_drawing = tab == DRAW
        undo = undo_of(session, tab)
        self._undo.setText(undo.text if undo and undo.can else self.tr("&Undo"))
        self._undo.setEnabled(undo is not None and undo.can)
        everywhere, here = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetShortcut
        self._undo.setShortcutContext(everywhere if undo is None or undo.has_key else here)
        self._redo.setEnabled(is_drawing and sketch.can_redo)
        self._clear.setEnabled(is_drawing and not sketch.is_empty)
        self._copy.setEnabled(is_drawing and session.reading.is_answered)
        self._save_drawing.setEnabled(is_drawing and bool(sketch.finished))
        self._save.setEnabled(current is not None and not current.is_training)

    def _on_undo(self) -> None:
        if undo := undo_of(self._session, self._tabs.currentIndex()):
            undo.undo()

    def _open_model(self) -> None:
        title, kind = self.tr("Open a model"), self.tr("Models")
        if path := self._files.ask_open(title, kind, MODEL_SUFFIXES):
            self._session.opening.open_model(path)

    def _open_data(self) -> None:
        if path := self._files.ask_open(self.tr("Open a data set")):
            self._session.opening.open_data(path)

    def _open_folder(self) -> None:
        if path := self._files.ask_folder(self.tr("Open a folder with a data set")):
            self._session.opening.open_data(path)

    def _open_strokes(self) -> None:
        title, kind = self.tr("Open drawings"), self.tr("Strokes")
        if path := self._files.ask_open(title, kind, STROKES_SUFFIXES):
            self._session.opening.open_strokes(path)

    def _open_picture(self) -> None:
        title, kind = self.tr("Open a picture"), self.tr("Pictures")
        if path := self._files.ask_open(title, kind, PICTURE_SUFFIXES):
            self._session.opening.open_picture(path)

    def _read_pictures(self) -> None:
        title, kind = self.tr("Read pictures"), self.tr("Pictures")
        if paths := self._files.ask_open_many(title, kind, PICTURE_SUFFIXES):
            self._session.opening.open_all(paths)

    def _read_folder(self) -> None:
        if path := self._files.ask_folder(self.tr("Read a folder of pictures")):
            self._session.pictures.read([path])

    def _import_run(self) -> None:
        if path := self._files.ask_open_run():
            self._session.runs.import_run(path)

    def _save_model(self) -> None:
        entry = self._session.shelf.current
        if entry is not None and (path := self._files.ask_save_model(entry.name)):
            self._session.model_files.save(entry, path)

    def _change_text(self, step: int) -> None:
        """To the next larger or smaller size, if there is one."""
        sizes, preferences = TEXT_SIZES, self._session.preferences
        nearest = min(range(len(sizes)), key=lambda i: abs(sizes[i] - preferences.text_size))
        preferences.set("text_size", sizes[min(max(nearest + step, 0), len(sizes) - 1)])

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _show_keys(self) -> None:
        KeysDialog(self._window).open()

    def _show_tutorial(self) -> None:
        dialog = TutorialDialog(self._window)
        dialog.tab_wanted.connect(self._tabs.setCurrentIndex)
        dialog.open()

    def _show_about(self) -> None:
        about_dialog(self._window).exec()
