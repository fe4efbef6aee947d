"""Compare the words of one section: paragraphs matched by their words, then by likeness, told apart from values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fe_contracts.compare.wordcuts import steps_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from fe_contracts.compare.contract_views import Passage

__all__ = ["Difference", "differing_passages"]

_LIKE = 0.5
"""Two paragraphs with less than half of their words in common are two paragraphs."""
_Pair = tuple["Passage | None", "Passage | None"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that was, that is, or both; both with the same words where it only moved or became another kind."""

    old: Passage | None
    new: Passage | None
    moved: bool = False

    @property
    def passage(self) -> Passage:
        """Return the passage as it stands now; as it stood, if it is gone."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of both is always there
        return found


def differing_passages(
    old: Sequence[Passage], new: Sequence[Passage], changed: AbstractSet[str]
) -> Iterator[Difference]:
    """Yield the passages whose own words differ, in the order of the new text.

    `changed` names the parameters that have another value: a passage that is there, or not, only because a list of
    them became longer or shorter is no change of wording.
    """
    pairs = _aligned(old, new)
    partner = _moved(pairs)
    templates = {id(side): {item.template for item in side} for side in (old, new)}
    for one, other in pairs:
        if one is not None and other is not None:
            if one.template != other.template or one.role != other.role:
                yield Difference(one, other)
        elif other is not None and id(other) in partner:
            yield Difference(partner[id(other)], other, moved=True)
        else:
            passage, facing = (other, old) if other is not None else (one, new)
            if passage is None or id(passage) in {id(item) for item in partner.values()}:
                continue
            repeated = passage.only_values or passage.template in templates[id(facing)]
            if not (repeated and passage.values and passage.values <= changed):
                yield Difference(one, other)


def _moved(pairs: Sequence[_Pair]) -> dict[int, Passage]:
    """Return, by the identity of a passage that came, the one that went and says the same."""
    waiting: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for one, other in pairs:
        if one is not None and other is None:
            waiting[one.template, one.role].append(one)
    found = {}
    for one, other in pairs:
        if one is None and other is not None and waiting[other.template, other.role]:
            found[id(other)] = waiting[other.template, other.role].pop(0)
    return found


def _aligned(old: Sequence[Passage], new: Sequence[Passage]) -> list[_Pair]:
    """Return the passages side by side, in order; `None` where one side has nothing."""
    sides = [[(item.template, item.role) for item in side] for side in (old, new)]
    if sides[0] > sides[1]:  # so that the way back is the way there, turned round
        return [(one, other) for other, one in _aligned(new, old)]
    found: list[_Pair] = []
    for same, i, j, k, m in steps_between(sides[0], sides[1]):
        found += zip(old[i:j], new[k:m], strict=True) if same else _likest(old[i:j], new[k:m])
    return found


def _likeness(old: Passage, new: Passage) -> float:
    if (old.role == "table") != (new.role == "table"):
        return 0.0
    if old.role == "table":
        return 1.0 if old.template == new.template else 0.0
    if old.template == new.template:
        return 1.0
    return SequenceMatcher(None, old.template.split(), new.template.split(), autojunk=False).ratio()


def _likest(old: Sequence[Passage], new: Sequence[Passage]) -> list[_Pair]:
    """Return the pairing of a stretch, in order, that has the most in common."""
    scores = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for k in range(len(new) - 1, -1, -1):
            joined = scores[i][k] + best[i + 1][k + 1] if scores[i][k] >= _LIKE else 0.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], joined)
    found: list[_Pair] = []
    i = k = 0
    while i < len(old) or k < len(new):
        here = i < len(old) and k < len(new)
        if here and scores[i][k] >= _LIKE and best[i][k] == scores[i][k] + best[i + 1][k + 1]:
            found.append((old[i], new[k]))
            i, k = i + 1, k + 1
        elif k == len(new) or (i < len(old) and best[i][k] == best[i + 1][k]):
            found.append((old[i], None))
            i += 1
        else:
            found.append((None, new[k]))
            k += 1
    return found
