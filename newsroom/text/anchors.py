"""Finding a fragment again in a text that has been edited since: comments of the desk, readers' reports of typos.

A wrong place is worse than none: where the fragment is gone or too much around it is new, nothing is found. Texts are
plain, as readers see them (`newsroom.text.counts.plain_text`); places are in characters, not in Qt's UTF-16 units.
Case, accents, kinds of blanks, quotes and dashes do not matter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from newsroom.domain.anchors import CONTEXT, LONGEST, Anchor
from newsroom.text.folding import Folded

#: Confidence from which a place is taken for the fragment's.
SURE: Final = 0.7
#: Confidence from which a place is worth showing to a person who looks for it.
_WORTH: Final = 0.1
#: Confidence from which no further places are looked for.
_CERTAIN: Final = 0.95

#: Letters in a row that do not agree by chance.
_SOLID: Final = 3
#: Length of the pieces by which changed fragments are looked for, and how many of them at most.
_PIECE: Final = 6
_PIECES: Final = 64
#: Occurrences of one piece that are looked at, on each side of where the fragment was.
_NEAREST: Final = 12
#: Changed places that are compared letter by letter.
_COMPARED: Final = 12
#: Letters that speak for themselves wherever they stand in a long text, and in the shortest.
_TELLING: Final = 80
_TELLING_LEAST: Final = 20
#: Distance in letters over which nearness to the old place fades.
_NEAR: Final = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text; never empty."""

    begin: int
    end: int
    #: From 0 to 1; `locate` gives only what is at least `SURE`.
    confidence: float


def anchor_of(text: str, begin: int, end: int) -> Anchor:
    """The anchor of ``text[begin:end]``, which must not be empty; blanks at its ends are left out."""
    fragment = text[begin:end]
    end -= len(fragment) - len(fragment.rstrip())
    begin += len(fragment) - len(fragment.lstrip())
    if not 0 <= begin < end <= len(text):
        raise ValueError(f"no fragment between {begin} and {end}")
    end = min(end, begin + LONGEST)
    return Anchor(text[max(0, begin - CONTEXT) : begin], text[begin:end], text[end : end + CONTEXT], begin)


def locate(text: str, anchor: Anchor) -> Found | None:
    """Where the fragment of *anchor* is in *text* now; None where it is gone or nothing is sure."""
    return locate_all(text, [anchor])[0]


def locate_all(text: str, anchors: Sequence[Anchor]) -> list[Found | None]:
    """`locate` for each of *anchors*; looking through *text* is shared between them."""
    folded: Folded | None = None
    places: list[Found | None] = []
    for anchor in anchors:
        found = _unmoved(text, anchor)
        if found is None:
            folded = folded or Folded(text)
            best = _candidates(folded, min(max(anchor.position, 0), len(text)), anchor, 1)
            found = best[0] if best and best[0].confidence >= SURE else None
        places.append(found)
    return places


def candidates(text: str, anchor: Anchor, limit: int = 5) -> list[Found]:
    """Places where the fragment of *anchor* may be, the likeliest first; they do not overlap."""
    return _candidates(Folded(text), min(max(anchor.position, 0), len(text)), anchor, limit)


def _unmoved(text: str, anchor: Anchor) -> Found | None:
    """The place of a fragment that stands where it was or nowhere else, letter by letter, its surroundings too."""
    around = anchor.before + anchor.selected + anchor.after
    if not anchor.selected.strip():
        return None
    first = anchor.position - len(anchor.before)
    if first < 0 or not text.startswith(around, first):
        first = text.find(around)
        if first < 0 or text.find(around, first + 1) >= 0:
            return None
    begin = first + len(anchor.before)
    return Found(begin, begin + len(anchor.selected), 1.0)


def _candidates(folded: Folded, position: int, anchor: Anchor, limit: int) -> list[Found]:
    pattern = _Pattern(anchor)
    if not pattern.selected:
        return []
    expected = folded.folded(position)
    pattern.is_placed = anchor.position >= 0
    places = list(_unchanged(folded.text, pattern, expected))
    if not any(place.confidence >= _CERTAIN for place in places):
        changed, left = _changed(folded.text, pattern, expected)
        places = [place.doubted(left) for place in places] + [place.doubted(left) for place in changed]
    places.sort(key=lambda place: (-place.confidence, abs(place.begin - expected)))
    chosen: list[_Place] = []
    for place in places:
        if len(chosen) == limit or place.confidence < _WORTH:
            break
        if all(place.end <= other.begin or place.begin >= other.end for other in chosen):
            chosen.append(place)
    return [Found(folded.plain_begin(p.begin), folded.plain_end(p.end), p.confidence) for p in chosen]


