"""What was learned of a hand, step by step, and the way back."""

import pytest
import torch

from mnist_desktop.learning.models.model import Lesson, Measurement
from mnist_desktop.learning.models.model_file import model_bytes
from mnist_desktop.learning.records import Score
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.lessons import (
    go_to_lesson,
    keep_lesson,
    list_lessons,
    model_of_lesson,
)
from mnist_desktop.library.profiles import FIRST, add_profile, list_profiles


@pytest.fixture
def untaught(tiny_model):
    """With all that a file can tell of a model, as numbers that no decimal fraction is."""
    third = Score(1 / 3, (0.1, 2 / 3), 9)
    known = Measurement("MNIST", "test", "a" * 64, third)
    lesson = Lesson(tuple(range(11)), "b" * 64, None, third)
    return tiny_model(measurements=(known,), temperature=1 / 7, lessons=(lesson,))


def same(model, other):
    return model_bytes(model) == model_bytes(other)


def test_without_room_for_a_copy_of_a_model_it_is_said(
    library, untaught, tiny_model, tmp_path, monkeypatch
):
    lesson = keep_lesson(library, FIRST, "", untaught, tiny_model(1))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(LibraryError, match="cannot be read: No such file"):
        model_of_lesson(library, lesson)


def test_the_first_lesson_is_the_untaught_model_and_the_next_reads(library, untaught, tiny_model):
    taught = keep_lesson(library, FIRST, "a model", untaught, tiny_model(1))
    first, step = list_lessons(library, FIRST)
    assert (first.base, first.previous, first.name) == (None, None, "a model")
    assert (step.id, step.base, step.previous) == (taught, first.id, first.id)
    assert list_profiles(library)[0].lesson == taught
    assert same(model_of_lesson(library, first.id), untaught)
    assert same(model_of_lesson(library, step.id), tiny_model(1))


def test_what_is_taught_again_is_kept_once_and_each_step_to_the_bit(library, untaught, tiny_model):
    steps = [tiny_model(seed) for seed in (1, 2, 3)]
    keep_lesson(library, FIRST, "", untaught, steps[0])
    base = model_of_lesson(library, list_lessons(library, FIRST)[0].id)
    for one in steps[1:]:
        keep_lesson(library, FIRST, "", base, one)
    lessons = list_lessons(library, FIRST)
    assert [one.base for one in lessons] == [None, 1, 1, 1]
    assert [one.previous for one in lessons] == [None, 1, 2, 3]
    for lesson, model in zip(lessons, [untaught, *steps], strict=True):
        assert same(model_of_lesson(library, lesson.id), model)


def test_what_was_taught_can_be_what_another_lesson_begins_with(library, untaught, tiny_model):
    """As where it was saved to a file, and is read with from there."""
    keep_lesson(library, FIRST, "", untaught, tiny_model(1))
    keep_lesson(library, FIRST, "mine", model_of_lesson(library, 2), tiny_model(2))
    assert [one.base for one in list_lessons(library, FIRST)] == [None, 1, None, 3]


def test_who_goes_back_and_learns_anew_goes_back_to_where_they_were(
    library, untaught, tiny_model, sound
):
    for seed in (1, 2, 3):
        keep_lesson(library, FIRST, "", untaught, tiny_model(seed))
    before = [model_bytes(model_of_lesson(library, lesson)) for lesson in (1, 2, 3, 4)]
    go_to_lesson(library, FIRST, 2)
    anew = keep_lesson(library, FIRST, "", untaught, tiny_model(9))
    lessons = {one.id: one for one in list_lessons(library, FIRST)}
    assert list_profiles(library)[0].lesson == anew
    assert lessons[anew].previous == 2
    assert lessons[2].previous == 1
    assert [model_bytes(model_of_lesson(library, lesson)) for lesson in (1, 2, 3, 4)] == before
    sound(library.path)


def test_another_model_has_a_first_lesson_of_its_own_after_what_was_there(
    library, untaught, tiny_model
):
    keep_lesson(library, FIRST, "", untaught, tiny_model(1))
    keep_lesson(library, FIRST, "run 7", tiny_model(5), tiny_model(6))
    lessons = list_lessons(library, FIRST)
    assert [(one.id, one.base, one.previous) for one in lessons] == [
        *((1, None, None), (2, 1, 1)),
        *((3, None, 2), (4, 3, 3)),
    ]


def test_nobody_learns_for_another(library, untaught, tiny_model):
    second = add_profile(library, "Ada")
    keep_lesson(library, FIRST, "", untaught, tiny_model(1))
    keep_lesson(library, second, "", untaught, tiny_model(2))
    assert [len(list_lessons(library, one)) for one in (FIRST, second)] == [2, 2]
    assert [one.lesson for one in list_profiles(library)] == [2, 4]


def test_a_step_that_is_damaged_or_gone_is_told_and_costs_the_others_nothing(
    library, untaught, tiny_model, change
):
    keep_lesson(library, FIRST, "", untaught, tiny_model(1))
    change(library.path, "UPDATE lessons SET content = x'00' WHERE id = 2")
    for lesson in (2, 3):
        with pytest.raises(LibraryError, match="damaged"):
            model_of_lesson(library, lesson)
    back = model_of_lesson(library, 1)
    for name, tensor in back.state_dict.items():
        assert torch.equal(tensor, untaught.state_dict[name])


@pytest.mark.parametrize("value", ["9e999", "1e300", "-1", "'yesterday'"])
def test_a_time_that_never_was_is_damage(library, untaught, tiny_model, change, value):
    keep_lesson(library, FIRST, "", untaught, tiny_model(1))
    change(library.path, f"UPDATE lessons SET created = {value} WHERE id = 2")
    with pytest.raises(LibraryError, match="damaged"):
        list_lessons(library, FIRST)
