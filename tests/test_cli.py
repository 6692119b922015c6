import importlib.metadata
import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mnist_desktop import __version__, cli, commands
from mnist_desktop.cli import COMMANDS, main
from mnist_desktop.errors import UserError
from mnist_desktop.learning.models.model_file import open_model


@pytest.fixture
def opened(monkeypatch):
    """The files for which a window would have been opened, one list for each window."""
    windows = []

    def note(files):
        windows.append([str(path) for path in files])
        return 0

    monkeypatch.setattr(cli, "_open_window", note)
    return windows


@pytest.fixture
def start():
    """Starts the real program; what still runs when the test is over is ended."""
    processes = []

    def call(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "mnist_desktop", *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        processes.append(process)
        return process

    yield call
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


class TestTheWindow:
    def test_it_opens_where_nothing_is_asked_for(self, opened):
        assert main([]) == 0
        assert opened == [[]]

    def test_it_opens_with_files(self, opened, tmp_path):
        model, strokes = tmp_path / "a.safetensors", tmp_path / "b.jsonl"
        model.write_bytes(b"")
        # The second need not be there: the window says so.
        assert main([str(model), str(strokes)]) == 0
        assert opened == [[str(model), str(strokes)]]

    def test_a_command_is_one_even_where_a_file_is_called_so(self, opened, tmp_path, monkeypatch):
        (tmp_path / "train").write_bytes(b"")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SystemExit):
            main(["train"])
        assert opened == []

    def test_without_the_system_s_libraries_it_says_what_to_do(self, monkeypatch, capsys):
        monkeypatch.setitem(sys.modules, "mnist_desktop.ui.app", None)
        assert main([]) == 1
        said = capsys.readouterr().err
        assert "the window cannot open" in said
        assert "README names the system packages" in said


class TestUsage:
    @pytest.mark.parametrize(
        "words",
        [
            ["fly"],
            ["n" * 5000],
            ["no-such-file.safetensors"],
            ["--no-such-option"],
            ["train"],
            ["train", "--out"],
            ["train", "--out", "a.safetensors", "--epochs", "many"],
            ["train", "--out", "a.safetensors", "--epochs", "1.5"],
            ["train", "--out", "a.safetensors", "--preset", "finest"],
            ["train", "--out", "a.safetensors", "--activation", "step"],
            ["train", "--out", "a.safetensors", "--loss", "hinge"],
            ["train", "--out", "a.safetensors", "--lr", "fast"],
            ["evaluate"],
            ["evaluate", "default", "--split", "train"],
            ["evaluate", "default", "--strictness", "0.5"],
            ["evaluate", "default", "--strokes", "a.jsonl", "--strictness", "2"],
            ["evaluate", "default", "--strokes", "a.jsonl", "--split", "test"],
            ["evaluate", "default", "--strokes", "a.jsonl", "--data", "a.npz"],
            ["read"],
            ["read", ""],
            ["read", "a.jsonl", "--csv", ""],
            [""],
            ["read", "a.jsonl", "--strictness", "-0.1"],
            ["read", "a.jsonl", "--strictness", "nan"],
            ["read", "a.jsonl", "--strictness", "very"],
            ["export", "default"],
            ["export", "default", "a.pt", "b.pt"],
        ],
    )
    def test_wrong_usage_ends_with_2_and_says_why(self, opened, capsys, words):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
        streams = capsys.readouterr()
        assert streams.err.startswith("usage: mnist-desktop")
        assert streams.out == ""
        assert opened == []

    def test_a_file_that_is_not_there_is_no_wrong_command(self, opened, capsys):
        with pytest.raises(SystemExit) as ended:
            main(["missing.safetensors"])
        assert ended.value.code == 2
        assert "missing.safetensors does not exist" in capsys.readouterr().err
        assert opened == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_help_has_an_example_that_is_right(self, capsys, command):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        said = capsys.readouterr().out
        assert "--json" in said
        example = said[said.index("example: ") :].split()[1:]
        assert example[:2] == ["mnist-desktop", command]
        cli._parser().parse_args(example[1:])

    @pytest.mark.parametrize("command", ["train", "export", "read"])
    def test_help_says_that_a_file_is_replaced(self, capsys, command):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert "is replaced" in " ".join(capsys.readouterr().out.split())

    def test_help_and_version(self, capsys):
        for word in ("--help", "--version"):
            with pytest.raises(SystemExit) as ended:
                main([word])
            assert ended.value.code == 0
        said = capsys.readouterr().out
        assert all(command in said for command in COMMANDS)
        assert said.endswith(f"mnist-desktop {__version__}\n")

    def test_help_does_not_wait_for_torch(self):
        code = (
            "import sys\nfrom mnist_desktop.cli import main\n"
            "try:\n    main(['train', '--help'])\n"
            "except SystemExit:\n    pass\n"
            "assert 'torch' not in sys.modules and 'PySide6' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


class TestFaults:
    @pytest.mark.parametrize("options", [[], ["--json"]])
    def test_what_a_person_can_act_on_is_one_line_and_ends_with_1(
        self, monkeypatch, capsys, options
    ):
        def fail(_):
            raise UserError("There are {count} reasons.", count=3)

        monkeypatch.setattr(commands, "export", fail)
        assert main(["export", "default", "a.pt", *options]) == 1
        streams = capsys.readouterr()
        assert streams.err == "mnist-desktop: There are 3 reasons.\n"
        assert streams.out == ""

    def test_a_command_s_own_status_is_the_program_s(self, monkeypatch):
        monkeypatch.setattr(commands, "read", lambda _: 1)
        assert main(["read", "a.jsonl"]) == 1

    def test_being_interrupted_is_no_traceback(self, monkeypatch, capsys):
        def interrupt(_):
            raise KeyboardInterrupt

        monkeypatch.setattr(commands, "read", interrupt)
        assert main(["read", "a.jsonl"]) == 1
        assert capsys.readouterr().err == "mnist-desktop: interrupted\n"

    @pytest.mark.parametrize("fault", [ZeroDivisionError(), FileNotFoundError(2, "gone", "a.png")])
    def test_a_fault_of_the_program_is_not_hidden(self, monkeypatch, fault):
        def fail(_):
            raise fault

        monkeypatch.setattr(commands, "read", fail)
        with pytest.raises(type(fault)):
            main(["read", "a.jsonl"])

    @pytest.mark.parametrize(
        ("encoding", "name", "said"),
        [("cp1252", "中.pt", b"\\u4e2d.pt"), ("utf-8", "caf\udce9.pt", b"caf\\udce9.pt")],
    )
    def test_a_name_that_the_output_cannot_hold_is_said_all_the_same(
        self, monkeypatch, encoding, name, said
    ):
        content = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(content, encoding))
        monkeypatch.setattr(commands, "export", lambda _: print(name))
        assert main(["export", "default", "a.pt"]) == 0
        assert content.getvalue().strip() == said

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
    @pytest.mark.parametrize("is_flushed", [True, False])
    def test_output_to_a_full_disk_is_no_traceback(self, monkeypatch, capsys, is_flushed):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            monkeypatch.setattr(sys, "stdout", full)
            monkeypatch.setattr(commands, "export", lambda _: print("exported", flush=is_flushed))
            assert main(["export", "default", "a.pt"]) == 1
        err = capsys.readouterr().err
        assert err.startswith("mnist-desktop: the output cannot be written: No space left")
        assert err.count("\n") == 1


