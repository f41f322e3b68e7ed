"""Facts out of ordinary English, by the vocabulary of the knowledge base; no model, no network."""
