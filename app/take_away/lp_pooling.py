"""Lp pooling as PyTorch text and as NumPy text."""

from app.mechanics.spec import Pool2dSpec
from app.take_away.pool_text import MovingPool, PoolText
from app.take_away.text import call


class LPPoolText(PoolText):
    """The p-norm of each window."""

    def native(self, spec: Pool2dSpec) -> list[str]:
        """The one call that PyTorch has for it, which takes no absolute value itself."""
        norm = call(
            "F.lp_pool2d",
            "input.abs()",
            f"{spec.norm_type!r}",
            defaults={},
            kernel_size=spec.kernel_size,
            stride=spec.stride,
        )
        return [f"output = {norm}"]

    def by_hand(self, pool: MovingPool) -> list[str]:
        """The windows one by one."""
        power = pool.spec.norm_type
        norm = f"(windows.abs() ** {power!r}).sum(1) ** (1 / {power!r})"
        return [*pool.windows(), f"output = ({norm}).reshape({pool.output_shape})"]

    def numpy(self, pool: MovingPool) -> list[str]:
        """The powers of each window, their sum, its root."""
        power = pool.spec.norm_type
        return [f"output = (np.abs(windows) ** {power!r}).sum((-2, -1)) ** (1 / {power!r})"]
