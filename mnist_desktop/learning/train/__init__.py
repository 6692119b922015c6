"""Training as a generator of events, and all that it is made of."""
