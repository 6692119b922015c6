"""A person's hand is learned, and what is learned can be gone back from."""

import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.learning.models.model import Lesson, Measurement
from mnist_desktop.learning.models.model_file import model_bytes, open_model, save_model
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings import config
from mnist_desktop.learning.teach import preparation
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.lessons import list_lessons
from mnist_desktop.library.profiles import FIRST, add_profile, delete_profile
from mnist_desktop.library.taught import read_taught
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.look.translation import Translation
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.teach import own_model
from mnist_desktop.ui.session.teach import teaching as module


@pytest.fixture
def teaching(session):
    return session.teaching


@pytest.fixture
def second(session, settled):
    """The number of another person, who does not write yet."""
    number = add_profile(Library(), "Ada")
    session.people.read()
    settled()
    return number


@pytest.fixture
def choose(session, settled):
    def choose(person):
        session.people.choose(person)
        settled()

    return choose


@pytest.fixture
def go(teaching, settled):
    """Goes back or forward."""

    def go(where):
        teaching.go_to(getattr(teaching, where))
        settled()

    return go


@pytest.fixture
def reading(session):
    """The bytes of the model that reads."""
    return lambda: model_bytes(session.shelf.current.model)


@pytest.fixture
def loaded(pupil, monkeypatch):
    """Lessons whose models were asked for; while others are held they do not come."""
    load, asked = own_model.model_of_lesson, []

    def slow(library, lesson):
        asked.append(lesson)
        pupil.may_end.wait()
        return load(library, lesson)

    monkeypatch.setattr(own_model, "model_of_lesson", slow)
    return asked


@contextmanager
def held(pupil):
    """Lessons that begin here go on until the end of the block."""
    pupil.may_end.clear()
    try:
        yield
    finally:
        pupil.may_end.set()


def names(session):
    return [one.name for one in session.shelf.entries]


def test_what_is_learned_is_a_model_of_its_own_that_reads(session, teaching, say, learn, pupil):
    default = session.shelf.current
    before = model_bytes(default.model)
    assert not teaching.can_learn, "there is nothing to learn from"
    say("7", NO_DIGIT, "1")
    assert (teaching.taught.count, teaching.taught.new) == (3, 3)
    learn()
    ((_, examples),) = pupil.given
    assert [one.label for one in examples] == [7, config.NO_DIGIT, 1]
    assert names(session) == ["default", "default · Me"]
    assert session.shelf.current.name == "default · Me"
    assert session.shelf.current.is_in_profile
    assert session.shelf.unsaved == [], "the library holds it"
    assert session.preferences.model == "profile"
    assert (teaching.last.is_taught, teaching.last.taught) == (True, 3)
    assert (teaching.taught.count, teaching.taught.new) == (3, 0)
    assert model_bytes(default.model) == before == model_bytes(open_model(DEFAULT_MODEL))
    say("4")
    assert (teaching.taught.count, teaching.taught.new) == (4, 1)


def test_a_taught_model_has_its_name_in_the_language_that_is_spoken(
    qapp, session, say, learn, pupil
):
    say("7")
    learn()
    translation, font = Translation(qapp), QFont(qapp.font())
    try:
        translation.speak("zh_CN")
        assert names(session) == ["自带模型", "自带模型 · 我"]
    finally:
        translation.speak("en")
        qapp.setFont(font)
        QLocale.setDefault(QLocale.system())
    assert names(session) == ["default", "default · Me"]


def test_each_lesson_begins_with_the_untaught_model(session, teaching, say, learn, pupil):
    say("7")
    for _ in range(3):
        learn()
    untaught = model_bytes(open_model(DEFAULT_MODEL))
    assert [model_bytes(model) for model, _ in pupil.given] == [untaught] * 3
    lessons = teaching.taught.lessons
    assert [one.base for one in lessons] == [None, 1, 1, 1], "which is kept once"
    assert names(session) == ["default", "default · Me"]


