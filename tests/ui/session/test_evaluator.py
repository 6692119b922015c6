"""A model is measured on what was taught."""

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import add_profile


def test_one_s_own_digits_are_read_and_nobody_else_s(qtbot, session, say):
    evaluator = session.evaluator
    say("7", "7", "1", NO_DIGIT)
    with qtbot.waitSignal(evaluator.changed):
        evaluator.evaluate("mine")
    result = evaluator.result
    assert (result.target, result.model) == ("mine", "default")
    assert result.truth.tolist() == ["7", "7", "1"]
    assert result.read.tolist() == ["7", "7", "7"]
    assert result.score.accuracy == 2 / 3
    assert result.confusion[1, 7] == 1
    ada = add_profile(Library(), "Ada")
    session.people.read()
    qtbot.waitUntil(lambda: not session.jobs.running)
    session.people.choose(ada)
    with qtbot.waitSignal(session.failed) as told:
        evaluator.evaluate("mine")
    assert isinstance(told.args[0], UserError)
    assert "taught" in str(told.args[0])
    assert evaluator.result is result, "what was measured last"


def test_the_data_set_is_read_without_what_was_taught(qtbot, session, small):
    with qtbot.waitSignal(session.evaluator.changed):
        session.evaluator.evaluate("validation")
    assert session.evaluator.result.truth.tolist() == [str(one) for one in small.validation.labels]
