"""The window with the Draw tab alone."""

import pytest


@pytest.fixture(scope="module")
def built_tabs():
    return ()
