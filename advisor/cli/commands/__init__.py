"""One file per command: HELP texts, arguments, and what it does with them."""
