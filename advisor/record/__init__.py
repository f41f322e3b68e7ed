"""The record of being right: documented cases, and what a good answer to each says."""
