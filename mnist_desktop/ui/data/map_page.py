"""A map of what a layer makes of pictures: what it takes for alike lies close together."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from mnist_desktop.ui.canvas.plain_canvas import PlainCanvas
from mnist_desktop.ui.data.columns import shrink, side_column
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.plots.class_legend import ClassLegend
from mnist_desktop.ui.plots.map_plot import MapPlot
from mnist_desktop.ui.session.data.data_set import class_names
from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.controls import heading, named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, form_of, hbox, vbox
from mnist_desktop.ui.widgets.picture_menu import SpecimenMenu
from mnist_desktop.ui.widgets.picture_view import PictureView
from mnist_desktop.ui.widgets.plain_text import PlainLabel

PICTURE_WIDTH = 176

PAD_SIDE = 160
PAD_PEN = 0.06
"""In parts of the side of the pad."""


class MapPage(QWidget):
    """On the left what is mapped, and the drawing; then the map; then what is under the mouse."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._map = session.layer_map
        self._gallery = session.gallery
        self._drawn: object = None
        self._seen: Place | None = None
        self._make_controls()
        self._plot = MapPlot("layerMap")
        self._menu = SpecimenMenu(self._plot, session, self._chosen)
        self._legend = named(ClassLegend(), "mapLegend")
        self._picture = named(
            PictureView(smallest=6, grows=Qt.Orientation.Horizontal), "mapPicture"
        )
        self._caption = named(PlainLabel(wraps=True), "mapCaption")

        parts = (self._controls(), (self._plot, 1), self._side())
        self.setLayout(hbox(*parts, spacing=EDGE, margins=(EDGE, GRID, EDGE, 0)))
        self._connect()
        self._fill_layers()
        self._show_map()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()
        self._move_drawing()

    def _make_controls(self) -> None:
        self._layer = named(QComboBox(), "mapLayerCombo")
        self._method = named(QComboBox(), "mapMethodCombo")
        shrink(self._layer)
        shrink(self._method)
        self._method.addItem(self.tr("PCA, at once"), "pca")
        self._method.addItem(self.tr("t-SNE, slow"), "tsne")
        self._method.setToolTip(
            self.tr(
                "PCA looks at the cloud of pictures from the side on which it is widest. t-SNE "
                "keeps neighbours together; how far apart groups lie then says little."
            )
        )
        self._about = named(quiet_label("", wraps=True), "mapAbout")
        self._make = push_button(self.tr("Make the map"), "makeMapButton", self._ask)
        self._cancel = push_button(self.tr("Cancel"), "cancelMapButton", self._map.cancel)
        self._pad = DrawingPad(self._session)
        self._clear = push_button(self.tr("Clear"), "clearMapPadButton", self._session.sketch.clear)

    def _controls(self) -> QWidget:
        what = quiet_label(
            self.tr(
                "Each point is a picture of the validation split. What the layer takes for alike "
                "lies close together: from layer to layer the classes come apart. The star is "
                "your drawing; draw, and see where it goes."
            ),
            wraps=True,
        )
        rows = form_of([(self.tr("Layer"), self._layer), (self.tr("Method"), self._method)])
        title = heading(self.tr("Map"))
        clear = (self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        about, buttons = self._about, (self._make, self._cancel)
        return side_column(title, what, rows, about, *buttons, self._pad, clear)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(scaled(PICTURE_WIDTH))
        side.setLayout(vbox(self._legend, GRID, self._picture, self._caption, REST))
        return side

    def _connect(self) -> None:
        self._layer.activated.connect(self._ask)
        self._method.activated.connect(self._ask)
        self._legend.pointed.connect(self._plot.emphasise)
        self._plot.pointed.connect(self._on_pointed)
        self._plot.chosen.connect(self._on_pointed)
        self._plot.chosen.connect(self._menu.follow)
        self._plot.clicked.connect(self._menu.enlarge)
        self._plot.digit_typed.connect(self._menu.correct)
        self._session.labels.changed.connect(self._say_what)
        self._map.changed.connect(self._show_map)
        self._map.moved.connect(self._move_drawing)
        self._map.outdated.connect(self._renew)
        self._session.jobs.changed.connect(self._update_buttons)

    def _fill_layers(self) -> None:
        self._layer.clear()
        sizes = self._map.sizes
        for layer, size in enumerate(sizes):
            if layer == 0:
                text = self.tr("input: {size:,} pixels")
            elif layer == len(sizes) - 1:
                text = self.tr("output: {size:,} scores")
            else:
                text = self.tr("hidden {layer}: {size:,}")
            self._layer.addItem(text.format(layer=layer, size=size), layer)
        self._layer.setCurrentIndex(min(self._map.layer, len(sizes) - 1))
        self._method.setCurrentIndex(self._method.findData(self._map.method))

    @Slot()
    def _renew(self) -> None:
        """Of another model make another map, if that takes no time."""
        self._fill_layers()
        if self.isVisible() and (self._map.method == "pca" or self._map.is_busy):
            self._ask()
        else:
            self._show_map()

    @Slot()
    def _ask(self) -> None:
        if self._layer.count():
            self._map.show(self._layer.currentData(), self._method.currentData())

    @Slot()
    def _show_map(self) -> None:
        shown = self._map.shown
        self._legend.show_names(class_names(self._session.splits))
        is_loading = shown is None and not self._map.sizes
        self._plot.show_hint(self._map.obstacle or (self.tr("Loading…") if is_loading else ""))
        if shown is not self._drawn:
            self._drawn = shown
            if shown is None:  # what was there is of another data set
                self._plot.show_points(np.empty((0, 2), np.float32), np.empty(0, np.uint8))
                self._seen = None
                self._picture.show_picture(None)
                self._caption.clear()
            else:
                self._plot.show_points(shown.map.points, shown.labels)
        is_seen = shown is not None and not self._plot.hint
        explained = getattr(shown.map, "explained", None) if shown and is_seen else None
        self._about.setText(
            ""
            if explained is None
            else self.tr("{share} of all differences lie in these two directions").format(
                share=percent(float(explained.sum()))
            )
        )
        self._about.setVisible(bool(self._about.text()))
        self._update_buttons()

    @Slot()
    def _update_buttons(self) -> None:
        is_busy = self._map.is_busy
        self._cancel.setVisible(is_busy)
        can_make = bool(self._map.sizes) and not self._map.obstacle
        self._make.setVisible(can_make and not is_busy and not self._map.is_up_to_date)

    @Slot()
    def _move_drawing(self) -> None:
        if self.isVisible():
            self._plot.move_own_point(self._map.drawing)

    @Slot(int)
    def _on_pointed(self, point: int) -> None:
        point = point if point >= 0 else self._plot.point
        if point < 0 or self._map.shown is None:
            return  # the last one stays, to be looked at
        self._seen = self._map.place(point)
        self._picture.show_picture(self._gallery.specimen(self._seen).picture)
        self._say_what()

    @Slot()
    def _say_what(self) -> None:
        """What is said of the picture that is shown may be another by now."""
        if self._seen is not None:
            specimen = self._gallery.specimen(self._seen)
            self._caption.setText(
                self.tr("picture {index:,}, label {label}").format(
                    index=self._seen.index, label=specimen.label + specimen.mark
                )
            )

    def _chosen(self) -> Specimen | None:
        point = self._plot.point
        if point < 0 or self._map.shown is None:
            return None
        return self._gallery.specimen(self._map.place(point))


class DrawingPad(PlainCanvas):
    """What is drawn here is on the canvas, and the other way round."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.sketch, session.reader)
        named(self, "mapPad", self.tr("Drawing")).setAccessibleDescription("")
        side = scaled(PAD_SIDE)
        self.setFixedSize(side, side)
        self.hint, self.pen_width = "", PAD_PEN * side
