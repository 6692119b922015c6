import dataclasses

import numpy as np
import pytest
import torch

from mnist_desktop.errors import UserError
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import write_again
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.evaluate.calibration import fitted_temperature
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NO_DIGIT, NetworkConfig, TrainingConfig
from mnist_desktop.learning.teach import teaching
from mnist_desktop.learning.teach.replay import Replay
from mnist_desktop.learning.teach.teaching import (
    Example,
    TeachingDone,
    TeachingProgress,
    prepare,
    teach,
)
from mnist_desktop.learning.train.training import train
from mnist_desktop.progress import Cancelled


def trained(splits, hidden, **known):
    config = TrainingConfig(NetworkConfig(hidden, **known), epochs=3, learning_rate=3e-3)
    *_, done = train(config, splits)
    return done.model(config, splits)


def meant_as_two(splits):
    """Examples of 12 digits, each of them meant as itself and as the next one."""
    pictures, labels = splits.validation.pictures[:12], splits.validation.labels[:12]
    return [
        Example((int(label) + more) % 10, picture)
        for picture, label in zip(pictures, labels, strict=True)
        for more in (0, 1)
    ]


@pytest.fixture(scope="module")
def some(mnist):
    """The first 6,000, 1,000 and 500 pictures of MNIST."""
    return Splits(
        "some", mnist.train.first(6000), mnist.validation.first(1000), mnist.test.first(500)
    )


@pytest.fixture(scope="module")
def model(some):
    """Knows MNIST a little, and nothing else."""
    return trained(some, (64,))


@pytest.fixture(scope="module")
def replay(some):
    drawings = scribble(60, np.random.default_rng(0))
    others = np.stack([normalise(one.drawing) for one in drawings])
    return Replay(some.train.first(300), Split(others, np.full(60, NO_DIGIT, np.uint8)))


@pytest.fixture(scope="module")
def prepared(model, some, replay):
    return prepare(model, some, replay)


@pytest.fixture(scope="module")
def twos(drawing_of):
    """Someone's twos, 15 times: two slanted lines between two upright ones."""
    one = drawing_of([[0, 100], [5, 0], [40, 70], [75, 0], [80, 100]])
    return [each.drawing for each in write_again([LabelledDrawing(one)], 15, _random(1))]


def _random(seed):
    return np.random.default_rng(seed)


def done_of(prepared, examples, seed=0):
    *_, done = teach(prepared.model, examples, prepared.splits, seed, prepared)
    assert isinstance(done, TeachingDone)
    return done


def read(model, drawings):
    return Recognizer(model).probabilities(np.stack([normalise(one) for one in drawings]))


def weights(model):
    return b"".join(tensor.numpy().tobytes() for tensor in model.state_dict.values())


@pytest.fixture(scope="module")
def taught(prepared, twos):
    """Three of the twos."""
    return done_of(prepared, [Example(2, one) for one in twos[:3]])


@pytest.fixture(scope="module")
def corrected(prepared, twos):
    """One of the twos."""
    return done_of(prepared, [Example(2, twos[0])])


