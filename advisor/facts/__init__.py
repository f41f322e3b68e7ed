"""Facts: what is known of the person's case, and where each of it comes from."""
