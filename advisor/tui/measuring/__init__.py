"""Measurements as rows of a page: what to measure, how far it is, what came out, what is kept."""
