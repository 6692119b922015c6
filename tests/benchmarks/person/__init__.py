"""Somebody who does at random what a person can do in the window, and who notes what goes wrong."""
