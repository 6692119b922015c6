"""Models that were saved or opened are at hand at the next start."""

from safetensors.torch import save_file

from mnist_desktop.learning.models.interpretation import InputFormat, Wish
from mnist_desktop.library.database import Library
from mnist_desktop.library.model_files import remembered
from mnist_desktop.ui.session.shelf import Entry


def test_a_saved_model_is_on_the_shelf_of_the_next_start(qtbot, session, sessions, tmp_path):
    entry = session.shelf.current
    path = tmp_path / "mine.safetensors"
    with qtbot.waitSignal(session.model_files.save(entry, path).ended):
        pass
    assert [one.name for one in session.shelf.entries] == ["default", "mine"]
    assert session.shelf.current.name == "mine"
    qtbot.waitUntil(lambda: remembered(Library()) == [(path.resolve(), None)])
    later = sessions()
    assert [one.name for one in later.shelf.entries] == ["default", "mine"]
    assert later.shelf.current.name == "mine"
    path.unlink()
    assert [one.name for one in sessions().shelf.entries] == ["default"]


def test_who_chooses_another_model_while_one_is_saved_reads_with_that(qtbot, session, tmp_path):
    default = session.shelf.current
    other = Entry("other", default.recognizer)
    session.shelf.add(other)
    with qtbot.waitSignal(session.model_files.save(default, tmp_path / "mine.safetensors").ended):
        session.shelf.read_with(other)
    assert session.shelf.current is other


def test_an_opened_model_is_remembered_and_a_damaged_one_is_not_told_of_again(
    qtbot, session, sessions, damaged_model, tmp_path
):
    path = tmp_path / "mine.safetensors"
    path.write_bytes(session.shelf.current.path.read_bytes())
    session.opening.open_model(path)
    qtbot.waitUntil(lambda: remembered(Library()) == [(path.resolve(), None)])
    path.write_bytes(damaged_model.read_bytes())
    later = sessions()
    faults = []
    later.failed.connect(faults.append)
    assert [one.name for one in later.shelf.entries] == ["default"]
    assert faults == []


def test_one_of_which_a_person_said_how_it_reads_does_so_at_the_next_start(
    qtbot, session, sessions, tmp_path
):
    path = tmp_path / "foreign.safetensors"
    save_file(session.shelf.current.recognizer.network.state_dict(), path)
    wish = Wish("tanh", InputFormat("0-255", white_paper=True))
    with qtbot.waitSignal(session.opening.interpreted):
        session.opening.open_model(path, wish)
    qtbot.waitUntil(lambda: not session.jobs.running)
    found = sessions().shelf.current.model.interpretation
    assert (found.activation, found.input) == (wish.activation, wish.input)


def test_one_that_is_written_although_it_was_called_off_is_saved(qtbot, session, tmp_path):
    path = tmp_path / "mine.safetensors"
    job = session.model_files.save(session.shelf.current, path)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert path.exists()
    assert session.shelf.current.path == path.resolve()
    qtbot.waitUntil(lambda: remembered(Library()) == [(path.resolve(), None)])
