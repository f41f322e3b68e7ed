"""The one error a probe may raise: what was asked cannot be measured at all.

A missing framework, a crash or a time-out is a *result* with a reason, never this error.
"""


class ProbeError(Exception):
    """What was asked for cannot be measured (wrong plan, unknown workload or arm, no interpreter).

    Args:
        message: What is wrong, with the nearest valid value where there is one.
        title: A short headline for the face that shows it.
    """

    def __init__(self, message: str, title: str = "The probe could not measure this") -> None:
        """Keep the headline beside the message."""
        super().__init__(message)
        self.title = title
