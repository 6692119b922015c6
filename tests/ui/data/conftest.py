"""The window with the Data tab alone beside the canvas."""

import pytest


@pytest.fixture(scope="module")
def built_tabs():
    return ("data",)
