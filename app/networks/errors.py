"""What can be wrong with a question about a network; each message is a sentence for whoever asked.

No message repeats what was asked, so that one can be shown to anybody.
"""

from __future__ import annotations

from app.refusals import NotFinite, Unavailable, UnknownName


class UnknownNetwork(UnknownName):
    """There is no network of that name."""


class NetworkUnavailable(Unavailable):
    """The network is known, but its weights cannot be used; the message says why."""


class NotFiniteWeights(NotFinite, NetworkUnavailable):
    """The network's weights are whole, but not all of them are finite numbers."""


class PatchesUnavailable(Unavailable):
    """There are no patches that excite a network's units; the message says why."""


class UnknownLayer(UnknownName):
    """The network has no layer of that name, or not one that has what was asked for."""