def test_one_goes_back_through_all_steps_to_the_bit(session, teaching, say, learn, go, reading):
    say(*"7" * 3)
    steps = [reading()]
    for _ in range(3):
        learn()
        steps.append(reading())
    assert len(set(steps)) == 4
    for expected in steps[-2::-1]:
        go("back")
        assert reading() == expected
    assert session.shelf.current is session.shelf.entries[0]
    assert names(session) == ["default"]
    assert teaching.back is None
    for expected in steps[1:3]:
        go("forward")
        assert reading() == expected
    learn()  # on another way, from the second step
    anew = reading()
    assert anew not in steps
    assert teaching.forward is None
    for expected in (steps[2], steps[1], steps[0]):
        go("back")
        assert reading() == expected
    assert len(teaching.taught.lessons) == 5, "none is lost"
    for where in ("forward", "forward", "forward"):
        go(where)
    assert reading() == anew, "the newest way is gone again"


def test_what_was_taught_wrongly_on_purpose_is_gone_back_from(
    session, teaching, say, learn, go, reading
):
    before = reading()
    say(*"1" * 300)
    learn()
    assert reading() != before
    go("back")
    assert reading() == before
    assert teaching.taught.count == 300, "which can be put right or deleted"


def test_what_is_put_right_afterwards_is_new_to_learn(
    qtbot, session, teaching, say, learn, settled
):
    say("7", "1")
    learn()
    assert teaching.taught.new == 0
    mine = session.my_digits
    with qtbot.waitSignal(mine.changed):
        mine.read()
    mine.relabel([1], "7")
    settled()
    assert (teaching.taught.count, teaching.taught.new) == (2, 1)
    mine.undo()
    settled()
    assert (teaching.taught.count, teaching.taught.new) == (2, 0), "it was learned as it is again"
    mine.relabel([1], "7")
    settled()
    learn()
    assert teaching.taught.new == 0
    mine.undo()
    settled()
    assert (teaching.taught.count, teaching.taught.new) == (2, 1), "it was learned as a 7"


def test_the_worse_model_is_not_kept(session, teaching, say, learn, pupil, reading):
    before = reading()
    pupil.refuses = True
    say("7")
    learn()
    assert not teaching.last.is_taught
    assert reading() == before
    assert names(session) == ["default"]
    assert teaching.taught.lessons == ()
    assert teaching.taught.new == 1


def test_a_lesson_that_came_to_nothing_lets_what_reads_read_on(
    session, teaching, say, learn, pupil
):
    say("7")
    learn()
    default = session.shelf.entries[0]
    session.shelf.read_with(default)
    pupil.refuses = True
    learn()
    assert not teaching.last.is_taught
    assert session.shelf.current is default


def test_what_is_called_off_changes_nothing(
    qtbot, session, teaching, say, learn, pupil, settled, reading
):
    say("7")
    learn()
    before, last = reading(), teaching.last
    learned = []
    teaching.learned.connect(lambda: learned.append(True))
    with held(pupil):
        teaching.learn()
        assert teaching.is_learning
        assert not teaching.can_learn, "one lesson at a time"
        teaching.learn()
        qtbot.waitUntil(lambda: len(pupil.given) == 2)
        teaching.go_to(teaching.taught.lessons[0])
        teaching.cancel()
    settled()
    assert not teaching.is_learning
    assert teaching.can_learn
    assert (learned, teaching.last) == ([], last)
    assert len(list_lessons(Library(), FIRST)) == 2
    assert reading() == before


def test_it_is_called_off_also_while_it_gets_ready(
    qtbot, session, teaching, say, pupil, monkeypatch
):
    begun, over = threading.Event(), threading.Event()

    def slow(model, splits, progress):
        begun.set()
        while not over.wait(0.001):
            progress(0.0)

    say("7")
    monkeypatch.setattr(preparation, "prepare", slow)
    another = Entry("another", Recognizer(replace(session.shelf.current.model)))
    session.shelf.add(another)
    session.shelf.read_with(another)
    teaching.learn()
    qtbot.waitUntil(begun.is_set)
    assert (teaching.is_learning, teaching.is_ending) == (True, False)
    teaching.cancel()
    assert (teaching.is_learning, teaching.is_ending) == (True, True)
    try:
        qtbot.waitUntil(lambda: not teaching.is_learning, timeout=10_000)
    finally:
        over.set()
    assert pupil.given == []


