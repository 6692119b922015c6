"""What can be done with any picture, wherever it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget

from mnist_desktop.ui.session.data.data_set import class_names
from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import make_action, named
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.specimen_panel import SpecimenDialog


class SpecimenMenu(QObject):
    """A context menu of the picture that is chosen in a view, and its keys, which work while the
    view has the focus.

    Enter enlarges; Ctrl+Enter puts it on the canvas; the key of a digit says what it shows, where
    it is the data set's and the view connects that.

    Args:
        chosen: what is known of the picture that is chosen; None where there is none.
        own_labels: puts into the menu how the label is corrected, where the pictures are not the
            data set's; the keys for that are then the view's own.
        has_label_keys: whether Ctrl+Z takes the last label back; not where it is the window's.
    """

    def __init__(
        self,
        view: QWidget,
        session: Session,
        chosen: Callable[[], Specimen | None],
        *,
        own_labels: Callable[[QMenu], None] | None = None,
        has_label_keys: bool = True,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._specimens = session.specimens
        self._specimen = chosen
        self._own_labels = own_labels or self._fill_labels
        self._dialog: SpecimenDialog | None = None
        self._enlarge = self._add(self.tr("Enlarge"), self.enlarge, "Return", "enlargeAction")
        self._to_canvas = self._add(
            self.tr("To the canvas"), self._on_canvas, "Ctrl+Return", "toCanvasAction"
        )
        self._explain = self._add(
            self.tr("Why is it read so?"), self._on_explain, "Ctrl+E", "explainPictureAction"
        )
        self._show_in_data = self._add(
            self.tr("Show in the data"), self._on_data, "Ctrl+G", "showInDataAction"
        )
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show)
        session.labels.changed.connect(self.follow)
        if own_labels is None:
            self._undo = self._add(
                self.tr("Undo the last label"),
                session.labels.undo,
                QKeySequence.StandardKey.Undo if has_label_keys else "",
                "undoLabelAction",
            )

    @Slot()
    def enlarge(self) -> None:
        """Show the chosen picture in a window of its own, which then follows the choice."""
        specimen = self._specimen()
        if self._dialog is None and specimen is not None and specimen.is_single:
            self._dialog = SpecimenDialog(self._session, self._view)
            self._dialog.destroyed.connect(self._on_dialog_gone)
            self._dialog.show()
        self.follow()

    def _fill(self, menu: QMenu) -> None:
        specimen = self._specimen()
        self._enlarge.setEnabled(specimen is not None and specimen.is_single)
        self._to_canvas.setEnabled(self._readable is not None)
        self._explain.setEnabled(self._readable is not None)
        self._show_in_data.setEnabled(self._place is not None)
        menu.addActions([self._enlarge, self._to_canvas, self._explain, self._show_in_data])
        menu.addSeparator()
        self._own_labels(menu)

    def _fill_labels(self, menu: QMenu) -> None:
        labels = menu.addMenu(self.tr("It is really"))
        for label, name in enumerate(class_names(self._session.splits)):
            labels.addAction(name, partial(self.correct, label))
        labels.setEnabled(self._show_in_data.isEnabled())
        self._undo.setEnabled(self._session.labels.can_undo)
        menu.addAction(self._undo)

    def _add(
        self,
        text: str,
        slot: Callable[[], object],
        key: QKeySequence.StandardKey | str,
        name: str,
    ) -> QAction:
        action = make_action(self._view, text, slot, key, name)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._view.addAction(action)
        return action

    @Slot(QPoint)
    def _show(self, place: QPoint) -> None:
        if self._specimen() is None:
            return
        menu = named(QMenu(self._view), "pictureMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        view = self._view
        origin = view.viewport() if isinstance(view, QAbstractScrollArea) else view
        menu.popup(origin.mapToGlobal(place))

    @Slot()
    def follow(self) -> None:
        """Show in that window what is chosen now, as it is now."""
        if self._dialog is not None and (specimen := self._specimen()) is not None:
            self._dialog.show_specimen(specimen)

    @property
    def _readable(self) -> Specimen | None:
        """The chosen picture, where the canvas can have it."""
        specimen = self._specimen()
        return specimen if specimen is not None and specimen.can_go_on_canvas else None

    @property
    def _place(self) -> Place | None:
        """Where in the data set it is."""
        specimen = self._specimen()
        return None if specimen is None else specimen.place

    def _on_canvas(self) -> None:
        if specimen := self._readable:
            self._specimens.to_canvas(specimen)

    def _on_explain(self) -> None:
        if specimen := self._readable:
            self._specimens.explain(specimen)

    def _on_data(self) -> None:
        if place := self._place:
            self._specimens.show_in_data(place)

    @Slot(int)
    def correct(self, label: int) -> None:
        """Say what the chosen picture shows, 0 to 9, where it is the data set's."""
        if place := self._place:
            self._session.labels.correct(place.split, place.index, label)

    @Slot()
    def _on_dialog_gone(self) -> None:
        self._dialog = None


class PictureMenu(SpecimenMenu):
    """The same of a grid's pictures; a double click enlarges, too.

    Args:
        specimen_of: what is known of the picture of a row; None where there is none.
        enlarges_at_click: a click opens the window with the enlarged picture; else there is a
            place for it beside the grid.
        own_labels, has_label_keys: see ``SpecimenMenu``.
    """

    def __init__(
        self,
        grid: PictureGrid,
        session: Session,
        specimen_of: Callable[[int], Specimen | None],
        *,
        enlarges_at_click: bool = False,
        own_labels: Callable[[QMenu], None] | None = None,
        has_label_keys: bool = True,
    ) -> None:
        def chosen() -> Specimen | None:
            index = grid.currentIndex()
            return specimen_of(index.row()) if index.isValid() else None

        super().__init__(
            grid, session, chosen, own_labels=own_labels, has_label_keys=has_label_keys
        )
        grid.doubleClicked.connect(self.enlarge)
        grid.chosen.connect(self.follow)
        if has_label_keys:
            grid.digit_typed.connect(self.correct)
        if enlarges_at_click:
            grid.clicked.connect(self.enlarge)
