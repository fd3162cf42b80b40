"""Every operation's texts by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from app.mechanics.operation import Operands
from app.mechanics.pool_kinds import PoolKind
from app.take_away.convolution import conv2d_numpy, conv2d_program
from app.take_away.pooling import pool2d_numpy, pool2d_program
from app.take_away.text import Program
from app.take_away.transposed import conv_transpose2d_numpy, conv_transpose2d_program


@dataclass(frozen=True, slots=True)
class Texts:
    """How an operation is written: as a PyTorch program, and as a NumPy text."""

    program: Callable[[Operands, Any], Program]
    numpy: Callable[[Operands, Any], str]


def _convolution(program: Callable[..., Program], numpy: Callable[..., str]) -> Texts:
    """The texts of an operation with weights."""
    return Texts(
        lambda of, spec: program(of.input, of.weight, of.bias, spec),
        lambda of, spec: numpy(of.input, of.weight, of.bias, spec),
    )


def _pool_program(kind: PoolKind, of: Operands, spec: Any) -> Program:
    """A pooling's program."""
    return pool2d_program(of.input, kind, spec)


def _pool_numpy(kind: PoolKind, of: Operands, spec: Any) -> str:
    """A pooling's NumPy text."""
    return pool2d_numpy(of.input, kind, spec)


TEXTS: dict[str, Texts] = {
    "conv2d": _convolution(conv2d_program, conv2d_numpy),
    "conv_transpose2d": _convolution(conv_transpose2d_program, conv_transpose2d_numpy),
    **{
        f"{kind}_pool2d": Texts(partial(_pool_program, kind), partial(_pool_numpy, kind))
        for kind in get_args(PoolKind)
    },
}


def texts_of(operation: str, operands: Operands, spec: Any) -> dict[str, str]:
    """What to paste to get the same numbers: with PyTorch, with its gradients, and with NumPy."""
    texts = TEXTS[operation]
    program = texts.program(operands, spec)
    return {
        "pytorch": program.text(),
        "autograd": program.text_with_gradients(),
        "numpy": texts.numpy(operands, spec),
    }