class _Place(NamedTuple):
    """A place in a folded text."""

    begin: int
    end: int
    confidence: float
    #: Same letters of the fragment; 0 where it is not there.
    kept: int
    #: From 0 to 1: how much they speak for themselves.
    telling: float
    #: Share of its surroundings that is the same on the side where less is.
    context: float

    def doubted(self, left: float) -> "_Place":
        """The place where surroundings stand elsewhere without their fragment, to the share of *left*."""
        if left <= self.context:
            return self
        return self._replace(confidence=self.confidence * (1 - 0.6 * left * (1 - self.telling)))


class _Pattern:
    """The folded fragment with its surroundings, and where it begins and ends among them."""

    def __init__(self, anchor: Anchor) -> None:
        before, selected, after = anchor.before[-CONTEXT:], anchor.selected[:LONGEST], anchor.after[:CONTEXT]
        #: Whether it is known where the fragment was; nearness to there speaks for a place.
        self.is_placed = True
        folded = Folded(before + selected + after)
        self.text = folded.text
        self.begin = folded.folded(len(before))
        self.end = folded.folded(len(before) + len(selected))
        # A blank that joins the one before it would leave the fragment with its neighbour's.
        while self.begin < self.end and self.text[self.begin] == " ":
            self.begin += 1
        while self.begin < self.end and self.text[self.end - 1] == " ":
            self.end -= 1

    @property
    def selected(self) -> str:
        return self.text[self.begin : self.end]

    @property
    def before(self) -> str:
        return self.text[: self.begin]

    @property
    def after(self) -> str:
        return self.text[self.end :]

    def nearness(self, distance: int) -> float:
        """From 1 where the fragment was to 0 far from there."""
        return _NEAR / (_NEAR + abs(distance)) if self.is_placed else 0.0


def _unchanged(text: str, pattern: _Pattern, expected: int) -> Iterator[_Place]:
    """The nearest places where the fragment stands as it was, and those with a neighbour that is the same too."""
    selected, before, after = pattern.selected, pattern.before, pattern.after
    telling = _telling(len(selected), text)
    places = set(_occurrences(text, selected, expected))
    for width in (len(pattern.text), _SOLID * 4):
        head, tail = before[-width:], after[:width]
        places |= {at + len(head) for at in _occurrences(text, head + selected, expected)}
        places |= set(_occurrences(text, selected + tail, expected))
    for begin in places:
        end = begin + len(selected)
        lead = _kept_at_end(before, text[max(0, begin - len(before)) : begin])
        tail_kept = _kept_at_end(after[::-1], text[end : end + len(after)][::-1])
        confidence = _confidence(1.0, telling, lead, tail_kept, pattern.nearness(begin - expected))
        yield _Place(begin, end, confidence, len(selected), telling, min(lead, tail_kept))


def _kept_at_end(old: str, new: str) -> float:
    """Share of the letters of *old* that *new* still has in its place; both end at the fragment."""
    if not old:
        return 0.0
    if old == new:
        return 1.0
    return sum(end - begin for begin, end, _at in _solid_blocks(old, new)) / len(old)


