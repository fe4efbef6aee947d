"""Hold the wording of instruments unread until somebody asks for it: most runs make contracts and no amendment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fe_contracts.catalog.catalog import Series
    from fe_contracts.model.amendment import AmendmentForms

__all__ = ["Instruments"]


class Instruments(Mapping[str, "Series[AmendmentForms]"]):
    """The instruments of a library by name; their files are read when the first one is asked for.

    Only what is published and unchanged may wait: it was read when it was published.
    """

    def __init__(self, names: Iterable[str], read: Callable[[], Mapping[str, Series[AmendmentForms]]]) -> None:
        """Know the names now, and what to call for the rest."""
        self._names, self._read = tuple(dict.fromkeys(names)), read
        self._found: Mapping[str, Series[AmendmentForms]] | None = None

    def __getitem__(self, name: str) -> Series[AmendmentForms]:
        """Return the instrument's editions.

        Raises:
            KeyError: if there is no instrument of that name.
            CatalogError: if a file cannot be read after all.
        """
        if name not in self._names:
            raise KeyError(name)
        if self._found is None:
            self._found = self._read()
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, without reading a file."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are, without reading a file."""
        return len(self._names)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as what was read."""
        return dict, (dict(self),)
