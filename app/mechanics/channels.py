"""Channels and groups: which channels of one side belong to a channel of the other."""

from app.mechanics.errors import MechanicsError
from app.mechanics.padding import whole


def check_channels(in_channels: int, out_channels: int, groups: int) -> None:
    """Nothing, where the channels divide into the groups.

    Raises:
        MechanicsError: they do not, or one of the numbers is below 1.
    """
    whole(in_channels, "in_channels", 1)
    whole(out_channels, "out_channels", 1)
    whole(groups, "groups", 1)
    for field, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if channels % groups:
            raise MechanicsError(
                f"{field} {channels} does not divide into {groups} groups: "
                f"{channels} / {groups} leaves {channels % groups}.",
                "groups",
            )


def partner_channels(
    channel: int, channels: int, others: int, groups: int, side: str = "output"
) -> range:
    """The channels of the other side in the group of one channel of this side.

    Args:
        channel: counted from 0, of `channels`, on the side named (input or output).
        others: how many channels the other side has.

    Raises:
        MechanicsError: there is no such channel.
    """
    if not 0 <= channel < channels:
        raise MechanicsError(
            f"There is no channel {channel}: the {side} has {channels} channels, counted from 0.",
            "channel",
        )
    size, group = others // groups, channel // (channels // groups)
    return range(group * size, (group + 1) * size)
