"""The errors that users meet, each a single sentence: what, where, and how to mend it."""


class InputError(Exception):
    """The input or its use is wrong: register, arguments, an unreadable folder (exit status 2)."""


class BusinessRefusal(Exception):  # noqa: N818 - a refusal is a decision, not an error
    """The command is refused for a reason of the business (exit status 1)."""


class InternalFailure(Exception):  # noqa: N818 - what failed is the system, and its text may be shown
    """The system itself failed, and can say so without showing a value (exit status 3)."""
