"""Benchmarks are run so seldom that nobody would see that one of them no longer starts."""

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "benchmarks"

# All in one process: torch and Qt, which take seconds, are imported once.
ASK_FOR_HELP = """
import contextlib, importlib, io, json, sys, traceback
faults = {}
for name in sys.argv[1:]:
    told = io.StringIO()
    try:
        module = importlib.import_module(name)
        if hasattr(module, "main") and hasattr(module, "argparse"):
            sys.argv = [name, "--help"]
            with contextlib.redirect_stdout(told), contextlib.suppress(SystemExit):
                module.main()
            assert told.getvalue().startswith("usage: "), told.getvalue()
    except Exception:
        faults[name] = traceback.format_exc()
print(json.dumps(faults))
"""


def test_each_can_be_imported_and_tells_how_it_is_used():
    paths = [path for path in sorted(FOLDER.rglob("*.py")) if path.stem != "__init__"]
    names = [".".join(path.relative_to(FOLDER).with_suffix("").parts) for path in paths]
    assert len(names) > 40
    done = subprocess.run(
        [sys.executable, "-c", ASK_FOR_HELP, *names],
        check=True,
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert json.loads(done.stdout) == {}
