"""The recipe of a run, as the body of a request gives it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from app.web.wire.members import Members

MAX_EPOCHS = 1_000
MAX_BATCH = 60_000
MAX_SEED = 2**31 - 1
MAX_PATIENCE = 1_000

Positive = Annotated[float, Field(gt=0, le=1_000)]
Share = Annotated[float, Field(ge=0, lt=1)]
Inner = Annotated[float, Field(gt=0, lt=1)]
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


class RecipeBody(Members):
    """A whole run; what is left out is as the article has it."""

    network: Annotated[str, Field(max_length=64)] = "mycnn"
    dataset: Literal["mnist", "mnist-subset", "fashion-mnist"] = "mnist-subset"
    epochs: Annotated[int, Field(ge=1, le=MAX_EPOCHS)] = 50
    batch_size: Annotated[int, Field(ge=1, le=MAX_BATCH)] = 64
    seed: Annotated[int, Field(ge=0, le=MAX_SEED)] = 0
    split: Annotated[float, Field(ge=0.01, le=0.99)] = 0.8
    optimizer: OptimizerBody = OptimizerBody.model_construct()
    scheduler: Schedule | None = SchedulerBody.model_construct()
    early_stopping: EarlyStoppingBody | None = EarlyStoppingBody.model_construct()
    initialization: Literal["article", "default"] = "article"
    augmentation: AugmentationBody | None = None
    precision: Literal["float32", "bfloat16"] = "float32"
    dropout: Inner | None = None
    batch_norm: bool = False

    def as_recipe(self) -> dict[str, Any]:
        """The recipe with all that was left out, as `Recipe.as_dict` gives it."""
        from app.training.recipe import Recipe

        return Recipe.from_dict(self.model_dump()).as_dict()
