"""What can be wrong with a question about a network; each message is a sentence for whoever asked.

No message repeats what was asked, so that one can be shown to anybody.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from app.mechanics.errors import MechanicsError
from app.refusals import Unavailable, UnknownName

if TYPE_CHECKING:
    from app.networks.graph import Graph


class UnknownNetwork(UnknownName):
    """There is no network of that name."""


class NetworkUnavailable(Unavailable):
    """The network is known, but its weights cannot be used; the message says why."""


class PatchesUnavailable(Unavailable):
    """There are no patches that excite a network's units; the message says why."""


class UnknownLayer(UnknownName):
    """The network has no layer of that name, or not one that has what was asked for."""


class OtherLayers(MechanicsError):
    """A network that decides by what it sees runs other layers on an image than were shown.

    Args:
        title: the network's.
        shown: the layers of its outline.
        ran: those of the image.
    """

    def __init__(self, title: str, shown: Graph, ran: Graph) -> None:
        pairs = zip_longest(shown.signature, ran.signature, fillvalue=("its end",))
        there, here = next((one[0], other[0]) for one, other in pairs if one != other)
        way = f"goes on with {here}" if here != there else "has other sizes or other sources there"
        super().__init__(
            f"{title} decides by what it sees: where the layers shown go on with {there}, this "
            f"image {way}.",
            "input",
        )
