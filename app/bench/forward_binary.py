"""Every activation of a digit as safetensors, against the bare route."""

from __future__ import annotations

from app.bench.bodies import SAFETENSORS, digit_body, drawn_body
from app.bench.forward import PATH, compare
from app.bench.options import Options
from app.bench.row import Row

NAME = "forward-binary"
# As the page asks while the pen moves.
DRAWN_PATH = f"{PATH}?steps=thumbnail"


def measure(options: Options) -> list[Row]:
    """A ready 28×28 digit, and a 280×280 drawing."""
    return [
        compare(
            NAME,
            "POST …/mycnn/forward of a 28×28 digit: prediction, steps and all activations as "
            "safetensors; p50 of one client, against a bare route of the same forward pass and "
            "as many bytes",
            digit_body(),
            SAFETENSORS,
            options,
        ),
        compare(
            f"{NAME}, drawn",
            "the same of a 280×280 drawing, which ours crops, scales, centres and normalizes first "
            "and the bare route does not",
            drawn_body(),
            SAFETENSORS,
            options,
            path=DRAWN_PATH,
            target=1.9,
        ),
    ]
