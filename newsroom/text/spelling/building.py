"""Builds the word lists from the data of installed packages, to be kept on disk.

Russian: every form of pymorphy3's dictionary (OpenCorpora). How common a form is follows from two sources: the tag
probabilities beside that dictionary, which are Laplace estimates and so tell how often a form was met in OpenCorpora's
texts, and pyspellchecker's list. Both are counted for the lexeme and shared out among its forms by how common their
grammatical tags are. English: pyspellchecker's list with its frequencies.

Words of today's news that both sources lack are listed in ``resources/text/additions.txt``.

It takes some fifteen seconds of a free core and up to a minute and a half where the machine is busy; once, and in a
process of its own where a window is open (`storing.open_lexicons`).
"""

from __future__ import annotations

import json
import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from math import log2
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsroom.domain.vocabulary import HouseWord, WordKind
from newsroom.text.spelling.inflections import forms_of
from newsroom.text.spelling.lexicon import COMMON, FLAG_BITS, FOLDED, NOMINAL, RARE_TWIN, TOP_RANK, packed
from newsroom.text.spelling.mistakes import cost
from newsroom.text.spelling.suggestions import edits
from resources import FOLDER

if TYPE_CHECKING:
    from dawg import BytesDAWG, IntCompletionDAWG, RecordDAWG

_NAME_TAGS: Final = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad"))
#: Forms that the dictionary itself calls mistakes and distortions.
_WRONG_TAGS: Final = frozenset(("Erro", "Dist"))
_NOMINAL_PARTS: Final = frozenset(("NOUN", "ADJF", "ADJS", "PRTF", "PRTS", "ADVB", "COMP"))
_AFTER_ALL: Final = "\U0010ffff"
#: Flag while building: a form with at least one reading that is no mistake.
_SOUND: Final = 1 << FLAG_BITS
#: What the whole of pyspellchecker's counts weighs, in words of a corpus; OpenCorpora's shown words are some 300,000.
_SPOKEN_WORDS: Final = 600_000

#: The rank of a word whose slips are looked for among the rare ones, and by how much it outdoes the cost of the slip.
_VERY_COMMON: Final = 17
_LIKELY_SLIP: Final = 13
#: Shorter words are one slip from too many.
_LONG_ENOUGH: Final = 4
#: The rank up to which words of that length are looked for; longer ones only if never met at all.
_HARDLY_MET: Final = 2

#: The rank of words that no corpus has counted and the news uses.
_ADDED_RANK: Final = 5

#: A stem and the number of its paradigm: one lexeme.
Lexeme = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Form:
    """One place of a paradigm."""

    prefix: str
    suffix: str
    #: Number of the grammatical tag.
    tag: int

    def stem(self, word: str) -> str:
        return word[len(self.prefix) : len(word) - len(self.suffix)]


def build_russian() -> IntCompletionDAWG:
    """All forms that pymorphy3 knows; a word with ё is there with е too."""
    import pymorphy3_dicts_ru
    from dawg import BytesDAWG, IntCompletionDAWG, RecordDAWG

    folder = Path(pymorphy3_dicts_ru.get_path())
    tags: list[str] = _json(folder / "gramtab-opencorpora-int.json")
    paradigms = _paradigms(folder)
    readings = RecordDAWG(">HH").load(str(folder / "words.dawg"))
    ranks = _ranks(folder, readings, paradigms, tags)
    tag_flags = [_flags(tag) for tag in tags]
    # The same file with its records as raw bytes: a reading is then found by its four bytes.
    raw = BytesDAWG().load(str(folder / "words.dawg"))
    reading_flags = {
        struct.pack(">HH", paradigm, place): tag_flags[form.tag]
        for paradigm, forms in enumerate(paradigms)
        for place, form in enumerate(forms)
    }

    twins = _rare_twins(raw, ranks)
    added = _additions()
    lacking = sorted(_lacking(raw, reading_flags, ranks, added).items(), reverse=True)
    return IntCompletionDAWG(_words(raw, reading_flags, ranks, twins, added, lacking), input_is_sorted=True)


def build_english() -> IntCompletionDAWG:
    """The words of pyspellchecker's English list."""
    from dawg import IntCompletionDAWG

    counts = _frequencies("en")
    scale = 1_000_000 / sum(counts.values())
    return IntCompletionDAWG({word: packed(_rank(count * scale), NOMINAL | COMMON) for word, count in counts.items()})


def _words(
    raw: BytesDAWG,
    reading_flags: dict[bytes, int],
    ranks: dict[str, int],
    twins: set[str],
    added: dict[str, int],
    lacking: list[tuple[str, int]],
) -> Iterator[tuple[str, int]]:
    """Each word of the dictionary once, one that is only a mistake left out, and those of *lacking*, last first.

    *added* gives flags of words that the dictionary may know as names alone.

    They come in the order of code points, which is that of UTF-8, so that the automaton is built on the way.
    """
    last, flags = "", 0
    for word, reading in chain(raw.iteritems(), ((_AFTER_ALL, b""),)):
        if word == last:
            flags |= reading_flags[reading]
            continue
        if flags & _SOUND:
            rare_twin = RARE_TWIN if last in twins else 0
            yield last, packed(ranks.get(last, 0), flags & ~_SOUND | rare_twin | added.get(last, 0))
        while lacking and lacking[-1][0] <= word:
            if lacking[-1][0] == word:
                lacking.pop()
            else:
                yield lacking.pop()
        last, flags = word, reading_flags.get(reading, 0)


