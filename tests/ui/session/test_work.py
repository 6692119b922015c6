import threading
import weakref

import pytest

from mnist_desktop.progress import Cancelled
from mnist_desktop.ui.session.work import Latest


@pytest.fixture
def heard():
    return []


@pytest.fixture
def begin(jobs, heard):
    """Begins a job; what comes of it is heard."""
    return lambda work, **how: jobs.begin("Working", work, heard.append, heard.append, **how)


def test_a_job_is_listed_while_it_runs_and_hands_over_its_result(qtbot, jobs, begin, heard):
    gate = threading.Event()
    job = begin(lambda _progress: gate.wait(5))
    assert jobs.running == [job]
    assert job.title == "Working"
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert heard == [True]
    assert jobs.running == []


def test_work_is_done_in_a_thread_and_its_result_arrives_in_the_window_s(qtbot, jobs):
    threads = []

    def note(_):
        threads.append(threading.current_thread())

    with qtbot.waitSignal(jobs.begin("Working", note, note, note).ended):
        pass
    assert threads[0] is not threads[1]
    assert threads[1] is threading.main_thread()


def test_a_job_that_has_ended_holds_nothing_of_who_asked(qtbot, jobs):
    """Its end would else be the end of who asked, and that the end of the job once more."""

    class Asker:
        def work(self, _progress):
            pass

        take = work

    asker = Asker()
    is_there = weakref.ref(asker)
    job = jobs.begin("Working", asker.work, asker.take, asker.take)
    del asker
    assert is_there() is not None
    with qtbot.waitSignal(job.ended):
        pass
    assert is_there() is None


def test_a_failure_goes_to_the_other_callable(qtbot, jobs):
    good, bad = [], []
    with qtbot.waitSignal(jobs.begin("Working", lambda _: 1 / 0, good.append, bad.append).ended):
        pass
    assert good == []
    assert isinstance(bad[0], ZeroDivisionError)


def test_progress_is_thinned_out(qtbot, begin):
    def work(progress):
        for step in range(10_000):
            progress(step / 10_000)

    job, seen = begin(work), []
    job.progressed.connect(lambda: seen.append(job.done))
    with qtbot.waitSignal(job.ended):
        pass
    assert 1 <= len(seen) < 100
    assert seen == sorted(seen)


def test_cancelled_work_ends_at_its_next_report_and_says_nothing_more(qtbot, begin, heard):
    started, ended = threading.Event(), []

    def work(progress):
        try:
            while True:
                started.set()
                progress(0.5)
        except Cancelled:
            ended.append(True)
            raise

    job = begin(work)
    assert started.wait(5)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert ended == [True]
    assert heard == []


def test_a_result_that_is_on_its_way_when_the_job_is_cancelled_does_not_arrive(qtbot, begin, heard):
    job = begin(lambda _progress: 42)
    job.wait()  # the result is now a queued signal
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert heard == []


def test_what_a_lasting_job_has_done_by_then_is_heard_of(qtbot, begin, heard):
    job = begin(lambda _progress: 42, is_lasting=True)
    job.wait()
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert heard == [42]


def test_a_lasting_job_can_be_called_off_before_it_has_done_anything(qtbot, begin, heard):
    started = threading.Event()

    def work(progress):
        while True:
            started.set()
            progress(0.0)

    job = begin(work, is_lasting=True)
    assert started.wait(5)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert heard == []


def test_a_cancelled_job_is_not_the_newest_though_it_still_ends(qtbot, jobs, begin):
    gate = threading.Event()
    first, second = (begin(lambda _progress: gate.wait(5)) for _ in range(2))
    with qtbot.waitSignal(jobs.changed):
        second.cancel()
    assert jobs.running == [first, second]
    assert jobs.newest is first
    first.cancel()
    assert jobs.newest is None
    gate.set()


def test_cancelling_all_returns_when_every_thread_has_ended(qtbot, jobs, begin, heard):
    def work(progress):
        while True:
            progress(0.0)

    for _ in range(3):
        begin(work)
    jobs.shut_down()
    qtbot.waitUntil(lambda: not jobs.running)
    assert heard == []


def test_the_time_left_follows_from_the_part_that_is_done(begin, monkeypatch):
    gate = threading.Event()
    clock = [100.0]
    monkeypatch.setattr("mnist_desktop.ui.session.work.time.monotonic", lambda: clock[0])
    job = begin(lambda _progress: gate.wait(5))
    assert job.seconds_left is None
    clock[0] += 10.0
    job.done = 0.25
    assert job.seconds_left == 30.0
    gate.set()


def test_of_wishes_for_one_place_the_latest_is_heard(qtbot, jobs, heard):
    latest = Latest(jobs)
    gates = [threading.Event(), threading.Event()]

    def work(number):
        return lambda _progress: gates[number].wait(5) and number

    first, second = (
        latest.begin("Opening", work(number), heard.append, heard.append) for number in range(2)
    )
    assert latest.is_busy
    with qtbot.waitSignal(second.ended):
        gates[1].set()
    assert not latest.is_busy
    with qtbot.waitSignal(first.ended):  # it took longer, and is not wanted any more
        gates[0].set()
    assert heard == [1]


def test_a_place_can_be_emptied(qtbot, jobs, heard):
    latest = Latest(jobs)
    latest.cancel()
    job = latest.begin("Opening", lambda _progress: 1, heard.append, heard.append)
    with qtbot.waitSignal(job.ended):
        latest.cancel()
    assert not latest.is_busy
    assert heard == []


@pytest.mark.parametrize("fails", [False, True])
def test_a_place_is_free_as_soon_as_it_is_known_what_has_come_of_it(qtbot, jobs, fails):
    latest, busy = Latest(jobs), []

    def note(_what):
        busy.append(latest.is_busy)

    def work(_progress):
        if fails:
            raise ValueError

    job = latest.begin("Opening", work, note, note)
    assert latest.is_busy
    with qtbot.waitSignal(job.ended):
        pass
    assert busy == [False]


def test_after_the_end_nothing_begins_any_more(qtbot, jobs):
    jobs.shut_down()
    done = []
    job = jobs.begin("late", done.append, done.append, done.append)
    place = Latest(jobs)
    place.begin("later", done.append, done.append, done.append)
    assert job.is_cancelled
    assert not place.is_busy
    assert jobs.running == []
    job.wait()
    assert done == []
