import gc
import os
import platform
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from mnist_desktop.ui.shell import garbage
from mnist_desktop.ui.shell.garbage import GarbageCollector


class Cycle(QObject):
    """What only a garbage collection can destroy."""

    def __init__(self):
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(qapp, monkeypatch):
    """As at the program's start, when Python still collects by itself."""
    monkeypatch.setattr(garbage, "INTERVAL_MILLISECONDS", 1)
    gc.enable()
    collector = GarbageCollector()
    yield collector
    collector.deleteLater()
    gc.disable()


@pytest.fixture
def destroyers():
    """The threads in which a cycle that nobody needs any more has been destroyed."""
    return []


def let_one_go(destroyers):
    weakref.finalize(Cycle(), lambda: destroyers.append(threading.current_thread()))


def test_what_a_thread_makes_destroys_nothing_of_the_window_s(collector, destroyers):
    collector.begin()
    let_one_go(destroyers)
    busy = threading.Thread(target=lambda: [[number] for number in range(100_000)])
    busy.start()
    busy.join()
    assert destroyers == []


def test_the_window_s_thread_does_now_and_then(qtbot, collector, destroyers):
    collector.begin()
    let_one_go(destroyers)
    qtbot.waitUntil(lambda: bool(destroyers))
    assert destroyers == [threading.current_thread()]


def test_what_is_there_when_it_begins_is_not_looked_through(collector):
    before = gc.get_freeze_count()
    there = [[number] for number in range(1000)]
    collector.begin()
    assert gc.get_freeze_count() >= before + len(there)


def resident_bytes():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of the C library glibc only")
def test_what_is_free_goes_back_to_the_system(qtbot, collector):
    size, count = 100_000, 500
    blocks = [bytearray(size) for _ in range(count)]
    last = bytearray(size)  # what lies below it glibc keeps
    before = resident_bytes()
    del blocks
    collector.begin()
    qtbot.waitUntil(lambda: resident_bytes() < before - 0.8 * size * count)
    assert len(last) == size


LARGE = """
import os
from mnist_desktop.ui.shell.garbage import GarbageCollector

def resident_pages():
    return int(open("/proc/self/statm").read().split()[1])

collector = GarbageCollector()
size, above = 24 * 2**20, []
for _ in range(3):
    block = bytearray(b"x") * size
    above.append(bytearray(100_000))
    before = resident_pages()
    del block
    print((before - resident_pages()) * os.sysconf("SC_PAGE_SIZE") / size)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of the C library glibc only")
def test_what_is_large_goes_back_at_once():
    """From the second time on glibc would put it into a heap, where it leaves a hole.

    In a process of its own: where there is a large hole already, it would fill that.
    """
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    shares = [float(line) for line in done.stdout.split()]
    assert len(shares) == 3
    assert min(shares) > 0.8


class Clock:
    """A hundredth of a second goes by whenever somebody looks, and half a second, and more, while
    all there is is looked through.
    """

    def __init__(self):
        self.now = 0.0
        self.collected = [0, 0, 0]

    def monotonic(self):
        self.now += 0.01
        return self.now

    def note(self, phase, about):
        if phase == "stop":
            self.collected[about["generation"]] += 1
            self.now += 0.5 if about["generation"] == 2 else 0.0


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(garbage, "time", clock)
    gc.callbacks.append(clock.note)
    yield clock
    gc.callbacks.remove(clock.note)


def test_all_there_is_is_looked_through_seldom_and_what_is_young_often(
    qtbot, clock, collector, destroyers
):
    collector.begin()
    qtbot.waitUntil(lambda: clock.collected[2] == 1)
    let_one_go(destroyers)
    young = clock.collected[1]
    qtbot.waitUntil(lambda: clock.collected[1] >= young + 20)
    assert clock.collected[2] == 1
    assert destroyers == [threading.current_thread()]
    clock.now += 0.6 / garbage.SHARE
    qtbot.waitUntil(lambda: clock.collected[2] == 2)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of the C library glibc only")
def test_what_is_free_goes_back_though_all_there_is_is_not_looked_through_again(
    qtbot, clock, collector
):
    collector.begin()
    qtbot.waitUntil(lambda: clock.collected[2] == 1)
    size, count = 100_000, 500
    blocks = [bytearray(size) for _ in range(count)]
    last = bytearray(size)
    before = resident_bytes()
    del blocks
    qtbot.waitUntil(lambda: resident_bytes() < before - 0.8 * size * count)
    assert clock.collected[2] == 1
    assert len(last) == size
