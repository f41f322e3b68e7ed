"""From facts and knowledge to a decision. Pure: no clock, no files, no randomness without seed."""
