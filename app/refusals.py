"""Refusals that mean the same wherever they come from.

Apart, since networks and pictures both have names and files, and know nothing of each other. No
message repeats what was asked, so that one can be shown to anybody.
"""


class UnknownName(LookupError):
    """A name that nothing has; the message says which names there are."""

    def __str__(self) -> str:
        """The sentence, without the quotes that LookupError's relatives add."""
        return str(self.args[0])


class Unavailable(RuntimeError):
    """Something that is known but cannot be used; the message says why."""


class NotFinite(Unavailable):
    """Something that is whole and will stay as it is, but holds what is no finite number."""
