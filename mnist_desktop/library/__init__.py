"""What the user has done, in one SQLite file. Knows no Qt; loads torch only where weights are made.

``Library`` is the file, ``RunRecord`` a run, all of it, and ``rows`` the one way from a run to rows
and back. ``runs`` lists and edits what is there, ``RunRecorder`` keeps a run while it goes on,
``run_file`` makes of it a file that another person can open, ``recovery`` takes home what could not
be written, and ``weights`` makes models and checkpoints.
"""