def _lacking(
    raw: BytesDAWG, reading_flags: dict[bytes, int], ranks: dict[str, int], added: dict[str, int]
) -> dict[str, int]:
    """What the dictionary lacks, with its numbers: words with е in place of ё, and those that are *added*."""
    found: dict[str, int] = {}
    for form, flags in added.items():
        found[form] = packed(_ADDED_RANK, flags)
        if "ё" in form:
            found.setdefault(form.replace("ё", "е"), packed(_ADDED_RANK, flags | FOLDED))
    for word in raw.iterkeys():
        if "ё" in word:
            flags = reduce(or_, (reading_flags[reading] for reading in raw[word]))
            if flags & _SOUND:
                found[word.replace("ё", "е")] = packed(ranks.get(word, 0), flags & ~_SOUND | FOLDED)
    return found


def _additions() -> dict[str, int]:
    """The forms of ``additions.txt``, lower-case, with their flags."""
    found: dict[str, int] = {}
    for line in (FOLDER / "text" / "additions.txt").read_text(encoding="utf-8").splitlines():
        for text in () if line.startswith("#") else line.split():
            name = text[0].isupper()
            word = HouseWord(text, kind=WordKind.COMPANY if name else WordKind.WORD)
            for form in forms_of(word):
                found[form.lower()] = found.get(form.lower(), 0) | (NOMINAL if name else NOMINAL | COMMON)
    return found


def _rare_twins(raw: BytesDAWG, ranks: dict[str, int]) -> set[str]:
    """Words of the dictionary that are hardly ever met and one likely slip from a very common one."""
    return {
        other
        for word, rank in ranks.items()
        if rank >= _VERY_COMMON
        for other in edits(word)
        if len(other) >= _LONG_ENOUGH
        and other in raw
        and (own := ranks.get(other, 0)) <= (_HARDLY_MET if len(other) == _LONG_ENOUGH else 0)
        and rank - own - cost(other, word) >= _LIKELY_SLIP
    }


def _flags(tag: str) -> int:
    grammemes = tag.replace(" ", ",").split(",")
    nominal = NOMINAL if grammemes[0] in _NOMINAL_PARTS else 0
    common = COMMON if _NAME_TAGS.isdisjoint(grammemes) else 0
    return nominal | common | (_SOUND if _WRONG_TAGS.isdisjoint(grammemes) else 0)


def _ranks(folder: Path, readings: RecordDAWG, paradigms: list[list[_Form]], tags: list[str]) -> dict[str, int]:
    """How common each form is of every lexeme that was met at all."""
    counts = _met(folder)
    lexemes: defaultdict[Lexeme, float] = defaultdict(float)
    by_tag: defaultdict[int, float] = defaultdict(float)
    for word, count in counts.items():
        read = readings.get(word, ())
        for paradigm, place in read:
            form = paradigms[paradigm][place]
            lexemes[form.stem(word), paradigm] += count / len(read)
            by_tag[form.tag] += count / len(read)
    share = _shares(by_tag, tags)
    scores = dict(counts)
    for (stem, paradigm), count in lexemes.items():
        for form in paradigms[paradigm]:
            word = form.prefix + stem + form.suffix
            scores[word] = max(scores.get(word, 0), count * share[form.tag])
    return {word: _rank(score) for word, score in scores.items()}


def _met(folder: Path) -> dict[str, float]:
    """How often each form was met, in words of a corpus of about a million."""
    from dawg import IntCompletionDAWG

    rarest: dict[str, int] = {}
    readings: Counter[str] = Counter()
    for key, millionths in IntCompletionDAWG().load(str(folder / "p_t_given_w.intdawg")).iteritems():
        word = key.partition(":")[0]
        readings[word] += 1
        rarest[word] = min(millionths, rarest.get(word, millionths))
    # A reading that was never met has the probability 1 / (count + readings).
    met = {word: max(1_000_000 / least - readings[word], 0.5) for word, least in rarest.items()}
    spoken = _frequencies("ru")
    scale = _SPOKEN_WORDS / sum(spoken.values())
    for word, count in spoken.items():
        met[word] = met.get(word, 0.0) + count * scale
    return met


def _shares(by_tag: Mapping[int, float], tags: list[str]) -> list[float]:
    """For each tag its share among the words of its part of speech."""
    parts = [tag.replace(" ", ",").partition(",")[0] for tag in tags]
    totals: defaultdict[str, float] = defaultdict(float)
    for tag, count in by_tag.items():
        totals[parts[tag]] += count
    return [(by_tag.get(tag, 0.0) + 0.5) / (totals[part] + 50) for tag, part in enumerate(parts)]


def _rank(per_million: float) -> int:
    return min(TOP_RANK, int(2 * log2(per_million * 16 + 1)))


def _paradigms(folder: Path) -> list[list[_Form]]:
    """`paradigms.array`: for each paradigm its suffixes, tags and prefixes, by number."""
    suffixes: list[str] = _json(folder / "suffixes.json")
    prefixes: list[str] = dict(_json(folder / "meta.json"))["compile_options"]["paradigm_prefixes"]
    numbers = array("H", (folder / "paradigms.array").read_bytes())
    paradigms: list[list[_Form]] = []
    at = 1
    for _paradigm in range(numbers[0]):
        length, at = numbers[at] // 3, at + 1
        forms = zip(*(numbers[at + part * length : at + (part + 1) * length] for part in range(3)), strict=True)
        paradigms.append([_Form(prefixes[prefix], suffixes[suffix], tag) for suffix, tag, prefix in forms])
        at += 3 * length
    return paradigms


def _frequencies(language: str) -> dict[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker(language=language).word_frequency.items())


def _json(file: Path) -> list:  # type: ignore[type-arg]
    return json.loads(file.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
