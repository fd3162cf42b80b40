"""The one error of this package: settings that no tensor can satisfy."""


class MechanicsError(ValueError):
    """Settings that cannot be computed, in a sentence that names every quantity and the way out.

    `field` is the setting to change, in PyTorch's word for it ("padding"), or None where no single
    setting is at fault.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
