"""What can go wrong in advising, as exceptions; the exit codes stand in `advisor.cli.exit_codes`.

AdviceError         base: anything a user can do something about
  InputError        an answer, a file or an option of the command line is not valid
"""

from __future__ import annotations


class AdviceError(Exception):
    """Something a user can do something about; the message is one printable line."""


class InputError(AdviceError):
    """An answer, a file or a flag is not valid; the message names place, value and nearest."""
