"""Strict JSON against the standard library, which tells apart what orjson does not."""

from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.wire.problems import Problem
from app.web.wire.strict_json import parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ['"', "\\", ":", "{", "[[", '\\"', "a:b"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(-1e300, 1e300) | TEXT,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXT, children, max_size=4),
    max_leaves=30,
)


def depth_of(value: Any) -> int:
    """How deep a value is nested."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return 1 + max(map(depth_of, inner), default=0)
    return 0


@given(VALUES)
def test_what_is_json_is_read(value: Any) -> None:
    for text in (orjson.dumps(value), json.dumps(value, indent=1, ensure_ascii=True).encode()):
        assert parse(text, 100) == orjson.loads(text)


@given(VALUES, st.integers(1, 5))
def test_depth_is_counted(value: Any, limit: int) -> None:
    text, depth = orjson.dumps(value), depth_of(value)
    if depth <= limit:
        parse(text, limit)
        return
    with pytest.raises(Problem) as refused:
        parse(text, limit)
    assert (refused.value.limit, refused.value.requested) == (limit, depth)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=5), st.booleans())
def test_a_member_that_comes_twice_is_refused(pairs: list[tuple[str, int]], is_inner: bool) -> None:
    members = ", ".join(f'"{key}": {{"n": {value}}}' for key, value in pairs)
    text = f"[[0, {{{members}}}]]" if is_inner else f"{{{members}}}"
    if len({key for key, _ in pairs}) == len(pairs):
        parse(text.encode(), 100)
        return
    with pytest.raises(Problem, match="twice"):
        parse(text.encode(), 100)