def test_without_a_model_there_is_nothing_to_get_ready_for(new_session):
    session = new_session()
    session.teaching.prepare()
    assert session.jobs.running == []


def test_it_gets_ready_once_for_each_model(session, teaching, say, learn, pupil, tiny_model):
    """As soon as there is something to learn, so that nobody waits for it later."""
    default = session.shelf.current.model
    say("7")
    assert pupil.readied == [default]
    say("1")
    learn()
    learn()
    assert pupil.readied == [default], "it was ready, also for the lesson after"
    session.shelf.add(Entry("another", Recognizer(tiny_model())))
    session.shelf.read_with(session.shelf.entries[-1])
    say("4")
    assert pupil.readied == [default, session.shelf.current.model]


def test_it_does_not_begin_anew_to_get_ready_with_each_drawing(session, teaching, pupil):
    teaching.prepare()
    (job,) = [one for one in session.jobs.running if one.title == "Getting ready to learn"]
    teaching.prepare()
    assert not job.is_cancelled


def test_a_library_that_cannot_be_written_keeps_what_reads(
    qtbot, session, teaching, say, pupil, settled, reading, faults
):
    before = reading()
    say("7")
    with held(pupil):
        teaching.learn()
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        library = Library().path
        content = library.read_bytes()
        library.write_bytes(b"no database at all" * 100)
    settled()
    assert isinstance(faults[0], UserError)
    assert reading() == before
    assert teaching.last is None
    for rest in library.parent.glob(f"{library.name}-*"):
        rest.unlink()
    library.write_bytes(content)
    teaching.read()
    settled()
    assert teaching.can_learn


def test_each_person_has_drawings_and_a_model(
    session, teaching, second, say, learn, choose, reading
):
    default = reading()
    say("7", "7")
    learn()
    first = reading()
    choose(second)
    assert (teaching.taught.count, teaching.last) == (0, None)
    assert reading() == default, "who has learned nothing yet"
    assert names(session) == ["default"]
    say("1")
    learn()
    assert names(session) == ["default", "default · Ada"]
    others = reading()
    assert others not in {first, default}
    choose(FIRST)
    assert names(session) == ["default", "default · Me"]
    assert reading() == first
    assert (teaching.taught.count, teaching.taught.new) == (2, 0)
    choose(second)
    assert reading() == others


def test_nothing_is_known_of_a_person_before_it_is_read(session, teaching, second, say, learn):
    say("7")
    learn()
    session.people.choose(second)
    assert teaching.taught.count == 0
    assert not teaching.can_learn, "what the one before has taught"
    assert teaching.lesson is teaching.back is teaching.forward is None


def test_the_model_of_who_has_gone_does_not_come_late(
    qtbot, session, teaching, second, say, learn, choose, settled, loaded, pupil
):
    say("7")
    learn()
    choose(second)
    loaded.clear()
    with held(pupil):
        session.people.choose(FIRST)
        qtbot.waitUntil(lambda: len(loaded) == 1)
        session.people.choose(second)
        qtbot.waitUntil(lambda: teaching.taught.count == 0 and len(session.jobs.running) == 1)
    settled()
    assert names(session) == ["default"]


def test_who_chooses_another_model_meanwhile_keeps_it(
    qtbot, session, teaching, say, learn, go, pupil, settled, loaded
):
    say("7")
    learn()
    go("back")
    loaded.clear()
    with held(pupil):
        teaching.go_to(teaching.forward)
        qtbot.waitUntil(lambda: len(loaded) == 1)
        chosen = Entry("another", session.shelf.current.recognizer)
        session.shelf.add(chosen)
        session.shelf.read_with(chosen)
    settled()
    assert session.shelf.current is chosen


def test_a_step_that_cannot_be_gone_to_brings_no_model_later(
    session, teaching, say, learn, settled, faults, monkeypatch
):
    say("7")
    learn()
    default = session.shelf.entries[0]
    session.shelf.read_with(default)

    def fail(library, *_):
        raise LibraryError(library.path, "the disk is full")

    monkeypatch.setattr(module, "go_to_lesson", fail)
    teaching.go_to(teaching.back)
    settled()
    assert len(faults) == 1
    say("1")
    settled()
    assert session.shelf.current is default


