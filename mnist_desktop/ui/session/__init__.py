"""What the window is about: state and work, without a widget."""
