"""What the user has done, in one SQLite file. Knows no Qt; loads torch only where weights are made.

``Library`` is the file; ``runs`` lists, reads and edits what is in it, ``weights`` makes models and
training states of it, ``RunRecorder`` writes a run while it goes on, and ``run_file`` takes one run
out of it or into it as a file that another person can open.
"""
