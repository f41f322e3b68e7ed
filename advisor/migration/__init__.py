"""What becomes of existing code when it moves to an option, by name and by number."""
