"""Networks, and models with all that is known of them: made, changed, opened and saved."""
