import csv
import gzip
import itertools
import json
import signal
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from mnist_desktop import commands
from mnist_desktop.cli import main
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import open_dataset
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.evaluation import predict, read_strokes_set
from mnist_desktop.learning.evaluate.measures import wilson_interval
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import open_model, save_model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NO_DIGIT, PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.learning.teach import preparation, teaching
from mnist_desktop.learning.teach.replay import Replay
from mnist_desktop.paths import DEFAULT_MODEL

UNIPEN = Path(__file__).parents[2] / "shared" / "strokes" / "unipen-dev.jsonl.gz"

SEVEN = [[[120, 90], [200, 88], [280, 92], [250, 180], [200, 320]]]
ONE = [[[200, 50], [200, 350]]]


@pytest.fixture(autouse=True)
def _cores():
    """Two, on any machine; and commands, which are processes as a rule, leave them to others."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def cores(monkeypatch):
    """How many cores torch may use at each making of a recogniser, the first to use them."""
    seen = []

    def make(model):
        seen.append(torch.get_num_threads())
        return Recognizer(model)

    monkeypatch.setattr(commands, "Recognizer", make)
    return seen


@pytest.fixture
def run(capsys):
    """Runs a command; its status and what it says on both streams."""

    def call(*words):
        status = main([str(word) for word in words])
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return status, streams.out, streams.err

    return call


@pytest.fixture
def json_of(run):
    """Runs a command with --json; the one object on standard output."""

    def call(*words):
        status, out, _ = run(*words, "--json")
        assert status == 0
        assert out.count("\n") == 1
        return json.loads(out)

    return call


@pytest.fixture
def fault_of(run):
    """The text of the error with which a command ends, and nothing else is said."""

    def call(*words):
        for options in ([], ["--json"]):
            status, out, err = run(*words, *options)
            assert status == 1
            assert out == ""
            assert err.startswith("mnist-desktop: ")
            assert err.count("\n") == 1
        return err

    return call


@pytest.fixture
def train(small_npz, tmp_path):
    """The words of a short training."""
    return (
        "train",
        "--data",
        small_npz,
        "--hidden",
        "16",
        "--device",
        "cpu",
        *("--epochs", 3, "--out", tmp_path / "my.safetensors"),
    )


@pytest.fixture
def strokes(tmp_path):
    def write(*drawings, name="drawings.jsonl"):
        path = tmp_path / name
        path.write_text(
            "".join(
                json.dumps({"label": label, "strokes": strokes}) + "\n"
                for label, strokes in drawings
            )
        )
        return path

    return write


class TestTrain:
    def test_the_json_tells_epochs_score_and_file(self, json_of, train, tmp_path):
        result = json_of(*train)
        assert set(result) == {"epochs", "final", "out"}
        assert [epoch["epoch"] for epoch in result["epochs"]] == [1, 2, 3]
        for epoch in result["epochs"]:
            assert set(epoch) == {
                *("epoch", "train_loss", "train_accuracy"),
                *("test_loss", "test_accuracy", "seconds"),
            }
            assert epoch["seconds"] > 0
            assert 0 < epoch["train_accuracy"] < 1
        assert set(result["final"]) == {"test_accuracy", "interval"}
        assert result["final"]["interval"] == list(
            wilson_interval(round(500 * result["final"]["test_accuracy"]), 500)
        )
        assert result["out"] == str(tmp_path / "my.safetensors")

    def test_the_saved_model_is_the_best_epoch_s(self, json_of, train, small_npz):
        result = json_of(*train)
        model, splits = open_model(Path(result["out"])), open_dataset(small_npz)
        network = MLP(model.network)
        network.load_state_dict(model.state_dict)
        best = max(epoch["test_accuracy"] for epoch in result["epochs"])
        assert predict(network, splits.validation).score.accuracy == best
        assert predict(network, splits.test).score.accuracy == result["final"]["test_accuracy"]
        assert model.test_score.accuracy == result["final"]["test_accuracy"]
        assert model.measurements[0].sha256 == splits.test.sha256

    def test_lines_for_people_come_every_second_epoch_and_at_the_end(self, run, train):
        status, out, err = run(*train)
        assert (status, err) == (0, "")
        first, second, end, saved = out.splitlines()
        assert first == "training 784-16-10 on 2,084 pictures"
        assert second.startswith("epoch 2: train loss ")
        assert end.startswith("All 3 epochs are done. The weights of epoch ")
        assert "% of 500 digits" in end
        assert saved.startswith("saved as ")

    def test_with_json_they_come_on_the_other_stream(self, run, train):
        _, _, err = run(*train, "--json", "--log-every", 1)
        assert [line.split()[0] for line in err.splitlines()] == [
            *("training", "epoch", "epoch", "epoch", "All", "saved"),
        ]

    def test_the_same_seed_gives_the_same_and_another_another(self, json_of, train):
        def figures(seed):
            epochs = json_of(*train, "--seed", seed)["epochs"]
            return [{**epoch, "seconds": 0} for epoch in epochs]

        assert figures(1) == figures(1) != figures(2)

    def test_every_option_is_heard(self, json_of, train):
        result = json_of(
            *train,
            *("--preset", "article", "--limit", 100, "--hidden", "16,8", "--activation", "tanh"),
            *("--dropout", 0.1, "--loss", "nll", "--optimizer", "sgd", "--lr", 0.05),
            *("--momentum", 0.5, "--weight-decay", 0.001, "--schedule", "cosine"),
            *("--epochs", 2, "--batch-size", 50, "--no-shuffle", "--workers", 0, "--seed", 7),
            *("--log-every", 1, "--patience", 3, "--minimum-improvement", 0.01),
        )
        assert open_model(Path(result["out"])).training == TrainingConfig(
            NetworkConfig((16, 8), "tanh", 0.1, "log_softmax"),
            optimizer="sgd",
            learning_rate=0.05,
            momentum=0.5,
            weight_decay=0.001,
            schedule="cosine",
            epochs=2,
            batch_size=50,
            shuffle=False,
            seed=7,
            log_every=1,
            patience=3,
            minimum_improvement=0.01,
            device="cpu",
            limit=100,
        )

    def test_without_options_it_is_the_preset(self, json_of, tmp_path, monkeypatch, small):
        monkeypatch.setattr(commands, "bundled_mnist", lambda: small)
        result = json_of("train", "--out", tmp_path / "a.safetensors")
        model = open_model(Path(result["out"]))
        assert model.training == PRESETS["article"]
        assert len(result["epochs"]) == 10
        assert result["final"]["test_accuracy"] > 0.8

    def test_no_hidden_layer(self, json_of, train):
        result = json_of(*train, "--hidden", "", "--epochs", 1)
        assert open_model(Path(result["out"])).network == NetworkConfig(())

    def test_stopping_early_is_said(self, run, train):
        _, out, _ = run(*train, "--lr", 1e-8, "--epochs", 50, "--patience", 2)
        assert "Stopped early after epoch 3: 2 in a row" in out

    def test_a_run_that_diverges_says_what_to_try_and_saves_nothing(self, run, train, tmp_path):
        status, out, err = run(*train, "--optimizer", "sgd", "--lr", 100, "--weight-decay", 10)
        assert status == 1
        assert "Try a lower learning rate than 100, for example 0.05." in out
        assert err == "mnist-desktop: Nothing was saved.\n"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("options", "fault"),
        [
            (["--data", "nowhere"], "nowhere: does not exist"),
            (["--data", Path(__file__)], "test_commands.py: is not a data set"),
            (["--out", "a.pt"], "a.pt: a model is saved as .safetensors"),
            (["--out", "nowhere/a.safetensors"], "the folder nowhere does not exist"),
            (["--out", "n" * 5000 + "/a.safetensors"], "does not exist"),
        ],
    )
    def test_faults_are_found_before_anything_is_trained(
        self, fault_of, train, monkeypatch, options, fault
    ):
        monkeypatch.setattr(commands, "run_training", lambda *_: pytest.fail("it is trained"))
        assert fault in fault_of(*train, *options)

    @pytest.mark.parametrize(
        ("options", "fault"),
        [
            (["--epochs", 0], "epochs is 0"),
            (["--lr", "nan"], "learning_rate is nan"),
            (["--hidden", "a,b"], "Hidden layers are whole numbers"),
            (["--hidden", "16384,16384"], "parameters"),
            (["--limit", 0], "limit is 0"),
        ],
    )
    @pytest.mark.parametrize("json", [[], ["--json"]])
    def test_a_setting_that_cannot_be_is_wrong_usage(
        self, run, train, capsys, monkeypatch, options, fault, json
    ):
        monkeypatch.setattr(commands, "run_training", lambda *_: pytest.fail("it is trained"))
        with pytest.raises(SystemExit) as ended:
            run(*train, *options, *json)
        assert ended.value.code == 2
        streams = capsys.readouterr()
        assert streams.out == ""
        assert streams.err.startswith("usage: mnist-desktop")
        assert fault in streams.err

    @pytest.mark.parametrize("device", ["cuda", "mps"])
    def test_a_device_that_is_not_there(self, run, train, monkeypatch, device):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
        status, _, err = run(*train, "--device", device)
        assert status == 1
        assert f"no {device} device" in err

    def test_what_cannot_be_saved_there_is_saved_elsewhere(self, run, train, tmp_path, monkeypatch):
        real = commands.run_training

        def folder_in_the_way(*arguments):
            (tmp_path / "my.safetensors").mkdir()
            return real(*arguments)

        monkeypatch.setattr(commands, "run_training", folder_in_the_way)
        refuge = tmp_path / "refuge"
        refuge.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(refuge))
        (refuge / "my.safetensors").write_text("somebody else's")
        status, out, err = run(*train, "--json")
        assert status == 0
        assert "my.safetensors: cannot be saved" in err
        saved = Path(json.loads(out)["out"])
        assert saved.name == "my.safetensors"
        assert saved.is_relative_to(refuge)
        assert open_model(saved).network == NetworkConfig((16,))
        assert (refuge / "my.safetensors").read_text() == "somebody else's"

    def test_where_nothing_can_be_saved_anywhere_that_is_said(
        self, run, train, tmp_path, monkeypatch
    ):
        real = commands.run_training

        def full():
            raise FileNotFoundError(2, "No usable temporary directory found")

        def fill(*arguments):
            (tmp_path / "my.safetensors").mkdir()
            monkeypatch.setattr(tempfile, "gettempdir", full)
            return real(*arguments)

        monkeypatch.setattr(commands, "run_training", fill)
        status, _, err = run(*train, "--json")
        assert status == 1
        assert "mnist-desktop: my.safetensors: cannot be saved" in err

    @pytest.mark.skipif(sys.platform == "win32", reason="no such links here")
    def test_a_link_to_itself_is_no_place_to_save(self, run, train, tmp_path, monkeypatch):
        monkeypatch.setattr(commands, "run_training", lambda *_: pytest.fail("it is trained"))
        (tmp_path / "my.safetensors").symlink_to("my.safetensors")
        status, _, err = run(*train)
        assert status == 1
        assert "my.safetensors: is a link that leads to itself" in err

    def test_a_folder_is_refused_before_anything_is_trained(self, fault_of, train, tmp_path):
        (tmp_path / "my.safetensors").mkdir()
        assert "my.safetensors: is a folder" in fault_of(*train)


class TestInterrupting:
    def test_the_best_of_the_epochs_so_far_is_saved(self, json_of, train, monkeypatch):
        def interrupt(record):
            signal.raise_signal(signal.SIGINT)
            return f"epoch {record.epoch}"

        monkeypatch.setattr(commands, "epoch_in_words", interrupt)  # it tells of each second one
        result = json_of(*train, "--epochs", 1000)
        assert len(result["epochs"]) == 2
        assert open_model(Path(result["out"])).test_score


class TestEvaluate:
    def test_the_default_model_on_mnist_s_official_test_set(self, json_of, mnist):
        result = json_of("evaluate", "default")
        assert set(result) == {"accuracy", "interval", "n", "confusion", "calibration_error"}
        assert result["accuracy"] >= 0.992
        assert result["calibration_error"] <= 0.01
        assert result["n"] == 10_000
        confusion = np.array(result["confusion"])
        assert confusion.shape == (10, 10)
        np.testing.assert_array_equal(confusion.sum(axis=1), np.bincount(mnist.test.labels))
        assert confusion.trace() / 10_000 == result["accuracy"]
        assert result["interval"] == list(wilson_interval(confusion.trace(), 10_000))

    @pytest.mark.parametrize(("split", "count"), [("test", 500), ("validation", 416)])
    def test_the_splits_of_another_data_set(self, json_of, small_npz, split, count):
        result = json_of("evaluate", "default", "--data", small_npz, "--split", split)
        recognizer = Recognizer(open_model(DEFAULT_MODEL))
        measured = getattr(open_dataset(small_npz), split)
        read = recognizer.probabilities(measured.pictures).argmax(axis=1)
        assert result["n"] == count
        assert result["accuracy"] == pytest.approx((read == measured.labels).mean())

    def test_for_people_it_is_a_sentence_and_a_table(self, run, small_npz):
        status, out, err = run("evaluate", "default", "--data", small_npz)
        assert (status, err) == (0, "")
        sentence, head, *rows, calibration = out.splitlines()
        assert calibration.startswith("expected calibration error: ")
        assert "% of 500 digits" in sentence
        assert head.split() == ["read", "as", *map(str, range(10))]
        assert [row.split()[0] for row in rows] == list(map(str, range(10)))
        assert sum(int(count) for row in rows for count in row.split()[1:]) == 500

    def test_by_what_the_best_epoch_was_chosen_is_told(self, run, small_npz):
        """Of the validation split, which says a little more than it should."""
        words = ("evaluate", "default", "--data", small_npz, "--split")
        told = ["chosen by them" in run(*words, split)[1] for split in ("validation", "test")]
        assert told == [True, False]

    def test_strokes_have_predictions_and_scores_too(self, json_of, strokes):
        path = strokes((7, SEVEN), ("7", ONE), (None, ONE), ("dog", SEVEN), (3, []))
        result = json_of("evaluate", "default", "--strokes", path)
        assert set(result) >= {"accuracy", "interval", "n", "confusion", "predictions", "scores"}
        assert result["predictions"] == ["7", "1", "1", "7", ""]
        assert result["accuracy"] == pytest.approx(1 / 3)
        assert result["n"] == 3
        assert result["confusion"][7][7] == result["confusion"][7][1] == 1
        recognizer = Recognizer(open_model(DEFAULT_MODEL))
        expected = [recognizer.read(one.drawing) for one in read_strokes(path)]
        assert result["scores"] == pytest.approx([reading.confidence for reading in expected])

    def test_strokes_are_reported_by_digit_and_with_how_far_the_scores_can_be_believed(
        self, json_of, run, strokes
    ):
        path = strokes((7, SEVEN), (7, ONE), (1, ONE), (None, SEVEN))
        result = json_of("evaluate", "default", "--strokes", path)
        readings = read_strokes_set(Recognizer(open_model(DEFAULT_MODEL)), read_strokes(path))
        assert result["by_digit"] == {"1": 1.0, "7": 0.5}
        assert result["by_writer_group"] == {}
        assert result["calibration_error"] == pytest.approx(readings.calibration_error)
        assert result["auroc"] == readings.digits_told_apart
        assert result["kept"] == 1.0
        _, out, _ = run("evaluate", "default", "--strokes", path)
        assert "by digit:\n  1 100.0 % of 1, 20.7–100.0\n  7  50.0 % of 2, 9.5–90.5\n" in out
        assert f"error: {100 * readings.calibration_error:.1f} %\n" in out
        assert "writers" not in out
        assert "outside" not in out

    def test_what_people_read_of_drawings_is_all_that_was_measured(self, run, tmp_path):
        path = tmp_path / "drawings.jsonl"
        right = [[[x + 300, y] for x, y in line] for line in ONE]
        drawings = [
            {"label": 7, "writer": "ann/1", "strokes": SEVEN},
            {"label": 7, "writer": "ann/2", "strokes": ONE},
            {"label": "71", "writer": "bob", "strokes": SEVEN + right},
            {"label": None, "strokes": [[[0, 0], [1, 1]], *SEVEN]},
        ]
        path.write_text("\n".join(map(json.dumps, drawings)))
        _, out, _ = run("evaluate", "default", "--strokes", path)
        lines = out.splitlines()
        assert lines[0] == "66.7 % of 3 drawings, 20.8–93.9 (95 % interval)"
        assert lines[1].startswith("read as ")
        assert lines[12:18] == [
            "outside of this table, which is of single digits: 1",
            *("by digit:", "  7  50.0 % of 2, 9.5–90.5"),
            "by group of writers:",
            *("  ann  50.0 % of 2, 9.5–90.5", "  bob 100.0 % of 1, 20.7–100.0"),
        ]
        assert [line.partition(": ")[0] for line in lines[18:]] == [
            "expected calibration error",
            "digits told from what is none (AUROC)",
            "kept, that is answered, of what is read rightly",
        ]

    def test_strictness_decides_what_is_declined_and_not_what_is_right(self, json_of, strokes):
        path = strokes((7, SEVEN), (1, ONE))
        never, always = (
            json_of("evaluate", "default", "--strokes", path, "--strictness", strictness)
            for strictness in (0, 1)
        )
        assert (never["predictions"], never["kept"]) == (["7", "1"], 1.0)
        assert (always["predictions"], always["kept"]) == (["?", "?"], 0.0)
        assert never["accuracy"] == always["accuracy"] == 1.0

    def test_drawings_are_read_on_one_core_and_pictures_on_all(
        self, json_of, strokes, small_npz, cores
    ):
        json_of("evaluate", "default", "--data", small_npz)
        assert torch.get_num_threads() == 2
        json_of("evaluate", "default", "--strokes", strokes((7, SEVEN)))
        assert cores == [1]

    def test_where_no_label_is_a_digit_there_is_no_accuracy(self, json_of, run, strokes):
        path = strokes(("dog", SEVEN), (None, ONE))
        result = json_of("evaluate", "default", "--strokes", path)
        assert (result["accuracy"], result["interval"], result["n"]) == (None, None, 0)
        assert result["predictions"] == ["7", "1"]
        status, out, _ = run("evaluate", "default", "--strokes", path)
        assert status == 0
        assert out.startswith("no drawing is labelled with a digit\n")

    @pytest.mark.skipif(not UNIPEN.exists(), reason="the drawings lie beside the repository")
    def test_the_default_model_reads_real_handwriting(self, json_of, tmp_path):
        """Every eighth drawing: all of them take as long as the rest of this module."""
        path = tmp_path / "some.jsonl"
        path.write_bytes(b"".join(gzip.decompress(UNIPEN.read_bytes()).splitlines(True)[::8]))
        result = json_of("evaluate", "default", "--strokes", path)
        assert result["n"] == 896
        assert result["accuracy"] >= 0.89

    def test_faults(self, fault_of, strokes, tmp_path):
        assert "no.safetensors: does not exist" in fault_of("evaluate", tmp_path / "no.safetensors")
        assert "is not a model" in fault_of("evaluate", Path(__file__))
        assert "no.npz: does not exist" in fault_of(
            "evaluate", "default", "--data", tmp_path / "no.npz"
        )
        assert "no.jsonl: does not exist" in fault_of(
            "evaluate", "default", "--strokes", tmp_path / "no.jsonl"
        )
        faulty = strokes((7, SEVEN), (1, [[[1]]]))
        assert "drawings.jsonl: line 2 is not a drawing" in fault_of(
            "evaluate", "default", "--strokes", faulty
        )


class TestRead:
    def test_signs_and_lines_are_in_the_text_and_digits_are_digits(self, json_of, strokes):
        dash = [[-90, 200], [-40, 202]]
        below = [[[x, y + 500] for x, y in stroke] for stroke in SEVEN]
        (result,) = json_of("read", strokes((None, [dash, *SEVEN, *below])))["results"]
        assert result["text"] == "-7\n7"
        assert [one["digit"] for one in result["digits"]] == [7, 7]
        assert result["digits"][0]["box"][0] >= 0 > dash[0][0]

    def test_each_drawing_of_each_file_is_read(self, json_of, strokes):
        one = strokes((7, SEVEN), (None, []), name="one.jsonl")
        two = strokes((None, ONE), name="two.jsonl")
        results = json_of("read", one, two)
        assert set(results) == {"results"}
        results = results["results"]
        assert [result["file"] for result in results] == [str(one), str(one), str(two)]
        assert [result["text"] for result in results] == ["7", "", "1"]
        assert all(set(result) == {"file", "text", "digits"} for result in results)
        assert results[1]["digits"] == []
        (digit,) = results[0]["digits"]
        assert set(digit) == {"digit", "probability", "box"}
        assert digit["digit"] == 7
        assert 0.5 < digit["probability"] <= 1
        assert digit["box"] == [120, 88, 280, 320]

    def test_for_people_it_is_a_line_for_each_drawing(self, run, strokes):
        path = strokes((7, SEVEN), (None, []), (1, ONE))
        assert run("read", path) == (0, f"{path}\t7\n{path}\t\n{path}\t1\n", "")

    def test_it_uses_one_core(self, json_of, strokes, cores):
        json_of("read", strokes((7, SEVEN)))
        assert cores == [1]

    def test_strictness(self, json_of, strokes, saved, paper):
        files = strokes((7, SEVEN)), saved(paper)
        for strictness, texts in ((0, ["7", "71"]), (1, ["?", "?"])):
            results = json_of("read", *files, "--strictness", strictness)["results"]
            assert [result["text"] for result in results] == texts

    def test_ink_that_is_taken_for_nothing_is_told_of(self, run, tmp_path):
        path = tmp_path / "speck.jsonl"
        speck = [[420, 330], [424, 336]]
        path.write_text(json.dumps({"strokes": [*SEVEN, speck]}))
        status, out, err = run("read", path)
        assert (status, out) == (0, f"{path}\t7\n")
        assert "speck.jsonl: some of the ink was not read" in err

    def test_a_file_that_cannot_be_read_does_not_keep_from_the_others(self, run, strokes, tmp_path):
        one = strokes((7, SEVEN), name="one.jsonl")
        two = strokes((1, ONE), name="two.jsonl")
        bad = strokes((1, [[[1]]]), name="bad.jsonl")
        words = ("read", one, tmp_path / "no.jsonl", two, bad)
        status, out, err = run(*words)
        assert (status, out) == (1, f"{one}\t7\n{two}\t1\n")
        first, second = err.splitlines()
        assert first == "mnist-desktop: no.jsonl: does not exist; it may have been moved or renamed"
        assert second.startswith("mnist-desktop: bad.jsonl: line 1 is not a drawing")
        status, out, same = run(*words, "--json")
        assert (status, same) == (1, err)
        results = json.loads(out)["results"]
        assert [(result["file"], result["text"]) for result in results] == [
            (str(one), "7"),
            (str(two), "1"),
        ]

    def test_folders_are_read_and_written_as_csv_too(self, run, strokes, saved, paper, tmp_path):
        inner = tmp_path / "inner"
        inner.mkdir()
        picture = saved(paper).rename(inner / "71.png")
        one = strokes((7, SEVEN), (None, [[[0, 0]]]), name="one.jsonl")
        (tmp_path / "broken.png").write_bytes(b"")
        (tmp_path / "notes.txt").write_text("no picture")
        out = tmp_path / "out.csv"
        status, told, err = run("read", tmp_path, "--csv", out)
        assert status == 1
        assert err == "mnist-desktop: broken.png: is empty; get a whole copy\n"
        assert told == f"{one}\t7\n{one}\t?\n{picture}\t71\n"
        with out.open(newline="", encoding="utf-8") as stream:
            lines = list(csv.DictReader(stream))
        assert [tuple(line) for line in lines] == [("file", "text", "confidence")] * 3
        assert [(line["file"], line["text"]) for line in lines] == [
            (str(one), "7"),
            (str(one), "?"),
            (str(picture), "71"),
        ]
        assert all(0 < float(line["confidence"]) <= 1 for line in lines)

    def test_what_was_read_before_ctrl_c_is_written(self, run, strokes, monkeypatch, tmp_path):
        first = strokes((7, SEVEN), name="first.jsonl")
        second = strokes((7, SEVEN), (7, SEVEN), name="second.jsonl")
        read_files = commands.read_files

        def interrupted(*arguments):
            for one in read_files(*arguments):
                if one.file == second:
                    signal.raise_signal(signal.SIGINT)
                yield one

        monkeypatch.setattr(commands, "read_files", interrupted)
        out = tmp_path / "out.csv"
        status, told, err = run("read", first, second, "--csv", out)
        assert (status, told) == (1, f"{first}\t7\n{second}\t7\n")
        assert err == "mnist-desktop: interrupted; what comes after is not read\n"
        assert len(out.read_text().splitlines()) == 3

    def test_how_much_is_done_makes_way_for_what_is_read(self, run, strokes, monkeypatch):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        _, told, err = run("read", strokes((7, SEVEN), (7, SEVEN)))
        assert told.count("\t7\n") == 2
        shown = [line.removeprefix("\033[K") for line in err.split("\r") if line]
        assert [now for now, then in itertools.pairwise(shown) if then == ""] == ["0%", "50%"]
        assert shown[-1] == ""

    def test_where_nothing_can_be_read_no_csv_takes_the_place_of_an_older_one(self, run, tmp_path):
        out = tmp_path / "out.csv"
        out.write_text("older")
        assert run("read", tmp_path / "no.png", "--csv", out)[0] == 1
        assert out.read_text() == "older"

    def test_another_model_reads_otherwise(self, json_of, strokes, train):
        model = json_of(*train, "--epochs", 1)["out"]
        path = strokes((7, SEVEN))
        (own,), (default,) = (
            json_of("read", path, "--model", name)["results"] for name in (model, "default")
        )
        assert own["digits"][0]["probability"] != default["digits"][0]["probability"]

    def test_faults(self, fault_of, strokes, tmp_path):
        assert "no.jsonl: does not exist" in fault_of("read", tmp_path / "no.jsonl")
        empty = tmp_path / "empty"
        empty.mkdir()
        assert "empty: holds neither pictures nor drawings" in fault_of("read", empty)
        assert "is a folder" in fault_of("read", tmp_path, "--csv", empty)
        assert "does not exist" in fault_of("read", tmp_path, "--csv", empty / "no" / "out.csv")
        assert "name it after --model" in fault_of("read", DEFAULT_MODEL)
        assert "no.pt: does not exist" in fault_of(
            "read", strokes((7, SEVEN)), "--model", tmp_path / "no.pt"
        )


@pytest.fixture
def paper():
    """A photo, (h, w) uint8, of a seven and a one: dark on light, wider than high."""
    picture = Image.new("L", (480, 240), 215)
    pen = ImageDraw.Draw(picture)
    pen.line([(80, 50), (180, 50), (110, 200)], fill=40, width=12, joint="curve")
    pen.line([(330, 50), (330, 200)], fill=40, width=12)
    return np.asarray(picture)


@pytest.fixture
def saved(tmp_path):
    def save(picture, name="line.png", **options):
        path = tmp_path / name
        Image.fromarray(picture).save(path, **options)
        return path

    return save


class TestReadPictures:
    BOXES = ((74, 44, 186, 206), (324, 50, 337, 201))

    def boxes_of(self, results):
        return [digit["box"] for digit in results[0]["digits"]]

    @pytest.mark.parametrize("name", ["line.png", "line.JPG", "line.jpeg", "line.bmp", "line.webp"])
    def test_each_format_dark_on_light_and_light_on_dark(self, json_of, saved, paper, name):
        for picture in (paper, 255 - paper):
            path = saved(picture, name)
            (result,) = json_of("read", path)["results"]
            assert set(result) == {"file", "text", "digits"}
            assert result["file"] == str(path)
            assert result["text"] == "71"
            for digit, meant, box in zip(result["digits"], (7, 1), self.BOXES, strict=True):
                assert set(digit) == {"digit", "probability", "box"}
                assert digit["digit"] == meant
                assert 0.5 < digit["probability"] <= 1
                assert digit["box"] == pytest.approx(box, abs=6)

    def test_boxes_are_in_the_file_s_own_pixels_however_large_it_is(self, json_of, saved, paper):
        large = np.kron(paper, np.ones((9, 9), np.uint8))
        for name in ("large.png", "large.jpg"):
            boxes = self.boxes_of(json_of("read", saved(large, name))["results"])
            np.testing.assert_allclose(boxes, 9 * np.array(self.BOXES), atol=54)

    def test_a_picture_is_known_by_its_content_too(self, json_of, saved, paper):
        path = saved(paper)
        other = path.rename(path.with_name("photo"))
        assert json_of("read", other)["results"][0]["text"] == "71"

    def test_pictures_and_strokes_together(self, run, saved, paper, strokes):
        drawn, photo = strokes((7, SEVEN)), saved(paper)
        assert run("read", drawn, photo) == (0, f"{drawn}\t7\n{photo}\t71\n", "")

    def test_faults(self, fault_of, saved, paper, tmp_path):
        assert "none.png: does not exist" in fault_of("read", tmp_path / "none.png")
        (tmp_path / "folder.png").mkdir()
        assert "holds neither pictures nor drawings" in fault_of("read", tmp_path / "folder.png")
        assert "blank.png: shows no ink" in fault_of("read", saved(paper[:40], "blank.png"))
        cut = tmp_path / "cut.png"
        cut.write_bytes(saved(paper).read_bytes()[:200])
        assert "cut.png: is damaged or cut short" in fault_of("read", cut)
        (tmp_path / "no.jpg").write_text("no picture")
        assert "is not a picture" in fault_of("read", tmp_path / "no.jpg")
        (tmp_path / "empty.bmp").touch()
        assert "is empty" in fault_of("read", tmp_path / "empty.bmp")

    @pytest.mark.parametrize(
        ("name", "text"),
        [("a.webp", "is animated"), ("a.png", "is animated"), ("a.gif", "format GIF")],
    )
    def test_animations(self, fault_of, saved, paper, name, text):
        frames = [Image.fromarray(255 - paper)]
        assert text in fault_of("read", saved(paper, name, save_all=True, append_images=frames))

    def test_more_than_100_megapixels(self, fault_of, tmp_path):
        path = tmp_path / "huge.png"
        Image.new("1", (20_000, 5_001)).save(path)
        assert "more than 100 megapixels" in fault_of("read", path)


class TestTeach:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch, small):
        """Little is practised along."""
        others = Split(small.train.pictures[:9] // 2, np.full(9, NO_DIGIT, dtype=np.uint8))
        monkeypatch.setattr(commands, "bundled_mnist", lambda: small)
        monkeypatch.setattr(preparation, "replayed", lambda _: Replay(small.train, others))

    @pytest.fixture
    def base(self, tmp_path):
        path = tmp_path / "base.safetensors"
        config = NetworkConfig((12,))
        save_model(path, Model(config, MLP(config).state_dict()))
        return path

    def test_a_copy_is_taught_and_saved(self, json_of, base, strokes, tmp_path):
        before, out = base.read_bytes(), tmp_path / "mine.safetensors"
        path = strokes((7, SEVEN), (1, ONE), (7, SEVEN), (None, ONE), ("x", SEVEN), (71, SEVEN))
        result = json_of("teach", base, "--strokes", path, "--out", out)
        assert result["taught"] == 5
        assert result["seconds"] > 0
        names = ("before", "after", "mnist_before", "mnist_after")
        for name in names:
            low, high = result[f"{name}_interval"]
            assert 0 <= low <= result[name] <= high <= 1
        assert set(result) == {
            *("taught", "seconds", "is_taught", "out"),
            *names,
            *(f"{name}_interval" for name in names),
        }
        taught = open_model(out)
        assert result["is_taught"] == bool(taught.lessons)
        assert base.read_bytes() == before

    def test_a_single_drawing_has_nothing_to_be_judged_by(self, json_of, base, strokes, tmp_path):
        out = tmp_path / "mine.safetensors"
        result = json_of("teach", base, "--strokes", strokes((7, SEVEN)), "--out", out)
        assert (result["before"], result["after_interval"]) == (None, None)

    def test_it_says_what_it_has_not_learned_from(self, run, base, strokes, tmp_path):
        path = strokes((7, SEVEN), (71, SEVEN), ("1,5", ONE), (1, ONE))
        _, out, _ = run("teach", base, "--strokes", path, "--out", tmp_path / "my.safetensors")
        assert "not learned from: 2 drawings of no single digit" in out
        assert "learned from 2 drawings" in out

    def test_what_is_better_as_it_was_is_saved_as_it_was(
        self, json_of, run, base, strokes, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(teaching, "share_kept", lambda *_: 0.0)
        out = tmp_path / "mine.safetensors"
        words = ("teach", base, "--strokes", strokes((7, SEVEN)), "--out", out)
        assert not json_of(*words)["is_taught"]
        assert "the model stays as it was: it would read other" in run(*words)[1]
        assert torch.equal(
            open_model(out).state_dict["out.weight"], open_model(base).state_dict["out.weight"]
        )

    def test_the_bundled_model_is_never_overwritten(self, fault_of, strokes):
        before = DEFAULT_MODEL.read_bytes()
        fault = fault_of(
            "teach", "default", "--strokes", strokes((7, SEVEN)), "--out", DEFAULT_MODEL
        )
        assert "comes with the program; name another file" in fault
        assert DEFAULT_MODEL.read_bytes() == before

    def test_numbers_alone_teach_nothing(self, run, base, strokes, tmp_path):
        words = ("--strokes", strokes((71, SEVEN)), "--out", tmp_path / "my.safetensors")
        status, _, err = run("teach", base, *words)
        assert status == 1
        assert "nothing to learn from" in err
        assert not (tmp_path / "my.safetensors").exists()


class TestExport:
    @pytest.mark.parametrize("name", ["out.pt", "out.pth"])
    def test_the_weights_are_a_state_dict(self, json_of, tmp_path, name):
        assert json_of("export", "default", tmp_path / name) == {"out": str(tmp_path / name)}
        weights = torch.load(tmp_path / name, weights_only=True)
        assert weights.keys() == open_model(DEFAULT_MODEL).state_dict.keys()

    def test_the_bundled_model_is_never_overwritten(self, fault_of, tmp_path, monkeypatch):
        own, bundled = tmp_path / "own.safetensors", tmp_path / "default.safetensors"
        for path in (own, bundled):
            save_model(path, Model(NetworkConfig((8,)), MLP(NetworkConfig((8,))).state_dict()))
        monkeypatch.setattr("mnist_desktop.learning.models.model_file.DEFAULT_MODEL", bundled)
        before = bundled.stat().st_mtime_ns
        assert "comes with the program; name another" in fault_of("export", own, bundled)
        assert bundled.stat().st_mtime_ns == before

    def test_for_people_it_says_so(self, run, tmp_path):
        model, out = tmp_path / "a.safetensors", tmp_path / "out.pt"
        save_model(model, Model(NetworkConfig((8,)), MLP(NetworkConfig((8,))).state_dict()))
        assert run("export", model, out) == (0, f"exported as {out}\n", "")

    def test_what_was_exported_is_a_model_again(self, json_of, tmp_path, small_npz):
        json_of("export", "default", tmp_path / "out.pt")
        own, default = (
            json_of("evaluate", model, "--data", small_npz)
            for model in (tmp_path / "out.pt", "default")
        )
        assert own.pop("calibration_error") == pytest.approx(default.pop("calibration_error"))
        assert own == default

    def test_that_other_programs_do_not_know_how_pens_go_is_said(
        self, run, tmp_path, tiny_model, seven
    ):
        model = tmp_path / "a.safetensors"
        templates = Templates().with_drawings([(seven, 7)])
        learned = TrainingConfig(NetworkConfig((8,)), real_digits=5)
        for known in ({}, {"templates": templates}, {"training": learned}):
            save_model(model, tiny_model(**known))
            for name in ("out.onnx", "out.pt", "out.safetensors"):
                told = run("export", model, tmp_path / name)[1]
                is_said = bool(known) and not name.endswith("safetensors")
                assert ("without what it knows of how" in told) == is_said

    def test_what_a_state_dict_does_not_say_is_said(self, run, tmp_path, small_npz):
        model, plain, out = (tmp_path / name for name in ("a.safetensors", "a.pth", "out.pt"))
        network = NetworkConfig((8,), "tanh")
        weights = MLP(network).state_dict()
        save_model(model, Model(network, weights))
        torch.save(dict(weights), plain)
        assert "must know that tanh is between layers" in run("export", model, out)[1]
        assert "must know" not in run("export", model, tmp_path / "out.onnx")[1]
        for path, is_said in ((plain, True), (out, False), (model, False)):
            status, _, told = run("evaluate", path, "--data", small_npz)
            assert status == 0
            assert ("The file does not say how its network reads" in told) == is_said

    def test_it_can_be_said_with_options(self, run, tmp_path, small_npz):
        plain, out = tmp_path / "a.pth", tmp_path / "out.safetensors"
        torch.save(dict(MLP(NetworkConfig((8,))).state_dict()), plain)
        options = ("--activation", "tanh", "--input", "0-255,white-paper,transposed")
        status, _, told = run("evaluate", plain, "--data", small_npz, *options)
        assert status == 0
        for words in ("from 0 to 255, dark ink on white paper, rows and columns", "tanh between"):
            assert words in told
        assert run("export", plain, out, *options)[0] == 0
        assert open_model(out).network.activation == "tanh"
        status, _, told = run("evaluate", out, *options)
        assert status == 1
        assert "says itself how its network reads" in told
        with pytest.raises(SystemExit):
            run("evaluate", plain, "--input", "0-256")

    def test_of_several_data_sets_one_is_to_be_named(self, run, tmp_path, small_npz):
        for name in ("one.npz", "two.npz"):
            (tmp_path / name).write_bytes(small_npz.read_bytes())
        status, _, told = run("evaluate", "default", "--data", tmp_path)
        assert status == 1
        assert f"one.npz, two.npz; name one of them, as in {tmp_path / 'one.npz'}" in told
        assert run("evaluate", "default", "--data", tmp_path / "one.npz")[0] == 0

    def test_how_a_data_set_was_opened_is_said(self, run, tmp_path, small):
        path = tmp_path / "white.npz"
        np.savez(path, x=255 - small.test.pictures, y=small.test.labels)
        told = run("evaluate", "default", "--data", path)[2]
        assert "white.npz: Its ink is dark on light paper" in told
        assert "white.npz: It has no test pictures" in told

    def test_faults(self, fault_of, tmp_path):
        assert "out.txt: can be exported as .safetensors, .pt, .pth, .onnx only" in fault_of(
            "export", "default", tmp_path / "out.txt"
        )
        out = tmp_path / "no" / "out.pt"
        assert "no does not exist" in fault_of("export", "default", out)
        assert "does not exist" in fault_of("export", tmp_path / "no.pt", tmp_path / "out.pt")
        assert list(tmp_path.iterdir()) == []
