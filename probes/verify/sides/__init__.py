"""How each side makes tensors, differentiates, and is put back into its first state."""
