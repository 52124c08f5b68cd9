"""All forms of a word of the house, by pymorphy3; of a word that its dictionary lacks, by analogy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind
from newsroom.text.morphology import analyzer
from newsroom.text.spelling.tokens import Script, as_written, script_of

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

#: Grammemes that say which form of its lexeme a word is.
_FORM: Final = frozenset((
    "nomn", "gent", "gen1", "gen2", "datv", "accs", "ablt", "loct", "loc1", "loc2", "voct", "sing", "plur",
    "masc", "femn", "neut", "past", "pres", "futr", "1per", "2per", "3per", "impr",
))  # fmt: skip
#: Put before a word, it makes an unknown one with the same ending.
_UNKNOWN: Final = "ъъ"
#: Readings less likely than this share of the likeliest are passed over.
_LIKELY_ENOUGH: Final = 0.25
#: Readings by which a word of a kind is known.
_READINGS: Final = {
    WordKind.PERSON: frozenset(("Surn", "Name", "Patr")),
    WordKind.PLACE: frozenset(("Geox",)),
    WordKind.COMPANY: frozenset(("Orgn", "Trad")),
}
#: Endings of words that no analogy finds as base forms, and stem and ending of a word inflected like them; the first
#: that fits counts.
_MODELS: Final[tuple[tuple[tuple[str, ...], WordKind | None, str, str], ...]] = (
    (("ов", "ев", "ёв", "ин", "ын"), WordKind.PERSON, "иванов", ""),
    (("ова", "ева", "ёва", "ина", "ына"), WordKind.PERSON, "иванов", "а"),
    (("ия",), None, "авари", "я"),
    (("я",), None, "недел", "я"),
    (("ца",), None, "улиц", "а"),
    (("га", "ка", "ха", "жа", "ша", "ча", "ща"), None, "книг", "а"),
    (("а",), None, "ламп", "а"),
    (("й",), None, "музе", "й"),
    (("ь",), None, "словар", "ь"),
    (("ц",), None, "месяц", ""),
    (("ж", "ш", "ч", "щ"), None, "плащ", ""),
    (("г", "к", "х"), None, "парк", ""),
    (tuple("бвдзлмнпрстф"), None, "завод", ""),
    (("о",), None, "болот", "о"),
)
#: Oblique endings of words in -а, which analogy takes for those without it.
_OBLIQUE_A: Final = ("ой", "ою", "ы", "и", "е", "у")
_SURNAME: Final = ("ов", "ев", "ёв", "ин", "ова", "ева", "ёва", "ина")
_NAMES: Final = frozenset().union(*_READINGS.values())
_ONE_NUMBER: Final = frozenset((WordKind.PLACE, WordKind.COMPANY))
#: Before these the word is inflected that they follow: «Ростов-на-Дону».
_PREPOSITIONS: Final = frozenset(("на", "над", "под", "при", "у", "в"))


class _Form(NamedTuple):
    word: str
    #: Those of `_FORM`.
    grammemes: frozenset[str]


def forms_of(word: HouseWord) -> dict[str, str]:
    """Every form that *word* covers.

    Of a confirmed word: form with its capitals → "". Of another: lower-case form → the same form of what is meant.
    """
    inflected = word.inflected and word.kind is not WordKind.ABBREVIATION
    if word.verdict is not Verdict.CONFIRMED:
        return dict(_replacements(word)) | {as_written(word.text).lower(): as_written(word.meant)}
    parts = as_written(word.text).split()
    return dict.fromkeys((form for part in parts for form in (_forms(part, word.kind) if inflected else (part,))), "")


def base_forms(word: str) -> list[tuple[str, WordKind]]:
    """What *word*, met in a text, may be entered as: base forms with their kinds, the likeliest first."""
    written = as_written(word)
    found: list[tuple[str, WordKind]] = []
    capitals = _capitals(written)
    if script_of(written) is Script.CYRILLIC and capitals is not None:
        before, bending, after = _parted(written)
        for parse in analyzer().parse(bending.lower())[:4]:
            if bending.islower() and parse.tag.grammemes & _NAMES:
                continue
            kind = next((kind for kind, tags in _READINGS.items() if tags & parse.tag.grammemes), WordKind.WORD)
            found.append((before + capitals(parse.normal_form) + after, kind))
        if not written[0].islower():
            ending = next((ending for ending in _OBLIQUE_A if written.endswith(ending)), "")
            found += [(f"{written.removesuffix(ending)}а", WordKind.PLACE)] if ending else []
            # «Кедровском» is of «Кедровский» and of «Кедровск».
            found += [(written.removesuffix("ом"), WordKind.PLACE)] if written.endswith("ском") else []
            # A new word with a capital is a name.
            named = [(text, WordKind.PERSON if text.endswith(_SURNAME) else WordKind.PLACE) for text, _kind in found]
            found = [one if one[1] is not WordKind.WORD else name for one, name in zip(found, named, strict=True)]
    abbreviated = len(written) > 1 and written.isupper()
    found.append((written, WordKind.ABBREVIATION if abbreviated else WordKind.WORD))
    return list(dict.fromkeys(found))


def _forms(word: str, kind: WordKind) -> Iterator[str]:
    """*word* and, where it is an ordinary Russian one, its inflections, capitals kept."""
    yield word
    before, bending, after = _parted(word)
    capitals = _capitals(bending)
    if capitals is None or script_of(word) is not Script.CYRILLIC:
        return
    first = before.removesuffix("-")
    for reading in _readings(bending, kind):
        for form in reading:
            yield before + capitals(form.word) + after
            if kind is WordKind.PERSON and first and "-" not in first:
                # «Мамин-Сибиряк» is inflected in both halves, «Соловьёв-Седой» too.
                for one in _readings(first, kind)[0]:
                    if one.grammemes == form.grammemes:
                        yield one.word.capitalize() + "-" + capitals(form.word)


def _parted(word: str) -> tuple[str, str, str]:
    """What stands before the part of *word* that is inflected, that part, and what stands behind it."""
    parts = word.split("-")
    place = next((place - 1 for place, part in enumerate(parts) if place and part in _PREPOSITIONS), len(parts) - 1)
    return (
        "".join(f"{part}-" for part in parts[:place]),
        parts[place],
        "".join(f"-{part}" for part in parts[place + 1 :]),
    )


def _readings(word: str, kind: WordKind) -> list[list[_Form]]:
    """The lexemes of which *word*, a base form, may be; by analogy where the dictionary knows it as none."""
    for known in ("", _UNKNOWN):
        parses = [parse for parse in analyzer().parse(known + word.lower()) if _is_base(parse)]
        best = max((parse.score for parse in parses), default=0.0)
        likely = [parse for parse in parses if parse.score >= best * _LIKELY_ENOUGH]
        wanted = _READINGS.get(kind, frozenset())
        chosen = [parse for parse in parses if wanted & parse.tag.grammemes] or likely
        if chosen:
            return [
                [_Form(form.word.removeprefix(known), frozenset(form.tag.grammemes & _FORM)) for form in forms]
                for forms in (_of_kind(parse, kind) for parse in chosen)
            ]
    return [_like_model(word.lower(), kind)]


def _like_model(word: str, kind: WordKind) -> list[_Form]:
    """The forms of *word* as its ending gives them; the word alone where it has none of a Russian noun."""
    for endings, wanted, model, ending in _MODELS:
        if word.endswith(endings) and wanted in (None, kind):
            stem = word.removesuffix(ending)
            parse = next(parse for parse in analyzer().parse(model + ending) if _is_base(parse))
            return [
                _Form(stem + form.word.removeprefix(model), frozenset(form.tag.grammemes & _FORM))
                for form in _of_kind(parse, kind)
            ]
    return [_Form(word, frozenset())]


def _of_kind(parse: Parse, kind: WordKind) -> list[Parse]:
    """The forms of the lexeme of *parse* that a word of *kind* has."""
    if kind is WordKind.WORD:
        return list(parse.lexeme)
    forms = [form for form in parse.lexeme if form.tag.POS == parse.tag.POS and "Supr" not in form.tag]
    return [form for form in forms if form.tag.number == parse.tag.number] if kind in _ONE_NUMBER else forms


def _is_base(parse: Parse) -> bool:
    return "nomn" in parse.tag or parse.normal_form == parse.word


def _replacements(word: HouseWord) -> Iterator[tuple[str, str]]:
    """Each form of what is written, lower-case, and the same form of what is meant."""
    written, meant = as_written(word.text), as_written(word.meant)
    capitals = _capitals(meant)
    one_word = all(script_of(side) is Script.CYRILLIC and "-" not in side for side in (written, meant))
    if not (word.inflected and capitals and one_word):
        return
    same: dict[frozenset[str], str] = {}
    for form in _readings(meant, word.kind)[0]:
        same.setdefault(form.grammemes, form.word)
    for form in _readings(written, word.kind)[0]:
        if form.grammemes in same:
            yield form.word, capitals(same[form.grammemes])


def _capitals(word: str) -> Callable[[str], str] | None:
    """What gives a form the capitals of *word*; None for abbreviations, which are not inflected here."""
    last = word.rpartition("-")[2]
    if last.islower():
        return str
    return str.capitalize if last == last.capitalize() and len(last) > 1 else None
