"""The command line. Without a command the window opens.

Nothing heavy is imported before it is known what to do: ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mnist_desktop import __version__
from mnist_desktop.console import complain
from mnist_desktop.errors import UserError
from mnist_desktop.files import reason
from mnist_desktop.learning.models.interpretation import WORDS, InputFormat, parse_input
from mnist_desktop.learning.settings.config import PRESETS
from mnist_desktop.learning.settings.setting_kinds import ConfigError, OneOf
from mnist_desktop.learning.settings.training_settings import BY_FIELD

COMMANDS = ("train", "evaluate", "read", "teach", "export")
DESCRIPTION = "Draw digits and have them read; train the network that reads them."
WINDOW = "With no command, or with files (a model, a strokes file, a picture), the window opens."
READ_HELP = (
    "a picture (PNG, JPEG, BMP, WebP) of digits, a strokes file, or a folder: then all that are "
    "in it and in its folders"
)
CSV_HELP = (
    "write a CSV file, too: file, text and confidence, 0 to 1, of each picture and drawing; a file "
    "that is there is replaced"
)
SAVE_HELP = "where to save it; a file that is there is replaced"
STRICTNESS_HELP = (
    'decline with "?" what it is less sure of than this, 0 (never) to 1; '
    "without it, as the window does at first"
)
TEACH_STROKES_HELP = (
    "drawings of one person, each labelled with the digit that it is; what has another label is "
    "taught to be no digit"
)
DATA_HELP = (
    "a data set: IDX files, .npz, a pickle, CSV, folders of pictures by digit, or a zip archive of "
    "these; without it, MNIST. Of several in a folder or an archive name one: FOLDER/NAME"
)
ACTIVATION_HELP = "what is between the layers of a model that does not say it; else it is found out"
INPUT_HELP = (
    "how such a model was given its pictures: {words}; several with commas between them. Without "
    "it, that is found out"
)
MODEL_HELP = 'a model file, or the word "default" for the one that comes with the program'


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Returns:
        0; 1 for an error the user can act on, whose text is on standard error. Wrong usage exits
        with 2.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not words or (words[0] not in COMMANDS and _is_there(words[0])):
        return _open_window([Path(word) for word in words])
    if words[0] not in COMMANDS and not words[0].startswith("-") and Path(words[0]).suffix:
        parser.error(f"{words[0]} does not exist")
    options = parser.parse_args(words)
    if options.command == "evaluate":
        if options.strokes is not None and (options.data or options.split):
            parser.error("--strokes takes the place of --data and --split")
        if options.strokes is None and options.strictness is not None:
            parser.error("--strictness is for --strokes only: of a split nothing is declined")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The name of a file need not be text at all, or not in the encoding of the output.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        # Imported here: it takes torch and with it seconds, for which wrong usage need not wait.
        from mnist_desktop import commands

        status: int | None = getattr(commands, options.command)(options)
        print(end="", flush=True)
    except ConfigError as error:
        parser.error(str(error))
    except UserError as error:
        complain(error)
        return 1
    except KeyboardInterrupt:
        complain("interrupted")
        return 1
    except OSError as fault:
        if fault.filename is not None:  # of a file, and not of the output
            raise
        # Python would complain once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):  # else who reads the output has had enough
            complain(f"the output cannot be written: {reason(fault)}")
        return 1
    return status or 0


def _path(word: str) -> Path:
    """A path that is named: of no characters, as where a variable is not set, it is the folder."""
    if not word:
        raise argparse.ArgumentTypeError("a name is empty")
    return Path(word)


def _is_there(word: str) -> bool:
    try:
        return bool(word) and Path(word).exists()
    except OSError:  # not a name that a file could have
        return False


def _open_window(files: list[Path]) -> int:
    try:
        from mnist_desktop.ui.app import run
    except ImportError as fault:
        # On a bare server PySide6 is there but not the libraries of the system it needs.
        complain(f"the window cannot open: {fault}")
        print("The README names the system packages that Qt needs.", file=sys.stderr)
        return 1
    return run(files)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("mnist-desktop", description=f"{DESCRIPTION} {WINDOW}")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_train(commands)
    _add_evaluate(commands)
    _add_read(commands)
    _add_teach(commands)
    _add_export(commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001


def _add(commands: Commands, name: str, what: str, example: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"example: {example}",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object on standard output, and progress on standard error",
    )
    return command


def _add_train(commands: Commands) -> None:  # type: ignore[type-arg]
    command = _add(
        commands,
        "train",
        "train a network and save its best epoch",
        "mnist-desktop train --preset article --epochs 5 --out my.safetensors",
    )
    option = command.add_argument
    option("--out", type=_path, required=True, metavar="MODEL.safetensors", help=SAVE_HELP)
    option("--preset", choices=sorted(PRESETS), default="article", help="what is not said below")
    option("--data", type=_path, metavar="PATH", help=DATA_HELP)
    option("--limit", type=int, metavar="N", help="train on the first N pictures only")
    option("--hidden", metavar="N,N,...", help='widths of the hidden layers, as in "128,256"')
    option("--activation", choices=_words("activation"))
    option("--dropout", type=float, metavar="SHARE", help="0 to 0.9")
    option("--loss", choices=["cross_entropy", "nll"], help="on logits, or on a log-softmax")
    option("--optimizer", choices=_words("optimizer"))
    option("--lr", type=float, dest="learning_rate", metavar="RATE", help="learning rate")
    option("--momentum", type=float, help="of sgd")
    option("--weight-decay", type=float)
    option("--schedule", choices=_words("schedule"), help="of the learning rate")
    option("--epochs", type=int, metavar="N")
    option("--batch-size", type=int, metavar="N")
    option("--shuffle", action=argparse.BooleanOptionalAction, default=None)
    option("--workers", type=int, metavar="N", help="processes that load batches; 0 is fastest")
    option("--seed", type=int, metavar="N", help="the same seed gives the same curve")
    option("--log-every", type=int, metavar="N", help="epochs from one line to the next")
    option("--patience", type=int, metavar="N", help="stop after N epochs without improvement")
    option("--minimum-improvement", type=float, metavar="SHARE", help="of the accuracy, 0 to 1")
    option("--distortion", type=float, metavar="STRENGTH", help="of every batch: 0 to 3")
    option(
        "--synthetic-digits", type=int, metavar="N", help="of other styles, drawn by the program"
    )
    option("--scribbles", type=int, metavar="N", help="drawings that are no digit, to be unsure of")
    option("--real-digits", type=int, metavar="N", help="digits that people wrote on tablets")
    option("--real-letters", type=int, metavar="N", help="letters of the same people, as scribbles")
    option("--label-smoothing", type=float, metavar="SHARE", help="of the target, 0 to 0.5")
    option("--device", choices=_words("device"))


def _words(field: str) -> list[str]:
    """What a setting can be."""
    kind = BY_FIELD[field].kind
    return list(kind.names) if isinstance(kind, OneOf) else []


def _add_evaluate(commands: Commands) -> None:  # type: ignore[type-arg]
    command = _add(
        commands,
        "evaluate",
        "measure how well a model reads",
        "mnist-desktop evaluate default --split test",
    )
    _add_model(command)
    command.add_argument("--data", type=_path, metavar="PATH", help=DATA_HELP)
    command.add_argument("--split", choices=["test", "validation"], help="without it, test")
    command.add_argument("--strokes", type=_path, metavar="FILE", help="labelled drawings instead")
    _add_strictness(command)


def _add_read(commands: Commands) -> None:  # type: ignore[type-arg]
    command = _add(
        commands,
        "read",
        "read pictures and drawings",
        "mnist-desktop read --csv numbers.csv photo.jpg drawings.jsonl scans/",
    )
    command.add_argument("files", nargs="+", type=_path, metavar="FILE|FOLDER", help=READ_HELP)
    command.add_argument("--model", default="default", metavar="MODEL", help=MODEL_HELP)
    _add_interpretation(command)
    command.add_argument("--csv", type=_path, metavar="OUT.csv", help=CSV_HELP)
    _add_strictness(command)


def _add_teach(commands: Commands) -> None:  # type: ignore[type-arg]
    command = _add(
        commands,
        "teach",
        "teach a copy of a model somebody's handwriting",
        "mnist-desktop teach default --strokes mine.jsonl --out mine.safetensors",
    )
    _add_model(command)
    command.add_argument(
        "--strokes", type=_path, required=True, metavar="FILE", help=TEACH_STROKES_HELP
    )
    command.add_argument(
        "--out", type=_path, required=True, metavar="MODEL.safetensors", help="where to save it"
    )


def _add_model(command: argparse.ArgumentParser) -> None:
    """The model that a command is about, as its first argument, and how it is taken."""
    command.add_argument("model", metavar="MODEL", help=MODEL_HELP)
    _add_interpretation(command)


def _add_interpretation(command: argparse.ArgumentParser) -> None:
    words = ", ".join(WORDS)
    command.add_argument("--activation", choices=_words("activation"), help=ACTIVATION_HELP)
    command.add_argument(
        "--input", type=_input_format, metavar="WORDS", help=INPUT_HELP.format(words=words)
    )


def _input_format(text: str) -> InputFormat:
    try:
        return parse_input(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _add_strictness(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strictness", type=_share, metavar="SHARE", help=STRICTNESS_HELP)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1")
    return share


def _add_export(commands: Commands) -> None:  # type: ignore[type-arg]
    command = _add(
        commands,
        "export",
        "write a model's weights for other programs",
        "mnist-desktop export default default.pt",
    )
    _add_model(command)
    command.add_argument(
        "out",
        type=_path,
        metavar="OUT.onnx|OUT.pt",
        help="ONNX, or a PyTorch state dict (.pt, .pth); a file that is there is replaced",
    )
