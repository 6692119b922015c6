import threading

from mnist_desktop.progress import Cancelled
from mnist_desktop.ui.session.background import Task


def test_what_the_work_returns_arrives_in_the_window_s_thread(qtbot):
    threads, results = [], []

    def work(_progress):
        threads.append(threading.current_thread())
        return 42

    task = Task(work)
    task.succeeded.connect(results.append)
    task.succeeded.connect(lambda _: threads.append(threading.current_thread()))
    with qtbot.waitSignals([task.succeeded, task.finished]):
        task.start()
    assert results == [42]
    assert threads[0] is not threads[1]
    assert threads[1] is threading.main_thread()


def test_an_exception_of_the_work_arrives_as_a_signal(qtbot):
    def work(_progress):
        raise ValueError("no")

    task = Task(work)
    faults = []
    task.failed.connect(faults.append)
    with qtbot.waitSignals([task.failed, task.finished]):
        task.start()
    assert isinstance(faults[0], ValueError)


def test_progress_is_thinned_out(qtbot):
    def work(progress):
        for step in range(10_000):
            progress(step / 10_000)

    task = Task(work)
    seen = []
    task.progressed.connect(seen.append)
    with qtbot.waitSignal(task.finished):
        task.start()
    assert 1 <= len(seen) < 100
    assert seen == sorted(seen)


def test_cancelled_work_ends_at_its_next_report_and_says_nothing_more(qtbot):
    started, ended = threading.Event(), []

    def work(progress):
        try:
            while True:
                started.set()
                progress(0.5)
        except Cancelled:
            ended.append(True)
            raise

    task = Task(work)
    heard = []
    for signal in (task.succeeded, task.failed):
        signal.connect(heard.append)
    task.start()
    assert started.wait(5)
    with qtbot.waitSignal(task.finished):
        task.cancel()
    assert ended == [True]
    assert heard == []


def test_a_result_that_is_on_its_way_when_the_task_is_cancelled_does_not_arrive(qtbot):
    task = Task(lambda _progress: 42)
    heard = []
    task.succeeded.connect(heard.append)
    task.start()
    task.wait()  # the result is now a queued signal
    task.cancel()
    qtbot.wait(1)
    assert heard == []