class TestAsAProgram:
    def test_the_console_script_is_main(self):
        (script,) = importlib.metadata.entry_points(group="console_scripts", name="mnist-desktop")
        assert script.load() is main

    def test_status_and_streams_of_the_real_thing(self, start, tmp_path):
        process = start("evaluate", tmp_path / "nowhere.safetensors", "--json")
        out, err = process.communicate(timeout=120)
        assert process.returncode == 1
        assert out == ""
        missing = "does not exist; it may have been moved or renamed"
        assert err == f"mnist-desktop: nowhere.safetensors: {missing}\n"

    @pytest.mark.skipif(sys.platform == "win32", reason="no such signals here")
    def test_ctrl_c_ends_a_training_and_saves_its_best(self, start, small_npz, tmp_path):
        out = tmp_path / "my.safetensors"
        process = start(
            *("train", "--data", small_npz, "--hidden", "16", "--device", "cpu", "--json"),
            *("--epochs", 100_000, "--log-every", 1, "--out", out),
        )
        for line in process.stderr:
            if line.startswith("epoch 2:"):
                break
        process.send_signal(signal.SIGINT)
        said, errors = process.communicate(timeout=60)
        assert process.returncode == 0
        assert "Traceback" not in errors
        assert "Stopped after" in errors
        result = json.loads(said)
        assert result["out"] == str(out)
        assert 2 <= len(result["epochs"]) < 100_000
        model = open_model(out)
        assert model.test_score.accuracy == result["final"]["test_accuracy"]

    @pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way here")
    def test_who_reads_only_the_first_lines_sees_no_traceback(self, start, tmp_path):
        drawings = tmp_path / "many.jsonl"
        drawings.write_text('{"strokes": [[[0, 0], [0, 9]]]}\n' * 3000)
        process = start("read", drawings)
        assert process.stdout.readline() == f"{drawings}\t1\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 1
