"""From the movement of the pen to the picture of networks larger than MyCNN, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bench import browser
from app.bench.handwriting import STROKES
from app.bench.options import Options
from app.bench.pace import route_ms, slowness
from app.bench.pen_to_picture import record
from app.bench.processes import our_server
from app.bench.row import Amount, Row
from app.bench.timing import duration_ms, percentile, told
from app.settings import get_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bench.pen import Recording

NAME = "pen-to-networks"
NETWORKS = ("vgg_mini", "resnet20")
# A picture may take twice a bare forward pass, and so many milliseconds more.
FACTOR = 2
SPARE_MS = 25.0


def measure(options: Options) -> list[Row]:
    """Digits drawn with the mouse on each network, in turn with the bare page."""
    digits = list(STROKES)[: options.count(5, 3)]
    flags, passes = browser.flags(), options.count(200, 50)
    with our_server() as server:
        return [
            _row(
                name,
                *record(flags, f"{server.url}/#network={name}", digits),
                _passes_ms(name, passes),
            )
            for name in NETWORKS
        ]


def _passes_ms(name: str, count: int) -> list[float]:
    """How long PyTorch's own call of a network takes, with as many threads as the server has."""
    import torch

    from app.networks import Library

    settings = get_settings()
    torch.set_num_threads(settings.torch_threads)
    network = Library.load(settings.models_dir, torch.device("cpu")).get(name)
    image = network.normalize(torch.zeros(network.architecture.input_shape))
    with torch.inference_mode():
        return [duration_ms(lambda: network.model(image)) for _ in range(count)]


def _row(network: str, ours: Recording, bare: Recording, passes_ms: Sequence[float]) -> Row:
    """The row of one network."""
    p50, pass_ms = percentile(ours.durations_ms, 50), percentile(passes_ms, 50)
    return Row(
        f"{NAME}, {network}",
        "from the pointer event to the frame with all that is in sight painted, as the page "
        f"measures it, p50; at most {FACTOR} bare forward passes ({pass_ms:.1f} ms each) and "
        f"{SPARE_MS:.0f} ms",
        Amount(p50, "ms"),
        target=FACTOR * pass_ms + SPARE_MS,
        slowness=slowness(percentile(bare.durations_ms, 50), route_ms()),
        details=(
            f"{len(ours.pictures):,} pictures of {len(ours.moves):,} movements, "
            f"one each {ours.pace_ms:.1f} ms",
            f"from the newest movement in a picture: {told(ours.durations_ms)}",
            f"the bare page's, which runs MyCNN: {told(bare.durations_ms)}",
            f"from every movement: {told(ours.waits_ms)}",
            f"a bare forward pass: {told(passes_ms)}",
        ),
    )