class TestLearning:
    def test_the_next_ones_are_read_as_meant(self, model, taught, twos):
        assert (read(model, twos).argmax(axis=1) == 2).mean() < 0.2  # or it would show nothing
        assert taught.is_taught
        assert taught.kept_because is None
        assert (read(taught.model, twos[3:]).argmax(axis=1) == 2).mean() >= 0.6

    def test_a_single_correction_is_enough(self, corrected, twos):
        assert (read(corrected.model, twos[1:]).argmax(axis=1) == 2).mean() >= 0.6

    def test_a_picture_teaches_as_well(self, prepared, twos):
        done = done_of(prepared, [Example(2, normalise(one)) for one in twos[:3]])
        assert (read(done.model, twos[3:]).argmax(axis=1) == 2).mean() >= 0.6

    def test_of_what_is_no_digit_it_is_less_sure(self, prepared, model, twos):
        done = done_of(prepared, [Example(NO_DIGIT, twos[0])])
        before, after = (read(one, twos[1:]).max(axis=1).mean() for one in (model, done.model))
        assert after < before - 0.1

    def test_more_than_bring_neurons_are_learned(self, prepared, twos, monkeypatch):
        monkeypatch.setattr("mnist_desktop.learning.teach.tuning.MOST_NEURONS", 4)
        done = done_of(prepared, [Example(2, one) for one in twos[:10]])
        assert done.model.network.hidden == (68,)
        assert (read(done.model, twos[10:]).argmax(axis=1) == 2).mean() >= 0.6

    @pytest.mark.parametrize(
        "known", [{"activation": "tanh", "output": "log_softmax"}, {"activation": "gelu"}]
    )
    def test_networks_of_other_kinds_learn_too(self, some, replay, twos, known):
        model = trained(some, (64, 32), **known)
        done = done_of(prepare(model, some, replay), [Example(2, twos[0])])
        before, after = (read(one, twos[1:])[:, 2].mean() for one in (model, done.model))
        assert after > 2 * before
        assert done.mnist_after.accuracy >= done.mnist_before.accuracy - 0.01

    def test_the_model_stays_as_it_was(self, prepared, model, twos):
        before = weights(model), model.network, model.temperature
        done = done_of(prepared, [Example(2, twos[0])])
        assert done.model is not model
        assert (weights(model), model.network, model.temperature) == before

    def test_the_same_seed_gives_the_same_model(self, prepared, corrected, twos):
        again, other = (done_of(prepared, [Example(2, twos[0])], seed) for seed in (0, 1))
        assert weights(again.model) == weights(corrected.model)
        assert weights(other.model) != weights(corrected.model)

    def test_a_taught_model_can_be_taught_more(self, some, replay, taught, twos):
        mirrored = [_mirrored(one) for one in twos]
        again = done_of(prepare(taught.model, some, replay), [Example(5, mirrored[0])])
        assert (read(again.model, mirrored[1:]).argmax(axis=1) == 5).mean() >= 0.6
        assert [lesson.counts[2] for lesson in again.model.lessons] == [3, 0]
        assert again.model.lessons[1].base == taught.model.sha256


def _mirrored(drawing):
    strokes = (
        dataclasses.replace(stroke, points=stroke.points * (-1, 1)) for stroke in drawing.strokes
    )
    return dataclasses.replace(drawing, strokes=tuple(strokes))


