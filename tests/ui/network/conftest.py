"""The window with little in it, and the network laid open beside it."""

import pytest


@pytest.fixture(scope="module")
def built_tabs():
    return ("data",)
