"""Every operation by its name. What is asked of all of them is asked here, and nowhere by name."""

from typing import get_args

from app.mechanics.convolution_operation import Convolution
from app.mechanics.operation import Operation
from app.mechanics.pool_kinds import PoolKind
from app.mechanics.pooling_operation import Pooling
from app.mechanics.transposed_operation import TransposedConvolution

OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Convolution(),
        TransposedConvolution(),
        *(Pooling(kind) for kind in get_args(PoolKind)),
    )
}
