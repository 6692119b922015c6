"""The window with the Draw tab alone, and the list of pictures beside it."""

import pytest


@pytest.fixture(scope="module")
def built_tabs():
    return ()
