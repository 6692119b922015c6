"""What each command does. Texts go to standard output, or with ``--json`` to standard error."""

from __future__ import annotations

import argparse
import dataclasses
import os
import tempfile
from pathlib import Path
from typing import Any

from mnist_desktop.console import complain, interruptible, print_json, show, show_share, voice
from mnist_desktop.errors import FileError, UserError
from mnist_desktop.files import is_folder
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import bundled_mnist, open_dataset
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.evaluate.evaluation import Predictions, predict, read_strokes_set
from mnist_desktop.learning.log import end_in_words, epoch_in_words
from mnist_desktop.learning.models.export import export_model
from mnist_desktop.learning.models.interpretation import Wish
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import SUFFIX, open_model, refuse_bundled, save_model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.pen import pen_of
from mnist_desktop.learning.models.state_dicts import STATE_DICT_SUFFIXES
from mnist_desktop.learning.read.many_files import Found, find_files, read_files
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.learning.read.readings_file import ReadingLine, write_readings
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.records import FIGURES
from mnist_desktop.learning.report import (
    evaluation_json,
    predictions_in_words,
    reading_json,
    readings_in_words,
    readings_json,
    teaching_in_words,
    teaching_json,
)
from mnist_desktop.learning.settings.config import PRESETS, TrainingConfig, parse_hidden
from mnist_desktop.learning.teach.examples import examples_of
from mnist_desktop.learning.teach.teaching import TeachingDone, TeachingProgress
from mnist_desktop.learning.teach.teaching import teach as run_teaching
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.learning.train.events import BatchDone, EpochDone, Preparing, RunDone, Stop
from mnist_desktop.learning.train.training import drive
from mnist_desktop.learning.train.training import train as run_training
from mnist_desktop.paths import DEFAULT_MODEL


def train(options: argparse.Namespace) -> None:
    """Train, and save the best epoch. Ctrl-C ends the training, which is then saved as it is."""
    say = voice(options)
    out: Path = options.out
    _refuse_no_model(out)
    config = _config(options)
    pen_of(config)  # what is missing of the program is said before a long training
    use_one_core()  # until the training takes more
    splits = _dataset(options)
    say(f"training {config.network} on {len(splits.train.first(config.limit)):,} pictures")

    epochs: list[dict[str, Any]] = []
    done: RunDone | None = None
    with interruptible() as interrupted:
        run = run_training(config, splits)
        for event in drive(run, lambda: Stop() if interrupted else None):
            match event:
                case Preparing():
                    show(f"preparing training pictures: {event.done:.0%}")
                case BatchDone(epoch, batch, batches):
                    if batch % 50 == 0 or batch == batches:
                        show(f"epoch {epoch} of {config.epochs}: batch {batch} of {batches}")
                case EpochDone():
                    epochs.append({name: getattr(event.record, name) for name in FIGURES})
                    if event.record.epoch % config.log_every == 0:
                        say(epoch_in_words(event.record))
                case RunDone():
                    done = event
    assert done is not None
    say(end_in_words(done, config))
    model = done.model(config, splits)
    if model is None:
        raise UserError("Nothing was saved.")
    saved = _save(out, model)
    say(f"saved as {saved}")
    score = model.test_score
    assert score is not None
    final = {"test_accuracy": score.accuracy, "interval": list(score.interval)}
    print_json(options, {"epochs": epochs, "final": final, "out": str(saved)})


def evaluate(options: argparse.Namespace) -> None:
    """Measure a model on a split, or on labelled drawings."""
    model = _open_model(options)
    if options.strokes is None:
        predictions = _predictions(options, model)
        lines, result = predictions_in_words(predictions), evaluation_json(predictions)
    else:
        use_one_core()
        recognizer, drawings = Recognizer(model), read_strokes(options.strokes)
        readings = read_strokes_set(recognizer, drawings, show_share, _strictness(options))
        lines, result = readings_in_words(readings), readings_json(readings)
    say = voice(options)
    for line in lines:
        say(line)
    if options.strokes is None and options.split == "validation":
        say("no weights were learned from these digits, but the best epoch was chosen by them")
    print_json(options, result)


def _predictions(options: argparse.Namespace, model: Model) -> Predictions:
    splits = _dataset(options)
    network = MLP(model.network)
    network.load_state_dict(model.state_dict)
    split = splits.validation if options.split == "validation" else splits.test
    return predict(network, split, show_share, model.temperature)


