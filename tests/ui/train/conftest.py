"""The window with the Train tab alone beside the canvas."""

import pytest


@pytest.fixture(scope="module")
def built_tabs():
    return ("train",)
