"""Values that are the same whatever the image is, by geometry: those of constant padding."""

from __future__ import annotations

from typing import Any

from app.networks.graph import INPUT
from app.networks.kinds.padding import PadKind
from app.networks.paths import Path
from app.networks.position import Position


def is_constant(path: Path, layer: str, at: Position) -> bool:
    """Whether a value stood in constant padding, and has since then met none but itself."""
    ops: dict[str, Any] = {node.name: node.op for node in path.graph.nodes}
    while layer != INPUT:
        outline = path.layer(layer)
        kind = outline.explained_by
        if isinstance(kind, PadKind):
            spec = kind.spec(ops[layer])
            source = spec.source(outline.input_shapes[0], (at.channel, at.row, at.column))
            if source is None:
                return True
            at = Position(*source)
        elif not kind.is_pointwise:
            return False
        (layer,) = outline.inputs
    return False