def test_what_is_learned_for_one_is_not_shown_to_another(
    qtbot, session, teaching, second, say, pupil, choose, settled, reading
):
    default = reading()
    say("7")
    learned = []
    teaching.learned.connect(lambda: learned.append(True))
    with held(pupil):
        teaching.learn()
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        session.people.choose(second)
        qtbot.waitUntil(lambda: len(session.jobs.running) == 1)
    settled()
    assert (teaching.last, learned) == (None, [])
    assert reading() == default
    assert teaching.taught.lessons == ()
    choose(FIRST)
    assert len(teaching.taught.lessons) == 2, "it was kept for whom it was"
    assert reading() != default


def test_a_taught_model_is_called_as_its_person_is(session, teaching, say, learn, settled):
    say("7")
    learn()
    assert teaching.own.entry.name == "default · Me"
    session.people.rename(FIRST, "Ada")
    settled()
    assert teaching.own.entry.name == "default · Ada"


def test_who_goes_to_the_step_that_is_there_reads_with_it_again(
    session, teaching, say, learn, settled
):
    say("7")
    learn()
    session.shelf.read_with(session.shelf.entries[0])
    teaching.go_to(teaching.lesson)
    settled()
    assert session.shelf.current is teaching.own.entry


def test_who_has_learned_nothing_leaves_another_model_that_was_chosen(
    session, second, choose, tiny_model
):
    session.shelf.add(Entry("another", Recognizer(tiny_model())))
    session.shelf.read_with(session.shelf.entries[-1])
    choose(second)
    assert session.shelf.current.name == "another"


def test_the_program_s_own_reads_instead_also_where_another_was_opened_before_it(
    session, teaching, say, learn, go, pupil, second, choose, tmp_path
):
    """As while torch loads."""
    default = session.shelf.current
    other = Entry("other", default.recognizer, tmp_path / "other.safetensors")
    session.shelf.entries.insert(0, other)
    say("7")
    learn()
    assert session.shelf.current is teaching.own.entry
    choose(second)
    assert session.shelf.current is default
    choose(FIRST)
    go("back")
    assert session.shelf.current is default
    assert teaching.own.reads
    session.shelf.read_with(other)
    assert not teaching.own.reads


def test_a_taught_model_that_was_closed_comes_back_with_the_next_lesson(
    session, teaching, say, learn, settled
):
    say("7")
    learn()
    session.model_files.close(teaching.own.entry)
    settled()
    say("1")
    learn()
    assert teaching.own.entry in session.shelf.entries


def test_who_is_deleted_takes_the_model_along(
    session, teaching, second, say, learn, choose, settled, reading, faults
):
    default = reading()
    choose(second)
    say("7")
    learn()
    session.people.delete(second)
    settled()
    assert session.people.current.id == FIRST
    assert names(session) == ["default"]
    assert reading() == default
    assert teaching.taught.count == 0
    assert faults == []


def test_who_is_deleted_while_it_learns_is_learned_no_further(
    qtbot, session, teaching, second, say, choose, pupil, settled, faults
):
    choose(second)
    say("7")
    with held(pupil):
        teaching.learn()
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        session.people.delete(second)
        qtbot.waitUntil(lambda: session.people.current.id == FIRST)
        qtbot.waitUntil(lambda: len(session.jobs.running) == 1)
    settled()
    assert faults == []
    assert not teaching.is_learning
    assert names(session) == ["default"]


def test_who_is_deleted_in_another_window_is_told_of(
    qtbot, session, teaching, second, say, choose, pupil, settled, faults, reading
):
    default = reading()
    choose(second)
    say("7")
    with held(pupil):
        teaching.learn()
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        delete_profile(Library(), second)
    settled()
    assert len(faults) == 1
    assert "deleted" in str(faults[0])
    assert session.people.current.id == FIRST
    assert reading() == default


