"""Draw digits and have them read; train the network that reads them and watch it learn."""

__version__ = "0.1.0"
