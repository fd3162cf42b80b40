"""The kinds of layers: what each one is by its settings, and what one of its values is made of.

To let a network use another kind of layer, write it in a file of its own and name it here.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from app.mechanics.errors import MechanicsError
from app.networks.kinds.adaptive_average_pooling import AdaptiveAvgPool2dKind
from app.networks.kinds.addition import AddKind
from app.networks.kinds.affine import AffineKind
from app.networks.kinds.average_pooling import AvgPool2dKind
from app.networks.kinds.batch_normalization import BatchNorm2dKind
from app.networks.kinds.concatenation import ConcatenateKind
from app.networks.kinds.convolution import Conv2dKind
from app.networks.kinds.dropout import DropoutKind
from app.networks.kinds.elu import ELUKind
from app.networks.kinds.flatten import FlattenKind
from app.networks.kinds.gelu import GELUKind
from app.networks.kinds.hardsigmoid import HardsigmoidKind
from app.networks.kinds.hardswish import HardswishKind
from app.networks.kinds.kind import Facts, Incoming, Kind
from app.networks.kinds.leaky_relu import LeakyReLUKind
from app.networks.kinds.linear import LinearKind
from app.networks.kinds.max_pooling import MaxPool2dKind
from app.networks.kinds.mean import MeanKind
from app.networks.kinds.multiplication import MultiplyKind
from app.networks.kinds.padding import PadKind
from app.networks.kinds.prelu import PReLUKind
from app.networks.kinds.relu import ReLUKind
from app.networks.kinds.relu6 import ReLU6Kind
from app.networks.kinds.scaled_tanh import ScaledTanhKind
from app.networks.kinds.sigmoid import SigmoidKind
from app.networks.kinds.silu import SiLUKind
from app.networks.kinds.softmax import SoftmaxKind
from app.networks.kinds.tanh import TanhKind
from app.networks.kinds.unexplained import UnexplainedKind
from app.networks.kinds.view import View
from app.networks.position import Shape

__all__ = ["KINDS", "UNEXPLAINED", "Facts", "Incoming", "Kind", "View", "explain", "is_explained"]

UNEXPLAINED = UnexplainedKind()

KINDS: tuple[Kind, ...] = (
    Conv2dKind(),
    MaxPool2dKind(),
    AvgPool2dKind(),
    AdaptiveAvgPool2dKind(),
    MeanKind(),
    PadKind(),
    ReLUKind(),
    ReLU6Kind(),
    LeakyReLUKind(),
    PReLUKind(),
    ELUKind(),
    TanhKind(),
    ScaledTanhKind(),
    SigmoidKind(),
    SiLUKind(),
    GELUKind(),
    HardswishKind(),
    HardsigmoidKind(),
    AffineKind(),
    BatchNorm2dKind(),
    DropoutKind(),
    AddKind(),
    MultiplyKind(),
    ConcatenateKind(),
    FlattenKind(),
    LinearKind(),
    SoftmaxKind(),
    UNEXPLAINED,
)

_KIND_OF = {module: kind for kind in KINDS for module in kind.modules}


def is_explained(module: type[nn.Module]) -> bool:
    """Whether a kind knows modules of this class."""
    return module in _KIND_OF


def explain(module: nn.Module, inputs: Sequence[Incoming], observed: Shape) -> tuple[Kind, Facts]:
    """The kind of a layer and its facts; what no kind explains is `Unexplained`.

    Args:
        observed: the shape that the layer gave: a kind that says another does not explain it.
    """
    kind = _KIND_OF.get(type(module), UNEXPLAINED)
    try:
        facts = kind.facts(module, inputs, observed)
    except (MechanicsError, TypeError, ValueError):  # settings or inputs that the kind cannot read
        facts = None
    if facts is None or facts.output_shape != observed:
        return UNEXPLAINED, UNEXPLAINED.facts(module, inputs, observed)
    return kind, facts
