"""What can be wrong with a question about a network; each message is a sentence for whoever asked.

No message repeats what was asked, so that one can be shown to anybody.
"""

from __future__ import annotations


class UnknownNetwork(LookupError):
    """There is no network of that name."""


class NetworkUnavailable(RuntimeError):
    """The network is known, but its weights cannot be used; the message says why."""


class UnknownLayer(LookupError):
    """The network has no layer of that name, or not one that has what was asked for."""
