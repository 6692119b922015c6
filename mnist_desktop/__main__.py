"""``python -m mnist_desktop``."""

from mnist_desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
