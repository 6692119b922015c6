import signal

import pytest

from mnist_desktop.console import interruptible


def test_the_first_ctrl_c_is_noted_and_the_second_interrupts():
    with interruptible() as received:
        signal.raise_signal(signal.SIGINT)
        assert len(received) == 1
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_afterwards_ctrl_c_is_as_it_was():
    before = signal.getsignal(signal.SIGINT)
    with interruptible():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
