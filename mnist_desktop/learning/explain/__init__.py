"""Why a network answers as it does: contributions, smallest changes, what is most alike."""
