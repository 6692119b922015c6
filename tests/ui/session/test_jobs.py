import threading

from mnist_desktop.ui.session.jobs import Jobs


def test_a_job_is_listed_while_it_runs_and_hands_over_its_result(qtbot):
    jobs = Jobs()
    gate, results = threading.Event(), []
    job = jobs.begin("Opening", lambda _progress: gate.wait(5), results.append, results.append)
    assert jobs.running == [job]
    assert job.title == "Opening"
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert results == [True]
    assert jobs.running == []


def test_a_failure_goes_to_the_other_callable(qtbot):
    jobs = Jobs()
    good, bad = [], []
    job = jobs.begin("Opening", lambda _progress: 1 / 0, good.append, bad.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert good == []
    assert isinstance(bad[0], ZeroDivisionError)


def test_cancelling_all_returns_when_every_thread_has_ended(qtbot):
    jobs = Jobs()
    heard = []

    def work(progress):
        while True:
            progress(0.0)

    for _ in range(3):
        jobs.begin("Working", work, heard.append, heard.append)
    jobs.cancel_all()
    qtbot.waitUntil(lambda: not jobs.running)
    assert heard == []


def test_the_time_left_follows_from_the_part_that_is_done(qtbot, monkeypatch):
    jobs = Jobs()
    gate = threading.Event()
    clock = [100.0]
    monkeypatch.setattr("mnist_desktop.ui.session.jobs.time.monotonic", lambda: clock[0])
    job = jobs.begin("Opening", lambda _progress: gate.wait(5), lambda _: None, lambda _: None)
    assert job.seconds_left is None
    clock[0] += 10.0
    job.done = 0.25
    assert job.seconds_left == 30.0
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running)
