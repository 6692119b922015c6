"""What is looked at of the data set's pictures, and what is said of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from mnist_desktop.library.database import Library
from mnist_desktop.ui.session.data_set import DataSet
from mnist_desktop.ui.session.gallery import Gallery
from mnist_desktop.ui.session.labels import Labels
from mnist_desktop.ui.session.layer_map import LayerMap
from mnist_desktop.ui.session.overviews import Overviews
from mnist_desktop.ui.session.reader import Reader
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.sketch import Sketch
from mnist_desktop.ui.session.specimens import Specimens
from mnist_desktop.ui.session.work import Jobs


class DataViews(QObject):
    """The parts of the session that the Data tab is about.

    Attributes:
        labels: what pictures are said to show, where that is not what the data set says.
        gallery: all pictures, and those that are shown.
        overviews: figures of the splits.
        layer_map: where pictures, and the drawing, lie on a map.
        specimens: takes a picture, wherever it is looked at, to where something is done with it.

    Signals:
        failed(object): the exception because of which one of them could not do something.
    """

    failed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        *,
        data_set: DataSet,
        sketch: Sketch,
        shelf: Shelf,
        reader: Reader,
        library: Library,
        jobs: Jobs,
    ) -> None:
        super().__init__(parent)
        self.labels = Labels(data_set, library, jobs, self)
        self.gallery = Gallery(data_set, shelf, self.labels, jobs, self)
        self.overviews = Overviews(data_set, jobs, self)
        self.layer_map = LayerMap(data_set, shelf, reader, jobs, self)
        self.specimens = Specimens(sketch, shelf, self.labels, self.gallery, self)
        for part in (self.labels, self.gallery, self.overviews, self.layer_map):
            part.failed.connect(self.failed)
