"""All pictures of the data set, and those that a filter lets through."""

import numpy as np
import pytest

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.evaluate import evaluation
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.library.labels import keep_labels
from mnist_desktop.ui.session import work
from mnist_desktop.ui.session.data.gallery import Gallery, GalleryFilter
from mnist_desktop.ui.session.data.specimen import Place
from mnist_desktop.ui.session.shelf import Entry, Shelf


@pytest.fixture
def gallery(desk):
    return desk.gallery


@pytest.fixture
def show(qtbot, desk, gallery):
    def show(*wanted, **more):
        gallery.show(GalleryFilter(*wanted, **more))
        qtbot.waitUntil(lambda: not desk.jobs.running)
        return gallery.numbers.tolist()

    return show


def right_and_wrong(desk, split):
    """What the model makes of a split, without the gallery."""
    found = desk.shelf.current.recognizer.probabilities(split.pictures).argmax(axis=1)
    return found, np.flatnonzero(found != split.labels)


def test_a_split_or_all_of_them(show):
    assert show("test") == list(range(2500, 3000))
    assert show(None) == list(range(3000))
    assert show("train") == list(range(2000))


def test_pictures_and_captions_are_those_of_the_numbers(gallery, small, show):
    show("validation", 7)
    of_seven = np.flatnonzero(small.validation.labels == 7)
    assert (gallery.numbers - 2000).tolist() == of_seven.tolist()
    assert gallery.captions == ["7"] * len(of_seven)
    assert len(gallery.pictures) == len(of_seven)
    np.testing.assert_array_equal(gallery.pictures[-1], small.validation.pictures[of_seven[-1]])
    np.testing.assert_array_equal(gallery.pictures[1:3][1], small.validation.pictures[of_seven[2]])


def test_how_far_the_reading_is_is_told_of_all_splits(desk, show, monkeypatch):
    monkeypatch.setattr(evaluation, "CHUNK", 500)
    monkeypatch.setattr(work, "REPORT_SECONDS", 0.0)
    told = []

    def note():
        told.extend(job.done for job in desk.jobs.running if job.title.startswith("Reading all"))

    desk.jobs.changed.connect(note)
    show("test", is_wrong=True)
    assert told == sorted(told)
    assert sorted(set(told)) == pytest.approx(np.arange(7) / 6)


def test_without_a_model_the_pictures_are_there_and_not_read(qtbot, desk, small, session_of):
    gallery = Gallery(session_of(**vars(desk) | {"shelf": Shelf()}))
    desk.data_set.take(small)
    gallery.show(GalleryFilter("test"))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert gallery.captions == [str(label) for label in small.test.labels]
    assert gallery.read is None


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (0, Place("train", 0)),
        (1999, Place("train", 1999)),
        (2000, Place("validation", 0)),
        (2999, Place("test", 499)),
    ],
)
def test_a_number_is_a_place_and_the_other_way_round(gallery, number, place):
    assert gallery.place(number) == place
    assert gallery.number(place) == number


def test_what_is_read_wrongly_is_found_out_once_for_a_model(qtbot, desk, gallery, show, small):
    read, wrong = right_and_wrong(desk, small.train)
    assert len(wrong), "or this would look at nothing"
    gallery.show(GalleryFilter("train", is_wrong=True))
    assert gallery.is_reading
    assert len(gallery.numbers) == 0
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert gallery.numbers.tolist() == wrong.tolist()
    first = wrong[0]
    assert gallery.captions[0] == f"{small.train.labels[first]} → {read[first]}"
    with qtbot.assertNotEmitted(desk.jobs.changed):
        gallery.show(GalleryFilter("test", is_wrong=True))
    assert gallery.numbers.tolist() == (right_and_wrong(desk, small.test)[1] + 2500).tolist()
    other = Entry("other", desk.shelf.current.recognizer)
    desk.shelf.add(other)
    with qtbot.waitSignal(gallery.outdated):
        desk.shelf.read_with(other)


def test_of_many_models_it_is_known_what_the_last_ones_read(qtbot, desk, gallery, show):
    model = desk.shelf.current.model
    for number in range(5):
        entry = Entry(f"model {number}", Recognizer(model))
        desk.shelf.add(entry)
        desk.shelf.read_with(entry)
        assert show("test", is_wrong=True)
    for entry in reversed(desk.shelf.entries[2:]):
        desk.shelf.read_with(entry)
        assert gallery.read is not None, entry.name


def test_another_filter_while_all_is_read_does_not_begin_anew(qtbot, desk, gallery):
    gallery.show(GalleryFilter("train", is_wrong=True))
    (job,) = [one for one in desk.jobs.running if "Reading all" in one.title]
    gallery.show(GalleryFilter("test", is_wrong=True))
    assert not job.is_cancelled
    gallery.show(GalleryFilter("test"))
    assert job.is_cancelled
    assert not gallery.is_reading


