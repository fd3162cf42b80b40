"""What stands for an activation where only the settings of a call count."""


class Activation:
    """Where an activation stands among the arguments of a call."""
