"""The run that goes on, the next one that is drafted, and those that were."""