class TestTemplates:
    def test_the_way_the_pen_went_is_kept_and_speaks_when_something_is_drawn(
        self, model, taught, twos
    ):
        known = taught.model.templates
        assert known.labels.tolist() == [2, 2, 2]
        assert not model.templates
        plain = Recognizer(dataclasses.replace(taught.model, templates=Templates()))
        for drawing in twos[3:6]:
            (with_them,), (without,) = (
                reader.read(drawing, 0.0).digits for reader in (Recognizer(taught.model), plain)
            )
            assert with_them.probabilities[2] > without.probabilities[2]
            assert with_them.seen.digit == without.digit

    def test_a_picture_and_what_is_no_digit_have_no_way(self, prepared, twos):
        examples = [Example(2, normalise(twos[0])), Example(NO_DIGIT, twos[1]), Example(2, twos[2])]
        assert done_of(prepared, examples).model.templates.labels.tolist() == [2]

    def test_taught_more_it_knows_both(self, some, replay, taught, twos):
        again = done_of(prepare(taught.model, some, replay), [Example(5, _mirrored(twos[0]))])
        assert again.model.templates.labels.tolist() == [2, 2, 2, 5]

    def test_a_model_that_writes_otherwise_is_another(self, taught):
        plain = dataclasses.replace(taught.model, templates=Templates())
        assert plain.sha256 != taught.model.sha256
        known = taught.model.templates
        meant = dataclasses.replace(known, labels=known.labels + 1)
        other = dataclasses.replace(taught.model, templates=meant)
        assert other.sha256 != taught.model.sha256

    def test_what_is_set_aside_is_not_among_its_own_templates(self, prepared, drawing_of):
        """Lines that nobody guides: by heart all are known, and none from the others."""
        lines = [drawing_of(_random(n).normal(size=(9, 2)).cumsum(axis=0)) for n in range(18)]
        labels = _random(1).permutation(np.arange(18) % 9)
        done = done_of(prepared, [Example(int(a), b) for a, b in zip(labels, lines, strict=True)])
        assert done.after.accuracy < 0.5

    def test_how_sure_it_was_is_told_by_its_temperature(self, prepared, model, some, replay, twos):
        """Of no digit it should have been unsure, and where it is cold it is sure of everything."""
        cold = prepare(dataclasses.replace(model, temperature=0.02), some, replay)
        examples = [Example(NO_DIGIT, one) for one in twos[:4]]
        assert done_of(cold, examples).before.accuracy == 0
        warm = prepare(dataclasses.replace(model, temperature=50.0), some, replay)
        assert done_of(warm, examples).before.accuracy == 1

    def test_before_it_knows_what_it_was_taught_before(self, some, replay, taught, twos):
        """And so it read these rightly."""
        known = prepare(taught.model, some, replay)
        plain = prepare(dataclasses.replace(taught.model, templates=Templates()), some, replay)
        examples = [Example(2, one) for one in twos[:6]]
        assert done_of(known, examples).before.accuracy == 1
        assert done_of(plain, examples).before.accuracy < 1


class TestJudging:
    def test_mnist_is_not_lost(self, taught):
        assert taught.mnist_before.total == 500
        assert taught.mnist_after.accuracy >= taught.mnist_before.accuracy - 0.005

    def test_the_scores_are_those_of_the_models(self, model, taught, some):
        for one, score in ((model, taught.mnist_before), (taught.model, taught.mnist_after)):
            network = MLP(one.network)
            network.load_state_dict(one.state_dict)
            assert predict(network, some.test).score == score

    def test_what_forgets_is_not_kept(self, prepared, model, twos, monkeypatch):
        monkeypatch.setattr(teaching, "share_kept", lambda *_: 0.0)
        done = done_of(prepared, [Example(2, twos[0])])
        assert done.model is model
        assert not done.is_taught
        assert done.kept_because == teaching.FORGETS

    def test_what_reads_the_persons_own_worse_is_not_kept(self, prepared, model, some, monkeypatch):
        """Each digit is meant as two: whichever is set aside, the other has been learned."""
        monkeypatch.setattr(teaching, "share_kept", lambda *_: 1.0)
        done = done_of(prepared, meant_as_two(some))
        assert done.after.accuracy < done.before.accuracy
        assert done.model is model
        assert done.kept_because == teaching.READS_WORSE

    def test_what_is_set_aside_is_read_with_as_much_as_is_kept(self, prepared, some, monkeypatch):
        """Where next to nothing is, it is read as before: not worse, so that it is taught."""
        monkeypatch.setattr(teaching, "share_kept", lambda *_: 1e-9)
        done = done_of(prepared, meant_as_two(some))
        assert done.after == done.before
        assert done.is_taught

    def test_what_was_learned_by_heart_does_not_count(self, prepared):
        """Noise has no style."""
        pictures = _random(0).integers(0, 256, (18, 28, 28), dtype=np.uint8)
        labels = _random(1).permutation(np.arange(18) % 9)
        done = done_of(
            prepared, [Example(int(a), b) for a, b in zip(labels, pictures, strict=True)]
        )
        assert done.after.total == 18
        assert done.after.accuracy < 0.5

    def test_before_and_after_are_of_the_persons_own(self, taught):
        assert taught.taught == taught.after.total == 3
        assert taught.before.accuracy < taught.after.accuracy

    def test_one_example_tells_nothing_of_others(self, corrected):
        assert (corrected.before, corrected.after) == (None, None)
        assert corrected.is_taught

    def test_it_is_calibrated_again(self, taught, some):
        network = MLP(taught.model.network)
        network.load_state_dict(taught.model.state_dict)
        found = predict(network, some.validation)
        expected = fitted_temperature(found.probabilities, some.validation.labels)
        assert taught.model.temperature == pytest.approx(expected, rel=1e-3)

    def test_the_card_says_what_was_taught(self, model, taught, some):
        (lesson,) = taught.model.lessons
        assert lesson.counts == (0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0)
        assert lesson.base == model.sha256
        assert (lesson.before, lesson.after) == (taught.before, taught.after)
        (measured,) = taught.model.measurements
        assert (measured.score, measured.split) == (taught.mnist_after, "test")
        assert measured.sha256 == some.test.sha256


