"""The terminal interface: shows what the interview and the advice say, and decides nothing."""
