"""Going through what comes one by one, with a look at what follows: nothing that has passed is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Peekable(Generic[T]):
    """An iterator that can be asked what comes next."""

    def __init__(self, items: Iterable[T]) -> None:
        """Take the items as they are needed."""
        self._items = iter(items)
        self._waiting: deque[T] = deque()

    def __iter__(self) -> Iterator[T]:
        """Return the iterator itself."""
        return self

    def __next__(self) -> T:
        """Return the next item, and let go of it."""
        return self._waiting.popleft() if self._waiting else next(self._items)

    def peek(self, count: int = 0) -> T | None:
        """Return the item after ``count`` further ones without taking it; None where there is none."""
        while len(self._waiting) <= count:
            try:
                self._waiting.append(next(self._items))
            except StopIteration:
                return None
        return self._waiting[count]