def test_another_model_is_taught_as_itself_after_what_was_there(
    qtbot, session, say, learn, go, pupil, tmp_path, reading, tiny_model, small
):
    score = Measurement("small", "test", small.test.sha256, Score(0.1, (0.0, 0.2), 500))
    save_model(tmp_path / "mine.safetensors", tiny_model(measurements=(score,)))
    mine = model_bytes(open_model(tmp_path / "mine.safetensors"))
    say("7")
    learn()
    taught_default = reading()
    session.opening.open(tmp_path / "mine.safetensors")
    qtbot.waitUntil(lambda: session.shelf.current.name == "mine" and not session.jobs.running)
    learn()
    assert session.shelf.current.name == "mine · Me"
    learn()
    assert [model_bytes(model) for model, _ in pupil.given[1:]] == [mine, mine]
    go("back")
    go("back")
    assert session.shelf.current.name == "mine · Me"
    assert reading() == mine
    go("back")
    assert session.shelf.current.name == "default · Me"
    assert reading() == taught_default


def test_a_model_that_came_taught_is_not_taken_for_what_it_was_made_of(
    session, teaching, say, learn, pupil, reading, settled
):
    default = session.shelf.current
    lesson = Lesson((0,) * 11, default.model.sha256)
    mine = Entry("mine", Recognizer(replace(default.model, lessons=(lesson,))))
    session.shelf.add(mine)
    session.shelf.read_with(mine)
    say("7")
    learn()
    session.shelf.read_with(default)
    learn()
    assert model_bytes(pupil.given[-1][0]) == model_bytes(default.model), "for which it is prepared"
    teaching.go_to(next(one for one in teaching.taught.lessons if one.name == "mine"))
    settled()
    assert reading() == model_bytes(mine.model)
    learn()
    assert model_bytes(pupil.given[-1][0]) == model_bytes(mine.model)


def test_a_taught_model_that_is_saved_is_a_copy(qtbot, session, say, learn, tmp_path, reading):
    say("7")
    learn()
    entry, before = session.shelf.current, reading()
    with qtbot.waitSignal(session.exports.exported):
        session.model_files.save(entry, tmp_path / "copy.safetensors")
    assert names(session) == ["default", "default · Me", "copy"]
    assert session.shelf.current is entry
    assert (entry.path, entry.is_in_profile) == (None, True)
    assert model_bytes(open_model(tmp_path / "copy.safetensors")) == before
    learn()
    assert reading() != before, "it goes on being taught"
    copy = session.shelf.entries[-1]
    assert model_bytes(copy.model) == before, "which the copy does not"


def test_it_learns_by_itself_after_so_many(qtbot, session, teaching, say, pupil, settled):
    session.preferences.set("learn_after", 3)
    say("7", "7")
    assert not pupil.given
    say("7")
    qtbot.waitUntil(lambda: len(teaching.taught.lessons) == 2)
    settled()
    assert len(pupil.given) == 1
    say("1", "1")
    assert len(pupil.given) == 1
    say("1")
    qtbot.waitUntil(lambda: len(teaching.taught.lessons) == 3)
    settled()
    assert [len(examples) for _, examples in pupil.given] == [3, 6]


def test_it_does_not_learn_by_itself_because_another_writes_or_one_is_forgotten(
    qtbot, session, teaching, say, second, choose, pupil, settled
):
    say("7", "7", "7", "7")
    session.preferences.set("learn_after", 3)
    choose(second)
    choose(FIRST)
    session.my_digits.read()
    settled()
    session.my_digits.delete([0])
    qtbot.waitUntil(lambda: teaching.taught.count == 3)
    settled()
    assert pupil.given == []


def test_what_was_learned_of_one_does_not_keep_it_from_learning_of_another(
    session, teaching, say, second, choose, pupil, settled
):
    choose(second)
    say("7", "7")
    choose(FIRST)
    session.preferences.set("learn_after", 3)
    say("1", "1", "1")
    settled()
    assert len(pupil.given) == 1
    choose(second)
    say("7")
    settled()
    assert [len(examples) for _, examples in pupil.given] == [3, 3]


def test_what_is_kept_while_it_learns_is_still_to_be_learned(
    qtbot, session, teaching, say, pupil, settled, seven
):
    say("7")
    with held(pupil):
        teaching.learn()
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        new = Correction((0.0, 0.0, 1.0, 1.0), "1", "1", seven, "canvas")
        session.corrections.change([new], [])
        qtbot.waitUntil(lambda: teaching.taught.count == 2)
    qtbot.waitUntil(lambda: not teaching.is_learning)
    settled()
    assert [len(examples) for _, examples in pupil.given] == [1]
    assert (teaching.taught.count, teaching.taught.new) == (2, 1)


