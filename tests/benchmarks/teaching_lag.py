"""How long 30 drawings take to learn in the window, and how late the window is meanwhile.

    python tests/benchmarks/teaching_lag.py [--rounds N]

Each round is a window of its own. What can be prepared is prepared by then, as where somebody has
drawn for some seconds. The lateness is of a precise timer of 5 ms in the window's thread.
"""

from __future__ import annotations

import argparse
import json
import time

from common import in_a_process, percentile, spread

DRAWINGS = 30


def learn() -> tuple[float, list[float]]:
    """Seconds, and by how many milliseconds each tick was late."""
    from common import opened_window, run_until
    from window_lag import Metronome

    from mnist_desktop.ink.correction import Correction
    from mnist_desktop.ink.real import real_digits

    _application, session, _window = opened_window()
    whole = (0.0, 0.0, 1.0, 1.0)
    some = real_digits()[:DRAWINGS]
    new = [Correction(whole, "1", str(one.label), one.drawing, "canvas") for one in some]
    session.corrections.change(new, [])
    run_until(lambda: session.teaching.taught.count == DRAWINGS)
    session.teaching.prepare()
    run_until(lambda: not session.jobs.running)
    learned: list[float] = []
    session.teaching.learned.connect(lambda *_: learned.append(time.perf_counter()))
    metronome = Metronome()
    began = time.perf_counter()
    session.teaching.learn()
    run_until(lambda: bool(learned))
    session.shut_down()
    return learned[0] - began, metronome.late


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    code = "import json; from teaching_lag import learn; print(json.dumps(learn()))"
    found = [json.loads(in_a_process(code)) for _ in range(rounds)]
    late = [tick for _, ticks in found for tick in ticks]
    print(f"{DRAWINGS} drawings learned: {spread([seconds for seconds, _ in found], ' s')}")
    print(f"window late by {percentile(late, 0.99):.1f} ms (p99), {max(late):.1f} ms at the most")


if __name__ == "__main__":
    main()
