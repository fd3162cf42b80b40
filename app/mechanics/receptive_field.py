"""Which part of a network's input one unit can see, by geometry alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Self

from app.mechanics.padding import Pair
from app.mechanics.window_spec import WindowSpec

FieldStatus = Literal["exact", "upper_bound", "data_dependent"]
BoxStatus = Literal["exact", "upper_bound", "data_dependent", "whole_input", "nothing"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of input pixels: rows from top up to bottom, columns from left up to right.

    Units: pixels, `bottom` and `right` not included. It may reach beyond the input where the unit
    also sees padding.
    """

    top: int
    left: int
    bottom: int
    right: int

    def as_dict(self) -> dict[str, int]:
        """The four sides by name."""
        return {"top": self.top, "left": self.left, "bottom": self.bottom, "right": self.right}


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What the units of one layer see of the input, composed layer by layer.

    `size` is how much one unit sees; `stride` how far apart two neighbours look; `padding` how far
    the first unit's view begins before the input. All are (height, width) in input pixels. The
    field of no layer at all, one pixel each, is `ReceptiveField()`.

    `status` is "upper_bound" where two paths that see different parts meet, or where windows differ
    in size: then the box is the smallest of its kind that holds all that any unit sees. It is
    "data_dependent" in a network that decides by what it sees: another image may be seen otherwise.

    It counts zero padding as part of the view, and so does it padding that is mirrored or wrapped,
    which in truth shows pixels from elsewhere.

    Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks",
        Distill 2019, equations 1 to 4.

    Example:
        >>> from app.mechanics.spec import Conv2dSpec, Pool2dSpec
        >>> conv = Conv2dSpec.of(1, 32, kernel_size=3, padding=1)
        >>> ReceptiveField().then(conv).then(Pool2dSpec.of(2)).box(0, 1)
        Box(top=-1, left=1, bottom=3, right=5)
    """

    size: Pair = (1, 1)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    status: FieldStatus = "exact"

    def then(self, layer: WindowSpec) -> Self:
        """The field after one more convolution or pooling."""
        before = (layer.padding.top, layer.padding.left)
        reach = [d * (k - 1) for d, k in zip(layer.dilation, layer.kernel_size, strict=True)]
        return type(self)(
            size=_each(lambda i: self.size[i] + reach[i] * self.stride[i]),
            stride=_each(lambda i: self.stride[i] * layer.stride[i]),
            padding=_each(lambda i: self.padding[i] + before[i] * self.stride[i]),
            status=self.status,
        )

    def then_whole(self, height: int, width: int) -> Self:
        """The field after a layer that reads the whole of every map, as a dense one does.

        Args:
            height, width: the size of the maps that it reads.
        """
        return self.then(WindowSpec(kernel_size=(height, width)))

    def everywhere(self, height: int, width: int) -> Self:
        """The field of units that may each see all that maps of this size see, wherever they are.

        Args:
            height, width: the size of the maps that they read.
        """
        whole = self.then_whole(height, width)
        return replace(whole, stride=(0, 0), status="upper_bound")

    def joined(self, other: Self, height: int, width: int) -> Self:
        """The field of units that read those of two layers, each at its own position.

        It is exact where one of the two holds the other.

        Args:
            height, width: the size of the maps, the same for both.
        """
        size, stride, padding = zip(
            *(self._hull(other, axis, lines) for axis, lines in enumerate((height, width))),
            strict=True,
        )
        hull = type(self)(size, stride, padding)
        return hull if hull in (self, other) else replace(hull, status="upper_bound")

    def _hull(self, other: Self, axis: int, lines: int) -> tuple[int, int, int]:
        """Size, stride and padding along one axis of what holds both fields at every position."""
        fields = [
            (each.size[axis], each.stride[axis], each.padding[axis]) for each in (self, other)
        ]
        strides = {stride for _, stride, _ in fields}
        places = (0,) if len(strides) == 1 else (0, lines - 1)
        starts = [stride * place - padding for _, stride, padding in fields for place in places]
        ends = [stride * at - pad + size for size, stride, pad in fields for at in places]
        step = strides.pop() if len(strides) == 1 else 0
        return max(ends) - min(starts), step, -min(starts)

    def box(self, row: int, column: int) -> Box:
        """The part of the input that the unit at one position sees, its padding included."""
        top = row * self.stride[0] - self.padding[0]
        left = column * self.stride[1] - self.padding[1]
        return Box(top, left, top + self.size[0], left + self.size[1])

    def status_of(self, box: Box, height: int, width: int) -> BoxStatus:
        """What holds of a unit's box, on an input of this size: all of it is a word of its own."""
        is_whole = box.top <= 0 and box.left <= 0 and box.bottom >= height and box.right >= width
        return "whole_input" if is_whole and self.status == "exact" else self.status

    def reached(self, row: int, column: int, height: int, width: int) -> Box:
        """The units that see one pixel, of maps of that size: from top up to bottom, and so on.

        Units: places of the maps, `bottom` and `right` not included; an empty box where none does.

        Example:
            >>> from app.mechanics.spec import Conv2dSpec
            >>> ReceptiveField().then(Conv2dSpec.of(1, 1, kernel_size=3, stride=2)).reached(
            ...     4, 9, 6, 6
            ... )
            Box(top=1, left=4, bottom=3, right=5)
        """
        (top, bottom), (left, right) = (
            _lines(at, self.size[axis], self.stride[axis], self.padding[axis], count)
            for axis, (at, count) in enumerate(((row, height), (column, width)))
        )
        return Box(top, left, bottom, right)

    def as_dict(self) -> dict[str, list[int] | str]:
        """Size, stride and padding by name, each [height, width], and whether they are exact."""
        return {
            "size": list(self.size),
            "stride": list(self.stride),
            "padding": list(self.padding),
            "status": self.status,
        }


def _lines(at: int, size: int, stride: int, padding: int, count: int) -> tuple[int, int]:
    """The first line of `count` that sees the pixel `at`, and the first after it that does not."""
    if stride == 0:
        return (0, count) if 0 <= at + padding < size else (0, 0)
    first = max(0, -(-(at + padding - size + 1) // stride))
    end = min(count, (at + padding) // stride + 1)
    return (first, end) if first < end else (0, 0)


def _each(of_axis: Callable[[int], int]) -> Pair:
    """The same reckoning for the height and for the width."""
    return of_axis(0), of_axis(1)
