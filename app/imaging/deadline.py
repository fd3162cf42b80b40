"""A file that stops being readable when its reader has used up its time."""

import io
import time

from app.imaging.decoded_image import ImageRefused


class DeadlineFile(io.BytesIO):
    """Bytes in memory that look at the clock whenever they are read.

    Decoders in C cannot be interrupted, but they come back for more bytes, and those in Python come
    back for every few: the next read after the budget is spent raises, through whatever code asked
    for it. The clock is the processor time of the thread that made this object.

    Raises: ImageRefused, by any read after `budget_seconds`.
    """

    def __init__(self, data: bytes, budget_seconds: float) -> None:
        super().__init__(data)
        self._budget_seconds = budget_seconds
        self._end = time.thread_time() + budget_seconds

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes, while there is time."""
        self.check()
        return super().read(size)

    def check(self) -> None:
        """Nothing, or the refusal."""
        if time.thread_time() > self._end:
            raise ImageRefused(
                f"Decoding this image takes longer than {self._budget_seconds:g} s, far more than "
                "a picture of its size needs. Save it anew, or smaller.",
                422,
                limit=self._budget_seconds,
            )
