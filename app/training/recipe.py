"""How a network is trained: every choice of a run as one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

from app.networks.changeable_mycnn import Layers


@dataclass(frozen=True)
class OptimizerRecipe:
    """Which optimizer takes the steps, and how large they are."""

    name: Literal["adam", "sgd"] = "adam"
    lr: float = 1e-3
    weight_decay: float = 1e-5
    amsgrad: bool = True
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    momentum: float = 0.0


@dataclass(frozen=True)
class SchedulerRecipe:
    """When the validation loss has not fallen for `patience` epochs, lr is multiplied by `factor`.

    Source: torch.optim.lr_scheduler.ReduceLROnPlateau, mode "min".
    """

    patience: int = 3
    factor: float = 0.5
    min_lr: float = 1e-6


@dataclass(frozen=True)
class OneCycleRecipe:
    """The learning rate rises to the optimizer's, then falls to nearly 0 by the last step.

    Args:
        rise: the share of all steps that it rises for.

    Source: torch.optim.lr_scheduler.OneCycleLR, cosine, momentum kept as it is.
    """

    name: Literal["one_cycle"] = "one_cycle"
    rise: float = 0.25


@dataclass(frozen=True)
class AugmentationRecipe:
    """How far a training image is moved by chance before it is learned from, each time anew.

    Args:
        rotation_degrees: turned by up to so much, either way.
        scale: made larger or smaller by up to this share.
        shift: moved by up to so many pixels, down or across.
        flip: mirrored left to right half of the time: right for clothes, wrong for digits.
    """

    rotation_degrees: float = 0.0
    scale: float = 0.0
    shift: float = 0.0
    flip: bool = False


@dataclass(frozen=True)
class EarlyStoppingRecipe:
    """Training ends when the validation loss has not fallen for `patience` epochs."""

    patience: int = 7


@dataclass(frozen=True)
class TransferRecipe:
    """A trained network is gone on with: its last layer replaced, all others as they learned.

    Args:
        source: the network's name, or that of a run's moment. In JSON it is called `from`.
        freeze: whether only the new last layer learns; a frozen batch normalization stays in
            evaluation, its statistics those of the data it was trained on.
    """

    source: str
    freeze: bool = True

    def as_dict(self) -> dict[str, Any]:
        """As it is written in JSON."""
        return {"from": self.source, "freeze": self.freeze}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """What `as_dict` gave."""
        return cls(values["from"], values.get("freeze", True))


@dataclass(frozen=True)
class OwnData:
    """What a run has to know of a data set of the user's own, as it was when the run was begun.

    Args:
        classes: the user's labels, in the order of the logits.
        kind: drawings are prepared as digits are, photographs for networks of photographs.
        sha256: of the images; a run learns from no others.
    """

    classes: tuple[str, ...]
    kind: Literal["drawings", "photographs"]
    sha256: str


@dataclass(frozen=True)
class Recipe:
    """A whole training run, in values that fit into JSON.

    Args:
        split: share of the training images that is trained on; the rest validates.
        seed: fixes the starting weights and the order of the batches.
        split_seed: fixes which images validate, apart from `seed` so that runs with different
            seeds are judged on the same images.
        initialization: "article" draws the starting weights that the network's source says (MyCNN:
            convolutions from normal(0, 0.01), dense layers by Xavier); "default" leaves PyTorch's;
            "normal" draws all of them from normal(0, `initialization_scale`).
        precision: "bfloat16" multiplies the training's products in that format, weights and sums
            staying float32; two to four times as fast on processors that have it.
        weights_dtype: how the weights are kept; "float16" where it changes no test prediction.
        dropout: of MyCNN, the share of `fc1`'s units that is left out by chance of each batch.
        batch_norm: of MyCNN, whether a batch normalization follows `conv1`.
        layers: of MyCNN, channels, windows, poolings and units; None: as they are.
        transfer: what the run begins with, instead of numbers drawn by chance.
        data: of a data set of the user's own.
    """

    network: str = "mycnn"
    dataset: str = "mnist"
    epochs: int = 50
    batch_size: int = 64
    seed: int = 0
    split: float = 0.8
    split_seed: int = 0
    optimizer: OptimizerRecipe = field(default_factory=OptimizerRecipe)
    scheduler: SchedulerRecipe | OneCycleRecipe | None = field(default_factory=SchedulerRecipe)
    early_stopping: EarlyStoppingRecipe | None = field(default_factory=EarlyStoppingRecipe)
    initialization: Literal["article", "default", "normal"] = "article"
    initialization_scale: float = 0.01
    augmentation: AugmentationRecipe | None = None
    precision: Literal["float32", "bfloat16"] = "float32"
    weights_dtype: Literal["float32", "float16"] = "float32"
    dropout: float | None = None
    batch_norm: bool = False
    layers: Layers | None = None
    transfer: TransferRecipe | None = None
    data: OwnData | None = None

    def __post_init__(self) -> None:
        if self.epochs < 1:
            raise ValueError(f"epochs is {self.epochs}, but a run needs at least 1.")
        if self.batch_size < 1:
            raise ValueError(f"batch_size is {self.batch_size}, but a batch needs at least 1.")
        if not 0.0 < self.split < 1.0:
            raise ValueError(f"split is {self.split}, but it must lie between 0 and 1.")
        if self.optimizer.lr <= 0.0:
            raise ValueError(f"lr is {self.optimizer.lr}, but it must be greater than 0.")
        if self.dropout is not None and not 0.0 < self.dropout < 1.0:
            raise ValueError(f"dropout is {self.dropout}, but it must lie between 0 and 1.")
        if self.initialization_scale <= 0.0:
            scale = self.initialization_scale
            raise ValueError(f"initialization_scale is {scale}, but it must be greater than 0.")

    @property
    def is_frozen(self) -> bool:
        """Whether only the last layer learns."""
        return self.transfer is not None and self.transfer.freeze

    @property
    def reads_once(self) -> bool:
        """Whether what the frozen layers are given is the same in every epoch."""
        return self.is_frozen and self.augmentation is None and self.precision == "float32"

    def as_dict(self) -> dict[str, Any]:
        """The recipe as plain values, for a card or an answer in JSON."""
        return {**asdict(self), "transfer": self.transfer and self.transfer.as_dict()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The recipe that `as_dict` gave, also after a journey as JSON.

        Raises: ValueError or TypeError for what is no recipe.
        """
        parts = {name: read(values[name]) for name, read in PARTS.items() if values.get(name)}
        return cls(**{**values, **parts})


def _optimizer(values: Mapping[str, Any]) -> OptimizerRecipe:
    first, second = values.get("betas", OptimizerRecipe.betas)
    return OptimizerRecipe(**{**values, "betas": (first, second)})


def _schedule(values: Mapping[str, Any]) -> SchedulerRecipe | OneCycleRecipe:
    is_cycle = values.get("name") == OneCycleRecipe.name
    return OneCycleRecipe(**values) if is_cycle else SchedulerRecipe(**values)


def _data(values: Mapping[str, Any]) -> OwnData:
    return OwnData(**{**values, "classes": tuple(values["classes"])})


PARTS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "optimizer": _optimizer,
    "scheduler": _schedule,
    "early_stopping": lambda values: EarlyStoppingRecipe(**values),
    "augmentation": lambda values: AugmentationRecipe(**values),
    "layers": Layers.from_dict,
    "transfer": TransferRecipe.from_dict,
    "data": _data,
}
