"""What both convolutions say in PyTorch: their operands, turned kernels, sides in F.pad's order."""

from torch import Tensor

from app.mechanics.padding import Padding

DEFAULTS = {
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "groups": 1,
    "dilation": 1,
}


def tensors(input: Tensor, weight: Tensor, bias: Tensor | None) -> dict[str, Tensor]:
    """The operands under their names."""
    return {"input": input, "weight": weight} | ({} if bias is None else {"bias": bias})


def turned(flip_kernel: bool) -> list[str]:
    """The statement that turns the kernels, where the settings say so."""
    turn = "weight = weight.flip(-2, -1)  # convolution flips; PyTorch's correlates"
    return [turn] if flip_kernel else []


def sides(padding: Padding) -> tuple[int, int, int, int]:
    """The sides in the order of F.pad."""
    return padding.left, padding.right, padding.top, padding.bottom
