"""The kinds of pooling by name: which settings each has, and what they are when left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from app.mechanics.adaptive import AdaptivePool2dSpec
from app.mechanics.errors import MechanicsError
from app.mechanics.spec import Pool2dSpec

PoolSpec = Pool2dSpec | AdaptivePool2dSpec
PoolKind = Literal[
    "max", "average", "lp", "adaptive_max", "adaptive_average", "global_max", "global_average"
]

PoolRule = Literal["maximum", "mean", "norm"]
"""What becomes of the values of a window."""


@dataclass(frozen=True, slots=True)
class PoolKindSettings:
    """What a kind of pooling does, and what it is told.

    Attributes:
        rule: what becomes of the values of a window.
        defaults: its settings by name, each as it is when it is left out.
        read: makes one spec of them.
    """

    rule: PoolRule
    defaults: Mapping[str, Any]
    read: Callable[..., PoolSpec]

    @property
    def is_adaptive(self) -> bool:
        """Whether the windows are laid out to a number, where else one window moves."""
        return "kernel_size" not in self.defaults


def _moving(kernel_size: Any = None, **settings: Any) -> Pool2dSpec:
    """The settings of a window that moves."""
    if kernel_size is None:
        raise MechanicsError(
            "A pooling needs a kernel_size; only the adaptive and global kinds do without.",
            "kernel_size",
        )
    return Pool2dSpec.of(kernel_size, **settings)


def _adaptive(output_size: Any = None) -> AdaptivePool2dSpec:
    """The settings of windows that are laid out to a number."""
    if output_size is None:
        raise MechanicsError(
            "An adaptive pooling needs an output_size: the windows follow from it.",
            "output_size",
        )
    return AdaptivePool2dSpec.of(output_size)


def _global() -> AdaptivePool2dSpec:
    """One window over the whole of a map."""
    return AdaptivePool2dSpec((1, 1))


_WINDOW = {"kernel_size": None, "stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}
_MEAN = {"count_include_pad": True, "divisor_override": None}

POOL_KINDS: dict[PoolKind, PoolKindSettings] = {
    "max": PoolKindSettings("maximum", _WINDOW, _moving),
    "average": PoolKindSettings("mean", _WINDOW | _MEAN, _moving),
    "lp": PoolKindSettings("norm", _WINDOW | {"norm_type": 2.0}, _moving),
    "adaptive_max": PoolKindSettings("maximum", {"output_size": None}, _adaptive),
    "adaptive_average": PoolKindSettings("mean", {"output_size": None}, _adaptive),
    "global_max": PoolKindSettings("maximum", {}, _global),
    "global_average": PoolKindSettings("mean", {}, _global),
}


def pool_spec(kind: str, **settings: Any) -> PoolSpec:
    """The settings of a pooling of this kind; those that the kind does not have are not looked at.

    Raises:
        MechanicsError: another kind, or the one setting that the kind cannot do without is missing.

    Example:
        >>> pool_spec("global_max").as_dict()
        {'output_size': [1, 1]}
        >>> pool_spec("max", kernel_size=3, norm_type=2.0).stride
        (3, 3)
    """
    known = POOL_KINDS.get(cast(PoolKind, kind))
    if known is None:
        raise MechanicsError(f"kind is one of {', '.join(get_args(PoolKind))}.", "kind")
    defaults = known.defaults
    return known.read(**{name: value for name, value in settings.items() if name in defaults})
