"""What is imported when it is needed, or soon before, so that the window need not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mnist_desktop.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from mnist_desktop.ui.session.session import Session
    from mnist_desktop.ui.train.actions import TrainingActions


def import_soon(_: Progress) -> None:
    """In a thread: what would hold up the window at the end of its first training."""
    import scipy.optimize  # noqa: F401

    import mnist_desktop.library.resume  # noqa: F401


def import_plots() -> None:
    """In the window's thread: what tabs need, a fifth of a second.

    pyqtgraph goes through all of Qt's classes. PySide makes each when somebody first asks for it,
    and crashes where two threads do so at once.
    """
    import pyqtgraph  # noqa: F401


def train_tab(session: Session, actions: TrainingActions) -> QWidget:
    """The Train tab."""
    from mnist_desktop.ui.train.tab import TrainTab

    return TrainTab(session, actions)


def evaluate_tab(session: Session) -> QWidget:
    """The Evaluate tab."""
    from mnist_desktop.ui.evaluate.tab import EvaluateTab

    return EvaluateTab(session)


def data_tab(session: Session) -> QWidget:
    """The pages of the Data tab."""
    from mnist_desktop.ui.data.pages import DataPages

    return DataPages(session)


def models_tab(session: Session) -> QWidget:
    """The Models tab."""
    from mnist_desktop.ui.models.tab import ModelsTab

    return ModelsTab(session)


def pictures_window(session: Session, window: QWidget) -> QWidget:
    """The list of pictures, beside the window."""
    from mnist_desktop.ui.pictures.window import PicturesWindow

    return PicturesWindow(session, window)


def network_window(session: Session, window: QWidget) -> QWidget:
    """The network laid open, beside the window."""
    from mnist_desktop.ui.network.window import NetworkWindow

    return NetworkWindow(session, window)
