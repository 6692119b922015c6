"""The network laid open: its layers and neurons."""
