"""What follows: facts, engine, explanation, and the faces that show them."""

__version__ = "0.1.0"