def test_once_it_is_called_off_it_is_not_said_to_be_read(desk, gallery):
    gallery.show(GalleryFilter("train", is_wrong=True))
    (job,) = [one for one in desk.jobs.running if "Reading all" in one.title]
    job.cancel()
    assert not gallery.is_reading


def test_of_a_single_picture_it_is_known_what_a_person_has_said(qtbot, desk, gallery, small):
    """Also where nobody has looked at the gallery."""
    label = (int(small.test.labels[7]) + 1) % 10
    keep_labels(desk.library, small.test.sha256, {7: label})
    place = Place("test", 7)
    plain = gallery.specimen(place)
    assert (plain.label, plain.own_label) == (str(small.test.labels[7]), "")
    assert plain.mark == ""
    qtbot.waitUntil(lambda: not desk.jobs.running)
    said = gallery.specimen(place)
    assert (said.label, said.own_label, said.mark) == (str(label), plain.label, " ✎")


def test_a_label_of_no_picture_that_there_is_is_passed_over(desk, gallery, show, small):
    labels = [(int(label) + 1) % 10 for label in small.test.labels[[7, 8]]]
    keep_labels(desk.library, small.test.sha256, {7: labels[0], 10_000: 3, 8: labels[1]})
    show("test")
    assert gallery.captions[7:9] == [f"{label} ✎" for label in labels]


def test_another_model_reads_all_of_them_itself(qtbot, desk, gallery, tiny_model):
    gallery.show(GalleryFilter("train", is_wrong=True))
    other = Entry("other", Recognizer(tiny_model()))
    desk.shelf.add(other)
    desk.shelf.read_with(other)
    gallery.show(GalleryFilter("train", is_wrong=True))
    qtbot.waitUntil(lambda: gallery.read is not None)
    _, wrong = right_and_wrong(desk, desk.data_set.splits.train)
    assert gallery.numbers.tolist() == wrong.tolist()


def test_another_data_set_is_asked_for_anew(qtbot, desk, gallery, show, small):
    show("train", is_wrong=True)
    gallery.chosen = 1999
    with qtbot.waitSignal(gallery.outdated):
        desk.data_set.take(Splits("other", small.test, small.validation, small.train))
    assert gallery.read is None
    assert gallery.chosen == 0
    assert gallery.captions == [], "those of before are not there"
    assert len(show("train")) == 500


def test_what_was_being_read_of_another_data_set_is_not_told(qtbot, desk, gallery, small):
    gallery.show(GalleryFilter("train", is_wrong=True))
    (job,) = [one for one in desk.jobs.running if "Reading all" in one.title]
    desk.data_set.take(Splits("other", small.test, small.validation, small.train))
    assert job.is_cancelled


def test_a_corrected_label_counts_and_what_is_shown_stays_until_one_asks(
    desk, gallery, show, small
):
    wrong = show("train", is_wrong=True)
    read = int(gallery.read[wrong[0]])
    desk.labels.correct("train", wrong[0], read)
    assert gallery.numbers.tolist() == wrong
    assert gallery.captions[0] == f"{read} ✎"
    specimen = gallery.specimen(Place("train", wrong[0]))
    assert (specimen.label, specimen.own_label) == (str(read), str(small.train.labels[wrong[0]]))
    assert show("train", is_wrong=True) == wrong[1:]
    assert show("train", is_corrected=True) == wrong[:1]
    assert wrong[0] in show("train", read)
    assert show("test", is_corrected=True) == []


def test_the_same_pictures_are_the_same_object_so_that_a_view_need_not_begin_at_the_top(
    gallery, show
):
    show("train", 3)
    before = gallery.numbers
    show("train", 3)
    assert gallery.numbers is before
    show("train", 4)
    assert gallery.numbers is not before


def test_one_is_looked_at_among_all_of_its_split(qtbot, desk, gallery, show):
    show("train", 3, is_corrected=True)
    with qtbot.waitSignal(desk.specimens.data_wanted):
        desk.specimens.show_in_data(Place("test", 42))
    assert gallery.filter == GalleryFilter("test")
    assert gallery.chosen == 2542
    assert gallery.row(gallery.chosen) == 42


def test_one_that_is_not_shown_has_no_row(gallery, show, small):
    show("train", int(small.train.labels[5]))
    assert gallery.row(5) is not None
    assert gallery.numbers[gallery.row(5)] == 5
    show("train", (int(small.train.labels[5]) + 1) % 10)
    assert gallery.row(5) is None
    assert gallery.row(2999) is None