def _changed(text: str, pattern: _Pattern, expected: int) -> tuple[list[_Place], float]:
    """Places that have pieces of the fragment and its surroundings, compared letter by letter.

    Also how much of the surroundings, from 0 to 1, stands somewhere without the fragment: it was cut out there.
    """
    votes: dict[int, set[int]] = {}
    width = max(CONTEXT, len(pattern.text) // 2)
    for offset in _offsets(pattern):
        piece = pattern.text[offset : offset + _PIECE]
        for at in _occurrences(text, piece, expected + offset - pattern.begin):
            votes.setdefault((at - offset) // width, set()).add(offset)
    near = (expected - pattern.begin) // width
    votes.setdefault(near, set())

    def weight(bucket: int) -> tuple[int, int]:
        return len(votes[bucket] | votes.get(bucket + 1, set())), -abs(bucket - near)

    best = sorted(votes, key=weight, reverse=True)[:_COMPARED]
    places, left = [], 0.0
    for bucket in {*best, near, near - 1}:
        begin = max(0, bucket * width)
        place = _aligned(text, begin, min(len(text), (bucket + 2) * width + len(pattern.text)), pattern, expected)
        if place.kept:
            places.append(place)
        else:
            left = max(left, place.context)
    return places, left


def _offsets(pattern: _Pattern) -> list[int]:
    """Where the pieces of the pattern begin: closely spaced, or where it is long, `_PIECES` in all."""
    last = len(pattern.text) - _PIECE
    step = max(2, last // _PIECES)
    return list(range(0, last + 1, step))


def _occurrences(text: str, piece: str, expected: int) -> Iterator[int]:
    """The `_NEAREST` places of *piece* before and after *expected*."""
    if not piece or piece.isspace():
        return
    at = max(0, min(expected, len(text)))
    for _each in range(_NEAREST):
        at = text.find(piece, at)
        if at < 0:
            break
        yield at
        at += 1
    at = max(0, min(expected, len(text)))
    for _each in range(_NEAREST):
        at = text.rfind(piece, 0, at + len(piece) - 1) if at >= 0 else -1
        if at < 0:
            break
        yield at


def _solid_blocks(old: str, new: str) -> list[tuple[int, int, int]]:
    """What of *old* stands in *new*, in order: begin and end in *old*, begin in *new*; nothing that is chance."""
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.editops(old, new).as_matching_blocks()
    return [
        (block.a, block.a + block.size, block.b)
        for block in blocks
        if block.size >= min(_SOLID, len(old)) or (block.size and block.a + block.size == len(old) == len(new))
    ]


def _aligned(text: str, first: int, last: int, pattern: _Pattern, expected: int) -> _Place:
    """The fragment's place between *first* and *last*, letter by letter; ``kept`` is 0 where nothing of it is there."""
    blocks = [(a, b, first + at) for a, b, at in _solid_blocks(pattern.text, text[first:last])]
    begin, end = pattern.begin, pattern.end
    inside = [(max(a, begin), min(b, end), at + max(a, begin) - a) for a, b, at in blocks if a < end and b > begin]
    lead = sum(min(b, begin) - a for a, b, _at in blocks if a < begin) / begin if begin else 0.0
    tail = len(pattern.text) - end
    behind = sum(b - max(a, end) for a, b, _at in blocks if b > end) / tail if tail else 0.0
    if not inside:
        return _Place(first, first, 0.0, 0, 0.0, min(lead, behind))
    kept = sum(b - a for a, b, _at in inside)
    (first_old, _b, new_begin), (last_a, last_old, last_at) = inside[0], inside[-1]
    new_end = last_at + last_old - last_a
    if first_old > begin:
        floor = max((at + b - a for a, b, at in blocks if b <= begin), default=first)
        new_begin = _word_begin(text, max(floor, new_begin - (first_old - begin)), floor, new_begin)
    if last_old < end:
        ceiling = min((at for a, _b, at in blocks if a >= end), default=last)
        new_end = _word_end(text, min(ceiling, new_end + (end - last_old)), new_end, ceiling)
    alike = min(1.0, 2 * kept / (end - begin + new_end - new_begin))
    telling = _telling(kept, text)
    confidence = _confidence(alike, telling, lead, behind, pattern.nearness(new_begin - expected))
    return _Place(new_begin, new_end, confidence, kept, telling, min(lead, behind))


_LETTER = re.compile(r"\w")


def _word_begin(text: str, at: int, floor: int, ceiling: int) -> int:
    """*at*, moved to the beginning of its word, between *floor* and *ceiling*."""
    while at > floor and _LETTER.match(text, at - 1) and _LETTER.match(text, at):
        at -= 1
    while at < ceiling and not _LETTER.match(text, at):
        at += 1
    return at


def _word_end(text: str, at: int, floor: int, ceiling: int) -> int:
    """*at*, moved to the end of its word, between *floor* and *ceiling*."""
    while at < ceiling and _LETTER.match(text, at - 1) and _LETTER.match(text, at):
        at += 1
    while at > floor and not _LETTER.match(text, at - 1):
        at -= 1
    return at


def _telling(kept: int, text: str) -> float:
    """How much *kept* letters in a row speak for themselves in *text*, from 0 to 1: more in a short one."""
    return min(1.0, kept / min(_TELLING, _TELLING_LEAST + len(text) // 30))


def _confidence(alike: float, telling: float, lead: float, behind: float, near: float) -> float:
    """How likely a place is the fragment's, from what speaks for it.

    *alike* is how much of the fragment is the same, *telling* how much its same letters speak for themselves, *lead*
    and *behind* the shares of its surroundings that are the same, *near* how near it is to where it was. Each of the
    last four can make up for another; a fragment that is another one now is not found by its surroundings alone.
    """
    context = 0.75 * max(lead, behind) + 0.25 * min(lead, behind)
    doubt = (1 - telling) * (1 - context) * (1 - 0.4 * near)
    return float(alike**1.4) * (1 - doubt)
