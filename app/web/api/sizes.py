"""How an output's size comes about, along both axes: each operation's formula, in JSON."""

from app.mechanics.adaptive import AdaptiveStep
from app.mechanics.size import SizeStep
from app.mechanics.transposed_axis import TransposedStep
from app.web.wire.schemas import Schema


class OutputSize(Schema):
    """The formula of a sliding window for both axes."""

    height: SizeStep
    width: SizeStep


class TransposedSize(Schema):
    """The formula of a transposed convolution for both axes."""

    height: TransposedStep
    width: TransposedStep


class AdaptiveSize(Schema):
    """How both axes are shared out among windows."""

    height: AdaptiveStep
    width: AdaptiveStep
