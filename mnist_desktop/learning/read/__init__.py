"""From ink to an answer: which parts are a digit or a sign, and which."""
