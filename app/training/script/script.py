"""A run's recipe as a script that needs no more than PyTorch and NumPy, and has the same losses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import nn

from app.networks.architecture import Architecture
from app.networks.architectures.mycnn import initialize
from app.networks.head import name_of_head
from app.networks.registry import ARCHITECTURES
from app.training.datasets import OWN
from app.training.mnist import COLLECTIONS, FASHION
from app.training.recipe import Recipe
from app.training.script import templates
from app.training.script.network_source import NetworkSource
from app.training.script.training import INDENT, training_of
from app.training.variant import CLOTHES_LIKE, DIGITS_LIKE, architecture_of


def script_of(recipe: Recipe, run: str, threads: int = 1) -> str:
    """The script.

    Args:
        run: how the run is called.
        threads: how many it computed with.

    Raises: RecipeError for a recipe that cannot be carried out.
    """
    architecture = architecture_of(recipe)
    base = _base_of(recipe)
    source = NetworkSource()
    make = "" if _is_chain(base) else source.add(base.build)
    starting = [*_initialize(recipe, architecture, source)]
    pieces = [
        _head(recipe, architecture, run, threads, source),
        source.text,
        _load(recipe),
        templates.SPLIT_BY_CLASS if recipe.dataset.startswith(OWN) else templates.SPLIT,
        _build(architecture, base, make),
        *starting,
        *_augment(recipe),
        training_of(recipe, architecture),
    ]
    return "\n".join(piece for piece in pieces if piece)


def _base_of(recipe: Recipe) -> Architecture:
    """The network with the classes that it has by itself."""
    if recipe.data is not None and recipe.data.kind == "photographs":
        return ARCHITECTURES[recipe.network]
    return architecture_of(replace(recipe, data=None))


def _is_chain(architecture: Architecture) -> bool:
    """Whether a network is PyTorch's own layers, one after the other."""
    model = architecture.build().eval()
    children = list(model.children())
    if any(
        type(each).__module__.split(".")[0] != "torch" or [*each.children()] for each in children
    ):
        return False
    image = torch.rand(1, *architecture.input_shape)
    with torch.inference_mode():
        return torch.equal(nn.Sequential(*children)(image), model(image))


def _head(
    recipe: Recipe, architecture: Architecture, run: str, threads: int, source: NetworkSource
) -> str:
    normalization, known = architecture.normalization, templates.HEAD.splitlines()
    more = ", safetensors" if recipe.transfer else ""
    more += ", torchvision" if "torchvision" in source.text else ""
    weights = "" if recipe.transfer is None else " weights.safetensors"
    text = templates.HEAD.format(
        title=_title(recipe, architecture),
        run=run,
        data=_data_argument(recipe) + weights,
        more=more,
        source=_whose_weights(recipe),
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        seed=recipe.seed,
        split=recipe.split,
        split_seed=recipe.split_seed,
        threads=threads,
        mean=list(normalization.mean),
        std=list(normalization.std),
        future="\nfrom __future__ import annotations\n" if source.definitions else "",
        imports="".join(f"{line}\n" for line in source.imports if line not in known),
    )
    return text.replace(" \n", "\n")


def _title(recipe: Recipe, architecture: Architecture) -> str:
    """What is trained: a network that goes on with other data is not named after its first."""
    if recipe.network == CLOTHES_LIKE and recipe.dataset != FASHION.name:
        return ARCHITECTURES[DIGITS_LIKE].title
    return architecture.title


def _whose_weights(recipe: Recipe) -> str:
    """Which file a transfer begins with, in a sentence."""
    if recipe.transfer is None:
        return ""
    return f"weights.safetensors are those of {recipe.transfer.source}."


def _data_argument(recipe: Recipe) -> str:
    """What the script is given to learn from."""
    if recipe.dataset.startswith(OWN):
        return f"{recipe.dataset.removeprefix(OWN)}.npz"
    collection = COLLECTIONS.get(recipe.dataset)
    if collection is None:
        return "models/mnist-subset/digits.npz"
    return f"{collection.title.replace('-', '')}/raw"


def _load(recipe: Recipe) -> str:
    if recipe.dataset.startswith(OWN):
        return templates.OWN
    collection = COLLECTIONS.get(recipe.dataset)
    return templates.COLLECTION.format(title=collection.title) if collection else templates.SUBSET


def _build(architecture: Architecture, base: Architecture, make: str) -> str:
    """The network, its last layer replaced where there are other classes.

    Args:
        make: the call that makes it; '' for a chain of PyTorch's own layers.
    """
    more = ""
    if len(architecture.classes) != len(base.classes):
        name = name_of_head(architecture.build())
        head = architecture.build().get_submodule(name)
        more = f"{INDENT}model.{name} = nn.{head!r}\n"
    if make:
        return templates.REGISTERED.format(title=base.title, make=make, more=more)
    layers = base.build().named_children()
    lines = [f"{3 * INDENT}{name}=nn.{module!r}," for name, module in layers]
    return templates.CHAIN.format(layers="\n".join(lines), more=more)


def _initialize(recipe: Recipe, architecture: Architecture, source: NetworkSource) -> Iterator[str]:
    if recipe.initialization == "normal":
        yield templates.NORMAL.format(scale=recipe.initialization_scale)
    elif recipe.initialization == "article":
        if architecture.initialize is initialize:
            yield templates.ARTICLE
            return
        name = source.add(architecture.initialize).removesuffix("()")
        if name != "initialize":
            yield f"\ninitialize = {name}\n"


def _augment(recipe: Recipe) -> Iterator[str]:
    if (moves := recipe.augmentation) is not None:
        yield templates.AUGMENT.format(
            mirrored=", mirrored" if moves.flip else "",
            rotation=moves.rotation_degrees,
            scale=moves.scale,
            shift=moves.shift,
            sign="torch.where(mirror < 0, -1.0, 1.0)" if moves.flip else "torch.ones(count)",
        )
