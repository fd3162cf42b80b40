"""The recipe of a run, as the body of a request gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Discriminator, Field, Tag

from app.web.wire.members import Members

if TYPE_CHECKING:
    from app.training.recipe import Recipe

MAX_EPOCHS = 1_000
MAX_BATCH = 60_000
MAX_SEED = 2**31 - 1
MAX_PATIENCE = 1_000

Positive = Annotated[float, Field(gt=0, le=1_000)]
Share = Annotated[float, Field(ge=0, lt=1)]
Inner = Annotated[float, Field(gt=0, lt=1)]
DataSetName = Annotated[
    str, Field(pattern=r"^(mnist|mnist-subset|fashion-mnist|own:[a-z0-9][a-z0-9-]{0,39})$")
]
Side = Annotated[int, Field(ge=1, le=28)]
Patience = Annotated[int, Field(ge=0, le=MAX_PATIENCE)]


class OptimizerBody(Members):
    """Which optimizer takes the steps, and how large they are."""

    name: Literal["adam", "sgd"] = "adam"
    lr: Positive = 1e-3
    weight_decay: Annotated[float, Field(ge=0, le=1_000)] = 1e-5
    amsgrad: bool = True
    betas: Annotated[list[Share], Field(min_length=2, max_length=2)] = Field([0.9, 0.999])
    eps: Annotated[float, Field(gt=0, le=1)] = 1e-8
    momentum: Share = 0.0


class SchedulerBody(Members):
    """When the validation loss has not fallen for `patience` epochs, lr is multiplied by it."""

    patience: Patience = 3
    factor: Inner = 0.5
    min_lr: Annotated[float, Field(ge=0, le=1)] = 1e-6


class OneCycleBody(Members):
    """The learning rate rises for a share of all steps, then falls to nearly 0."""

    name: Literal["one_cycle"]
    rise: Inner = 0.25


def _schedule_of(given: object) -> str:
    """Which of the two courses is meant: that with a name has one."""
    is_named = "name" in given if isinstance(given, dict) else hasattr(given, "name")
    return OneCycleBody.__name__ if is_named else SchedulerBody.__name__


Schedule = Annotated[
    Annotated[SchedulerBody, Tag(SchedulerBody.__name__)]
    | Annotated[OneCycleBody, Tag(OneCycleBody.__name__)],
    Discriminator(_schedule_of),
]


class EarlyStoppingBody(Members):
    """Training ends when the validation loss has not fallen for so many epochs."""

    patience: Annotated[int, Field(ge=1, le=MAX_PATIENCE)] = 7


class AugmentationBody(Members):
    """How far a training image is moved by chance before it is learned from."""

    rotation_degrees: Annotated[float, Field(ge=0, le=180)] = 0.0
    scale: Share = 0.0
    shift: Annotated[float, Field(ge=0, le=28)] = 0.0
    flip: bool = False


class ConvolutionBody(Members):
    """A convolution of MyCNN, its windows squares."""

    channels: Annotated[int, Field(ge=1, le=512)]
    kernel_size: Side = 3
    stride: Side = 1
    padding: Annotated[int, Field(ge=0, le=14)] = 1


class PoolingBody(Members):
    """The pooling behind each convolution."""

    kind: Literal["max", "average"] = "max"
    kernel_size: Side = 2
    stride: Side = 2


class DenseBody(Members):
    """The first dense layer."""

    units: Annotated[int, Field(ge=1, le=4_096)] = 128


class LayersBody(Members):
    """MyCNN's layers where they are others; what is left out is as it is."""

    conv1: ConvolutionBody = ConvolutionBody.model_construct(channels=32)
    conv2: ConvolutionBody = ConvolutionBody.model_construct(channels=64)
    conv3: ConvolutionBody | None = None
    pool: PoolingBody = PoolingBody.model_construct()
    fc1: DenseBody = DenseBody.model_construct()


class TransferBody(Members):
    """Goes on with a trained network, its last layer replaced; with `freeze` that alone learns."""

    source: Annotated[str, Field(max_length=64, alias="from")]
    freeze: bool = True


class OwnDataBody(Members):
    """What a recipe that was begun says of data of the user's own; the server fills it in anew."""

    classes: list[Annotated[str, Field(max_length=64)]]
    kind: Literal["drawings", "photographs"]
    sha256: Annotated[str, Field(max_length=64)]


class RecipeBody(Members):
    """A whole run; what is left out is as the article has it."""

    network: Annotated[str, Field(max_length=64)] = "mycnn"
    dataset: DataSetName = "mnist-subset"
    epochs: Annotated[int, Field(ge=1, le=MAX_EPOCHS)] = 50
    batch_size: Annotated[int, Field(ge=1, le=MAX_BATCH)] = 64
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)] = 0
    split: Annotated[float, Field(ge=0.01, le=0.99)] = 0.8
    split_seed: Annotated[int, Field(ge=0, le=MAX_SEED)] = 0
    optimizer: OptimizerBody = OptimizerBody.model_construct()
    scheduler: Schedule | None = SchedulerBody.model_construct()
    early_stopping: EarlyStoppingBody | None = EarlyStoppingBody.model_construct()
    initialization: Literal["article", "default", "normal"] = "article"
    initialization_scale: Annotated[float, Field(gt=0, le=100)] = 0.01
    augmentation: AugmentationBody | None = None
    precision: Literal["float32", "bfloat16"] = "float32"
    dropout: Inner | None = None
    batch_norm: bool = False
    layers: LayersBody | None = None
    transfer: TransferBody | None = None
    data: OwnDataBody | None = None
    weights_dtype: Literal["float32"] = "float32"

    def as_recipe(self) -> Recipe:
        """The recipe with all that was left out."""
        from app.training.recipe import Recipe

        return Recipe.from_dict(self.model_dump(by_alias=True))
