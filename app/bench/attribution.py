"""Why a network decides as it does: each method against captum's, on a small and a deep network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.bench.options import Options
from app.bench.row import Amount, NotMeasured, Row
from app.bench.timing import in_turn, percentile, told
from app.settings import get_settings

if TYPE_CHECKING:
    from torch import Tensor

    from app.networks import LoadedNetwork
    from app.networks.attribution import Method

NAME = "attribution"
NO_CAPTUM = (
    "captum is not installed: it is needed for this measurement and for the tests alone, and comes "
    "with what `make test` installs."
)
# How often each is taken, and with --quick: a deep network takes seconds for one of many passes.
ROUNDS = {"mycnn": (40, 10), "efficientnet_lite0": (6, 2)}
PASSES_OF_SECONDS = {"occlusion", "integrated_gradients"}
# As a share of the largest value: sums in another order differ by a thousandth.
MOST_APART = 0.01


def measure(options: Options) -> list[Row]:
    """A row for each method and network. Raises: NotMeasured where there is no captum."""
    try:
        import captum.attr  # noqa: F401  # looked for before anything is loaded
    except ModuleNotFoundError:
        raise NotMeasured(NO_CAPTUM) from None
    import torch

    from app.networks import Library
    from app.networks.attribution import METHODS

    settings = get_settings()
    torch.set_num_threads(settings.torch_threads)
    library = Library.load(settings.models_dir, torch.device("cpu"))
    return [
        _row(library.get(name), method, options) for name in ROUNDS for method in METHODS.values()
    ]


def _row(network: LoadedNetwork, method: Method, options: Options) -> Row:
    """One method on one network: p50 of ours against p50 of captum's."""
    import torch

    from app.networks.attribution import explain

    dice = torch.Generator().manual_seed(0)
    image = torch.rand(network.architecture.input_shape, generator=dice)
    index = int(network.forward(image).logits.argmax())

    def ours() -> Tensor:
        return explain(network, image, method, index).attribution.values

    theirs = _captums(network, image, method, index)
    _check(ours(), theirs().detach()[0], f"{method.title} of {network.architecture.title}")
    rounds = options.count(*ROUNDS[network.name])
    if network.name != "mycnn" and method.name in PASSES_OF_SECONDS:
        rounds = options.count(2, 1)
    pair = in_turn(ours, theirs, rounds=rounds, warm_up=1 if rounds > 2 else 0)
    return Row(
        f"{NAME}, {method.name}, {network.name}",
        f"{method.title} on {network.architecture.title}, the picture prepared: p50 against "
        "captum's with the same settings, both with as many threads",
        Amount(percentile(pair.first_ms, 50), "ms"),
        Amount(percentile(pair.second_ms, 50), "ms"),
        target=1.2,
        details=(f"ours: {told(pair.first_ms)}", f"captum: {told(pair.second_ms)}"),
    )


def _captums(
    network: LoadedNetwork, image: Tensor, method: Method, index: int
) -> Callable[[], Tensor]:
    """What gives captum's values for the same picture, class, layer, patch and steps."""
    import captum.attr as captum
    import torch

    from app.networks.attribution.explanation import layer_with_maps
    from app.networks.attribution.occlusion import patch_of

    images, paper = network.normalize(image), network.normalize(torch.zeros_like(image))
    model, channels = network.model, images.shape[1]
    side, stride = patch_of(images)
    options: dict[str, Any] = {"target": index}
    if method.name == "saliency":
        attribute, pixels = captum.Saliency(model).attribute, images.clone().requires_grad_()
    elif method.name == "grad_cam":
        layer = model.get_submodule(layer_with_maps(network.paths.first, None))
        attribute, pixels = captum.LayerGradCam(model, layer).attribute, images
        options["relu_attributions"] = True
    elif method.name == "occlusion":
        attribute, pixels = captum.Occlusion(model).attribute, images
        window = {"sliding_window_shapes": (channels, side, side), "baselines": paper}
        options |= {**window, "strides": (channels, stride, stride)}
    else:
        attribute, pixels = captum.IntegratedGradients(model).attribute, images
        options["baselines"] = paper

    def found() -> Tensor:
        values: Tensor = attribute(pixels, **options)
        return values

    return found


def _check(ours: Tensor, theirs: Tensor, what: str) -> None:
    """Raises: NotMeasured where the two do not give the same, so that times say nothing."""
    theirs = theirs.to(ours.dtype).reshape(ours.shape)
    apart = float((ours - theirs).abs().max())
    if apart > MOST_APART * max(1e-6, float(theirs.abs().max())):
        raise NotMeasured(f"{what}: captum's values are up to {apart:.2g} away from ours.")