class TestEvents:
    def test_progress_goes_up_to_one(self, prepared, twos):
        examples = [Example(2, one) for one in twos[:3]]
        *events, _ = teach(prepared.model, examples, prepared.splits, 0, prepared)
        shares = [event.share for event in events if isinstance(event, TeachingProgress)]
        assert len(shares) == len(events) > 50
        assert shares == sorted(shares)
        assert (shares[0], shares[-1]) == (0.0, 1.0)

    def test_closing_it_calls_it_off(self, prepared, model, twos):
        before = weights(model)
        events = teach(model, [Example(2, one) for one in twos[:3]], prepared.splits, 0, prepared)
        torch.set_num_threads(2)
        try:
            for _ in range(20):
                next(events)
            assert torch.get_num_threads() == 1
            events.close()
            assert list(events) == []
            assert torch.get_num_threads() == 2
        finally:
            torch.set_num_threads(1)
        assert weights(model) == before

    def test_what_is_prepared_for_another_model_is_not_used(
        self, model, prepared, some, replay, twos, monkeypatch
    ):
        monkeypatch.setattr(teaching, "prepare", lambda *given: prepare(*given, replay))
        other = dataclasses.replace(
            model, state_dict={name: -one for name, one in model.state_dict.items()}
        )
        *_, done = teach(other, [Example(2, twos[0])], some, 0, prepared)
        assert done.mnist_before != prepared.model.test_score

    def test_what_is_prepared_can_be_called_off_on_the_way(self, model, some, replay):
        heard = []
        prepare(model, some, replay, heard.append)
        assert len(heard) > 2
        assert heard == sorted(heard)

        def call_off(done):
            if done == heard[1]:
                raise Cancelled

        with pytest.raises(Cancelled):
            prepare(model, some, replay, call_off)

    def test_what_is_hardest_to_tell_is_practised_along(self, model, some, replay, monkeypatch):
        monkeypatch.setattr("mnist_desktop.learning.teach.preparation.HARDEST", 50)
        hard, *_ = prepare(model, some, replay).replay
        assert len(hard.labels) == 50
        first, second = hard.logits.topk(2, dim=1).values.t()
        shares = np.sort(np.log(Recognizer(model).probabilities(some.train.pictures)))
        margins = np.sort(shares[:, -1] - shares[:, -2]) * model.temperature
        assert (first - second).max().item() == pytest.approx(margins[49], abs=1e-3)

    def test_without_examples_there_is_nothing_to_learn(self, prepared):
        with pytest.raises(UserError, match="nothing to learn from"):
            next(teach(prepared.model, [], prepared.splits, 0, prepared))

    def test_a_network_without_a_hidden_layer_cannot_be_taught(self, some, replay):
        config = NetworkConfig(())
        with pytest.raises(UserError, match="no hidden layer"):
            prepare(Model(config, MLP(config).state_dict()), some, replay)
