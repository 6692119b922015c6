"""What the program is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from mnist_desktop import __version__
from mnist_desktop.ui.widgets.plain_text import message_box


def about_dialog(parent: QWidget) -> QMessageBox:
    """Name, version and whose data comes with it."""
    text = QCoreApplication.translate(
        "about",
        "MNIST Desktop {version}\n\nDraw digits and have them read; train the network that reads "
        "them and watch it learn.\n\nThe bundled model has learned from MNIST (Y. LeCun, "
        "C. Cortes, C. Burges, CC BY-SA 3.0) and UNIPEN (International Unipen Foundation, "
        "CC BY 4.0).",
    ).format(version=__version__)
    icon, ok = QMessageBox.Icon.NoIcon, QMessageBox.StandardButton.Ok
    return message_box(parent, text, icon=icon, buttons=ok)
