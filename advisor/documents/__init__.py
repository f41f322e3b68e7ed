"""The documents other programs rely on, as types: one definition gives JSON and its schema."""
