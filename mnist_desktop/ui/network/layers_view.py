"""The layers of a network as columns of neurons, with what they make of the drawing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.theme import Theme, current_theme, mixed
from mnist_desktop.ui.network.layout import LayerPlace, laid_out, strongest
from mnist_desktop.ui.plots.figures import in_figures
from mnist_desktop.ui.session.network.network_lab import NetworkLab
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.pictures import signed_picture, to_picture
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

Policy = QSizePolicy.Policy

STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
"""From neuron to neuron, and from layer to layer."""


class LayersView(QWidget):
    """Paints them; a click, or the arrow keys, choose a neuron to look at."""

    def __init__(self, lab: NetworkLab) -> None:
        super().__init__()
        self.setObjectName("layersView")
        self.setAccessibleName(self.tr("The layers of the network"))
        self.setFont(tabular(self.font()))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Expanding)
        self._lab = lab
        lab.changed.connect(self.update)
        lab.focus.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 300)

    @property
    def places(self) -> list[LayerPlace]:
        """Of the picture and of each layer; none while there is no network."""
        recognizer = self._lab.recognizer
        if recognizer is None:
            return []
        line = self.fontMetrics().height()
        share = self.fontMetrics().horizontalAdvance(percent(1))
        room = QRectF(self.rect()).adjusted(2, 2, -share - 2 * GRID, -2 * line - GRID)
        widths = tuple(size.outputs for size in recognizer.model.network.layers)
        return laid_out(widths, room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for layer, place in enumerate(self.places[1:]):
            neuron = place.at(event.position())
            if neuron is not None:
                self._lab.look_at((layer, neuron))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, places = STEPS.get(event.key()), self.places[1:]
        if step is None or not places:
            super().keyPressEvent(event)
            return
        layer, neuron = self._lab.focus.neuron or (0, 0)
        layer = min(max(layer + step[0], 0), len(places) - 1)
        self._lab.look_at((layer, min(max(neuron + step[1], 0), places[layer].shown - 1)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setToolTip(plain_tooltip(self._tip_at(event.position())))

    def _tip_at(self, point: QPointF) -> str:
        for layer, place in enumerate(self.places[1:]):
            neuron = place.at(point)
            if neuron is not None and layer < len(self._lab.outputs):
                return self.tr("neuron {number}: {value}").format(
                    number=neuron, value=in_figures(float(self._lab.outputs[layer][neuron]), 3)
                )
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        lab, places = self._lab, self.places
        if lab.recognizer is None or len(places) != len(lab.outputs) + 1:
            return
        theme = current_theme()
        with QPainter(self) as painter:
            picture = places[0].area
            painter.drawImage(picture, to_picture(lab.picture, theme))
            painter.setPen(QColor(theme.border))
            painter.drawRect(picture)
            for layer, place in enumerate(places[1:-1]):
                self._paint_layer(painter, place, layer, theme)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_lines(painter, places, theme)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._paint_outputs(painter, places[-1], theme)
            for layer, place in enumerate(places[1:]):
                self._paint_marks(painter, place, layer, theme)
            self._paint_names(painter, places, theme)

    def _paint_lines(self, painter: QPainter, places: list[LayerPlace], theme: Theme) -> None:
        lab = self._lab
        if lab.recognizer is None:
            return
        ink = lab.picture.ravel().astype(np.float32) / np.float32(255)
        for layer, (before, after) in enumerate(pairwise(places)):
            weights = lab.recognizer.network.layers[layer].weight.detach().numpy()
            values = lab.outputs[layer - 1] if layer else ink
            lines = strongest(values, weights, (before.shown, after.shown))
            reach = abs(lines[-1][2]) if lines else 1.0
            for start, end, carried in lines:
                colour = QColor(theme.test if carried > 0 else theme.train)
                colour.setAlphaF(0.15 + 0.6 * abs(carried) / reach)
                painter.setPen(QPen(colour, 1.0))
                one, other = before.place(start), after.place(end)
                painter.drawLine(
                    QPointF(one.right(), one.center().y()),
                    QPointF(other.left(), other.center().y()),
                )

    def _paint_layer(self, painter: QPainter, place: LayerPlace, layer: int, theme: Theme) -> None:
        """A cell for each neuron, in the colour of what it says."""
        values = np.nan_to_num(self._lab.outputs[layer][: place.shown])
        cells = np.zeros(-(-place.shown // place.rows) * place.rows, dtype=np.float32)
        cells[: place.shown] = values / (np.abs(values).max() or 1.0)
        painter.drawImage(place.area, signed_picture(cells.reshape(-1, place.rows).T, theme))
        painter.setPen(QColor(theme.border))
        painter.drawRect(place.area.adjusted(-1, -1, 0, 0))

    def _paint_marks(self, painter: QPainter, place: LayerPlace, layer: int, theme: Theme) -> None:
        """Of what is switched off, and of the neuron that is looked at."""
        lab = self._lab
        for (where, neuron), strength in lab.edits.strengths.items():
            if where == layer and strength == 0 and neuron < place.shown:
                cell = place.place(neuron)
                painter.setPen(QPen(QColor(theme.error), 1.5))
                painter.drawLine(cell.topLeft(), cell.bottomRight())
                painter.drawLine(cell.topRight(), cell.bottomLeft())
        focus = lab.focus.neuron
        if focus is not None and focus[0] == layer and focus[1] < place.shown:
            painter.setPen(QPen(QColor(theme.accent), 2.0))
            painter.drawRect(place.place(focus[1]).adjusted(-1, -1, 1, 1))

    def _paint_outputs(self, painter: QPainter, place: LayerPlace, theme: Theme) -> None:
        """Ten digits, as dark as they are probable, with how probable they are."""
        shares = self._lab.probabilities
        for digit, share in enumerate(shares):
            cell = place.place(digit).adjusted(2, 2, -2, -2)
            painter.fillRect(cell, QColor(mixed(theme.accent, theme.window, float(share))))
            painter.setPen(QColor(theme.border))
            painter.drawRect(cell)
            painter.setPen(QColor(theme.on_accent if share > 0.5 else theme.text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(digit))
            if share >= 0.005 and self._lab.picture.any():
                painter.setPen(QColor(theme.text if share == shares.max() else theme.quiet))
                beside = QRectF(cell.right() + GRID, cell.top(), 200, cell.height())
                painter.drawText(
                    beside,
                    Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                    percent(float(share)),
                )

    def _paint_names(self, painter: QPainter, places: list[LayerPlace], theme: Theme) -> None:
        """Below each column, its name and how many neurons it has."""
        if self._lab.recognizer is None:
            return
        painter.setPen(QColor(theme.quiet))
        names = [(self.tr("picture"), "28×28")]
        for size in self._lab.recognizer.model.network.layers:
            names.append((size.name, f"{size.outputs:,}"))
        line = self.fontMetrics().height()
        for (name, count), place in zip(names, places, strict=True):
            for row, text in enumerate((name, count)):
                wide = self.fontMetrics().horizontalAdvance(text)
                middle = place.area.center().x() - wide / 2
                left = min(max(0.0, middle), self.width() - wide)
                painter.drawText(QPointF(left, self.height() - (1.3 - row) * line), text)
