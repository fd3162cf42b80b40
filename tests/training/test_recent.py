"""What is kept of what was used last."""

from __future__ import annotations

from app.training.recent import Recent


def test_what_was_used_longest_ago_goes_first() -> None:
    recent = Recent[str, int](2)
    recent.keep("a", 1)
    recent.keep("b", 2)
    assert recent.get("a") == 1
    recent.keep("c", 3)
    assert recent.get("b") is None
    assert list(recent) == ["a", "c"]


def test_a_value_counts_as_much_as_it_is_and_once_where_it_is_kept_anew() -> None:
    recent = Recent[str, bytes](10, len)
    for _ in range(3):
        recent.keep("a", b"1234")
    recent.keep("b", b"123456")
    assert list(recent) == ["a", "b"]
    recent.keep("b", b"1")
    recent.keep("c", b"12345")
    assert list(recent) == ["a", "b", "c"]
    recent.keep("d", b"1")
    assert list(recent) == ["b", "c", "d"]


def test_the_last_one_stays_however_large_it_is() -> None:
    recent = Recent[str, bytes](3, len)
    recent.keep("a", b"1")
    recent.keep("b", b"12345")
    assert list(recent) == ["b"]
    recent.keep("c", b"12")
    assert list(recent) == ["c"]