def test_one_drawing_does_not_bring_back_what_was_gone_back_from(
    session, teaching, say, learn, go, pupil, reading
):
    before = reading()
    say("7", "7", "7")
    learn()
    say("7", "7")
    learn()
    go("back")
    go("back")
    assert teaching.taught.new == 0
    session.preferences.set("learn_after", 3)
    say("7")
    assert len(pupil.given) == 2
    assert reading() == before


@pytest.mark.parametrize("is_called_off", [False, True])
def test_it_does_not_learn_by_itself_again_at_once_where_nothing_came_of_it(
    qtbot, session, teaching, say, pupil, settled, seven, is_called_off
):
    session.preferences.set("learn_after", 2)
    pupil.refuses = not is_called_off
    say("7")
    with held(pupil):
        session.corrections.change(
            [Correction((0.0, 0.0, 1.0, 1.0), "7", "7", seven, "canvas")], []
        )
        qtbot.waitUntil(lambda: len(pupil.given) == 1)
        if is_called_off:
            teaching.cancel()
    qtbot.waitUntil(lambda: not teaching.is_learning)
    settled()
    assert teaching.taught.new == 2
    say("7")
    assert len(pupil.given) == 1
    with qtbot.waitSignal(teaching.learned):
        say("7")
    settled()
    assert [len(examples) for _, examples in pupil.given] == [2, 4]


def test_what_was_deleted_since_then_does_not_keep_it_from_learning_again(
    session, teaching, say, pupil, settled
):
    session.preferences.set("learn_after", 4)
    pupil.refuses = True
    say("7", "7", "7", "7")
    settled()
    assert len(pupil.given) == 1
    session.my_digits.read()
    settled()
    session.my_digits.delete([0, 1, 2])
    settled()
    say("1", "1", "1")
    assert len(pupil.given) == 1
    say("1")
    settled()
    assert [len(examples) for _, examples in pupil.given] == [4, 5]


def test_a_new_day_goes_on_where_the_last_one_ended(
    qtbot, session, say, learn, reading, new_session, pupil
):
    say("7")
    learn()
    before = reading()
    session.shut_down()
    today = new_session()
    today.opening.load()
    qtbot.waitUntil(lambda: today.splits is not None and today.runs.is_loaded)
    qtbot.waitUntil(lambda: not today.jobs.running)
    assert model_bytes(today.shelf.current.model) == before
    assert today.shelf.current.name == "default · Me"
    assert today.teaching.back is not None
    with qtbot.waitSignal(today.teaching.learned):
        today.teaching.learn()
    (first, _), (second, _) = pupil.given
    assert model_bytes(second) == model_bytes(first), "it begins with the untaught one again"


def test_what_the_program_is_started_with_reads_before_a_person_s_model(
    qtbot, session, say, learn, new_session, tmp_path
):
    say("7")
    learn()
    session.shut_down()
    mine = shutil.copy(DEFAULT_MODEL, tmp_path / "mine.safetensors")
    today = new_session(mine)
    today.opening.load()
    qtbot.waitUntil(lambda: today.splits is not None and today.runs.is_loaded)
    qtbot.waitUntil(lambda: not today.jobs.running)
    assert sorted(names(today)) == ["default", "default · Me", "mine"]
    assert today.shelf.current.name == "mine"


def test_the_window_can_be_closed_while_it_learns(qtbot, session, teaching, say, pupil):
    say("7")
    pupil.may_end.clear()
    teaching.learn()
    qtbot.waitUntil(lambda: len(pupil.given) == 1)
    qtbot.waitUntil(lambda: len(session.jobs.running) == 1)
    (job,) = session.jobs.running
    job.progressed.connect(lambda: job.is_cancelled and pupil.may_end.set())
    session.shut_down()
    assert list_lessons(Library(), FIRST) == []
    assert len(read_taught(Library())) == 1
