"""Texts for people outside of the window's own modules."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001, N802
    """The text itself, marked so that Qt's tool for translators finds it.

    What is not ``ui`` knows no Qt, and translates nothing: its texts are templates, which the
    window passes through ``ui.texts.translated``. ``pyside6-lupdate`` knows this function by its
    name, as Qt's macro of that name, and collects what stands in it.

    Args:
        context: "core", where ``translated`` looks texts up.
        text: a literal; the tool sees nothing else.
    """
    return text
