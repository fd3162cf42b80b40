"""What can be wrong with a network of the user's own."""


class OwnNetworkError(ValueError):
    """A network of the user's own that cannot be had; the message is a sentence."""