def read(options: argparse.Namespace) -> int:
    """Read pictures, and the drawings of strokes files, wherever they are in folders.

    Returns:
        The exit status: 1 where a file could not be read, though the others are, or where Ctrl-C
        has ended it: what was read until then is written all the same.
    """
    if options.csv is not None:
        _refuse_unwritable(options.csv)
    use_one_core()
    recognizer = Recognizer(_open_model(options))
    files = [_no_model(file) for file in find_files(options.files)]
    results: list[dict[str, Any]] = []
    lines: list[ReadingLine] = []
    faults = 0
    with interruptible() as interrupted:
        for one in read_files(files, recognizer, _strictness(options), show_share):
            show("")
            if isinstance(one.result, UserError):
                faults += 1
                complain(one.result)
            else:
                assert one.file is not None
                reading = one.result
                results.append(reading_json(one.file, reading, one.scale))
                lines.append(ReadingLine(one.file, reading.text, reading.confidence))
                if reading.unread and reading.declined is None:
                    complain(f"{one.file}: some of the ink was not read")
                if not options.json:
                    print(one.file, reading.text, sep="\t")
            if interrupted:
                complain("interrupted; what comes after is not read")
                faults += 1
                break
    if lines and options.csv is not None:
        write_readings(options.csv, lines)
    if results:
        print_json(options, {"results": results})
    return 1 if faults else 0


def _no_model(file: Found) -> Found:
    if isinstance(file, Path) and file.name.lower().endswith((SUFFIX, *STATE_DICT_SUFFIXES)):
        return FileError(file, "is a model: name it after --model, and then what it is to read")
    return file


def teach(options: argparse.Namespace) -> None:
    """Teach a copy of a model, and save the better one."""
    say = voice(options)
    _refuse_no_model(options.out)
    use_one_core()
    examples, others = examples_of(read_strokes(options.strokes))
    if others:
        drawings = "drawing" if others == 1 else "drawings"
        say(f"not learned from: {others:,} {drawings} of no single digit")
    done: TeachingDone | None = None
    for event in run_teaching(_open_model(options), examples, bundled_mnist()):
        if isinstance(event, TeachingProgress):
            show_share(event.share)
        else:
            done = event
    assert done is not None
    for line in teaching_in_words(done):
        say(line)
    saved = _save(options.out, done.model)
    say(f"saved as {saved}")
    print_json(options, teaching_json(done) | {"out": str(saved)})


def export(options: argparse.Namespace) -> None:
    """Write a model's weights for other programs, as the name's end says."""
    out: Path = options.out
    _refuse_unwritable(out)
    model = _open_model(options)
    export_model(out, model)
    say = voice(options)
    say(f"exported as {out}")
    if model.hears_pen and out.suffix.lower() != SUFFIX:
        say("without what it knows of how pens go: other programs read pictures")
    is_state_dict = out.suffix.lower() in STATE_DICT_SUFFIXES
    if is_state_dict and model.network.activation != "relu":
        say(f"a program that opens it must know that {model.network.activation} is between layers")
    print_json(options, {"out": str(out)})


def _config(options: argparse.Namespace) -> TrainingConfig:
    """The preset, changed where an option says so."""
    preset = PRESETS[options.preset]
    given = {name: value for name, value in vars(options).items() if value is not None}
    network: dict[str, Any] = {
        name: given[name] for name in ("activation", "dropout") if name in given
    }
    if "hidden" in given:
        network["hidden"] = parse_hidden(given["hidden"])
    if "loss" in given:
        network["output"] = "log_softmax" if given["loss"] == "nll" else "logits"
    names = {field.name for field in dataclasses.fields(TrainingConfig)} & given.keys()
    return dataclasses.replace(
        preset,
        network=dataclasses.replace(preset.network, **network),
        **{name: given[name] for name in names},
    )


def _dataset(options: argparse.Namespace) -> Splits:
    if options.data is None:
        return bundled_mnist()
    splits = open_dataset(options.data)
    for note in splits.notes:
        complain(f"{splits.name}: {note}")
    return splits


def _open_model(options: argparse.Namespace) -> Model:
    path = DEFAULT_MODEL if options.model == "default" else Path(options.model)
    wish = None
    if options.activation is not None or options.input is not None:
        wish = Wish(options.activation, options.input)
    model = open_model(path, wish)
    if model.interpretation is not None:
        sentence = model.interpretation.in_words()
        complain(f"{options.model}: {sentence}")
    return model


def _strictness(options: argparse.Namespace) -> float:
    return DEFAULT_STRICTNESS if options.strictness is None else options.strictness


def _refuse_no_model(out: Path) -> None:
    if out.suffix != SUFFIX:
        raise FileError(out, "a model is saved as {suffix}", suffix=SUFFIX)
    _refuse_unwritable(out)


def _refuse_unwritable(out: Path) -> None:
    """Before anything long is done, of which nothing could then be kept."""
    if is_folder(out):
        raise FileError(out, "is a folder; name a file")
    if not is_folder(out.parent):
        raise FileError(out, "the folder {folder} does not exist", folder=out.parent)
    refuse_bundled(out)
    if Path(os.path.realpath(out)).is_symlink():
        raise FileError(out, "is a link that leads to itself; name another file")


def _save(out: Path, model: Model) -> Path:
    """Save, if need be elsewhere: a training is not to be lost to a full disk."""
    try:
        save_model(out, model)
        return out
    except FileError as fault:
        try:
            refuge = Path(tempfile.mkdtemp(prefix="mnist-desktop-")) / out.name
        except OSError:
            raise fault from None
        complain(f"{fault}; saving it in {refuge.parent} instead")
        save_model(refuge, model)
        return refuge
