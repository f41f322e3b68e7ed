"""Pages of single entries: one module per family of kinds, one page around them all."""
