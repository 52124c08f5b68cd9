"""Figures: shares that do not make a whole, lists of another length than was promised, forms of ages, phones, sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from newsroom.domain.ages import AgeRating
from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.language import sentences
from newsroom.text.checks.material import REMEMBERED, Around, Material, Piece, PieceKind
from newsroom.text.requisites import is_inn
from newsroom.words import _, n_

_PERCENT: Final = re.compile(r"(\d+(?:[.,]\d+)?)[ \u00a0]?(?:%|процент)")
_REST: Final = re.compile(r"\b(?:остальн|прочи[ехм]|оставш)[а-яё]*", re.IGNORECASE)
_PART_OF: Final = re.compile(r"\bиз (?:них|которых)\b|\bв том числе\b|на \d+(?:[.,]\d+)?[ \u00a0]?%", re.IGNORECASE)

_NUMERALS: Final = {
    "два": 2, "две": 2, "двух": 2, "двум": 2, "двумя": 2, "оба": 2, "три": 3, "трёх": 3, "трех": 3, "трём": 3,
    "трем": 3, "тремя": 3, "четыре": 4, "четырёх": 4, "четырех": 4, "четырём": 4, "четырем": 4, "четырьмя": 4,
    "пять": 5, "пяти": 5, "пятью": 5, "шесть": 6, "шести": 6, "шестью": 6, "семь": 7, "семи": 7, "семью": 7,
    "восемь": 8, "восьми": 8, "восемью": 8, "восьмью": 8, "девять": 9, "девяти": 9, "девятью": 9, "десять": 10,
    "десяти": 10, "десятью": 10, "одиннадцать": 11, "одиннадцати": 11, "двенадцать": 12, "двенадцати": 12,
}  # fmt: skip
_NUMBER: Final = rf"(?P<number>{'|'.join(sorted(_NUMERALS, key=len, reverse=True))}|\d{{1,2}})"
#: «три города: …», with at most three words between the number and the colon.
_BEFORE_COLON: Final = re.compile(rf"\b{_NUMBER}(?:[ \u00a0][а-яё-]+){{1,4}}:[ \u00a0]", re.IGNORECASE)
#: «во всех восьми номинациях»: all of them, so that a list below has to name them all.
_ALL_OF: Final = re.compile(rf"\b(?:все|всех|всем|всеми)[ \u00a0]{_NUMBER}[ \u00a0][а-яё-]+", re.IGNORECASE)
_UNIT: Final = re.compile(
    r"[ \u00a0](?:час|минут|секунд|дн|день|дня|недел|месяц|лет|год|рубл|тыс|млн|раз|процент|километр|метр|градус)",
    re.IGNORECASE,
)
#: Longer lists are not told in a sentence.
_MOST: Final = 20
_AND: Final = re.compile(r"\s(?:и|а также)\s")
_CLAUSE: Final = re.compile(
    r",\s+(?:а |но |что|чтобы|котор|где|когда|если|потому|так как|поэтому|как |пока|хотя|сообщ|рассказ|отмет|заяв)",
    re.IGNORECASE,
)

_AGE: Final = re.compile(r"\((?P<inside>\s*\+?\s*(?P<digits>\d{1,2})\s*\+?\s*)\)")
_INN: Final = re.compile(r"\bИНН[\s\u00a0:№]*(?P<digits>\d[\d \u00a0]{5,15}\d)")
_PHONE: Final = re.compile(r"(?<![\w+])(?:\+7|8(?=[ \u00a0-]?\(|-\d{3,4}-))[ \u00a0-]?\(?\d[\d \u00a0()-]{5,16}\d")
_AMOUNT: Final = re.compile(r"(?<![\d.,])(\d{1,3})\.(\d{1,3})(?=[ \u00a0](?:тыс|млн|млрд|трлн|миллион|миллиард|рубл))")
_FULL: Final = re.compile(r"(?<!\w)\d[\d.,]*[ \u00a0](?:тысяч|миллион|миллиард)[а-я]*")
_SHORT: Final = re.compile(r"(?<!\w)\d[\d.,]*[ \u00a0](?:тыс\.|млн|млрд|трлн)")


def percentages(piece: Piece) -> Iterator[Finding]:
    """«73 %, 12 %, остальные 7 %»: shares with a rest make a hundred, as far as rounding lets them."""
    for sentence in sentences(piece.text):
        if not _REST.search(sentence.text) or _PART_OF.search(sentence.text):
            continue
        shares = [float(place[1].replace(",", ".")) for place in _PERCENT.finditer(sentence.text)]
        total = sum(shares)
        if len(shares) < 3 or abs(total - 100) <= 0.5 * len(shares):
            continue
        yield piece.finding(
            "percent-sum",
            Severity.WARNING,
            sentence.begin,
            sentence.end,
            _("Доли с «остальными» дают в сумме {total:g} %, а не 100.").format(total=round(total, 2)),
        )


class Promised(NamedTuple):
    """The numbers of a paragraph that promise a list."""

    #: Before a colon, behind which the list stands.
    before_colon: tuple[re.Match[str], ...]
    #: Of all of them, listed in a sentence behind.
    all_of: tuple[re.Match[str], ...]


@lru_cache(maxsize=REMEMBERED)
def promised_in(text: str) -> Promised:
    found = (
        tuple(place for place in kind.finditer(text) if not _UNIT.match(text, place.end("number")))
        for kind in (_BEFORE_COLON, _ALL_OF)
    )
    return Promised(*found)


class Figures(NamedTuple):
    """The large numbers of a paragraph."""

    #: «82 тысячи».
    full: tuple[re.Match[str], ...]
    #: «2,5 млн».
    short: tuple[re.Match[str], ...]


@lru_cache(maxsize=REMEMBERED)
def figures_in(text: str) -> Figures:
    return Figures(*(tuple(kind.finditer(text)) for kind in (_FULL, _SHORT)))


def counted_lists(material: Material, _around: Around) -> Iterator[Finding]:
    """A number and a list of another length behind its colon, below it, or where all of them are named."""
    pieces = [piece for piece in material.told() if piece.kind in (PieceKind.PARAGRAPH, PieceKind.ITEM)]
    for place, piece in enumerate(pieces):
        if piece.kind is PieceKind.ITEM:
            continue
        promised = promised_in(piece.text)
        for number in promised.before_colon:
            rest = next(sentences(piece.text[number.end() :]), None)
            if rest is not None:
                yield from _compared(piece, number, rest.text)
        if _is_next(pieces, place):
            yield from _above_list(piece, [one for one in pieces[place + 1 : place + 40] if one.kind is PieceKind.ITEM])
        for number in promised.all_of:
            after = [one.text for one in sentences(piece.text[number.end() :])][1:2]
            after += [one.text for other in pieces[place + 1 : place + 2] for one in list(sentences(other.text))[:1]]
            for sentence in after:
                if sentence.count(", ") >= 3 and _AND.search(sentence.rpartition(",")[2]):
                    yield from _compared(piece, number, sentence)
                    break


def _is_next(pieces: list[Piece], place: int) -> bool:
    return place + 1 < len(pieces) and pieces[place + 1].kind is PieceKind.ITEM


def _above_list(piece: Piece, items: list[Piece]) -> Iterator[Finding]:
    """«Три адреса:» above a list of four."""
    if not piece.text.rstrip().endswith(":"):
        return
    numbers = list(re.finditer(rf"\b{_NUMBER}(?=[ \u00a0][а-яё])", piece.text.rstrip()[-80:], re.IGNORECASE))
    if len(numbers) != 1 or _UNIT.match(piece.text.rstrip()[-80:][numbers[0].end() :]):
        return
    told, listed = _value(numbers[0]["number"]), _in_a_row(items)
    if 2 <= told <= _MOST and told != listed:
        begin = max(0, len(piece.text.rstrip()) - 80) + numbers[0].start()
        yield _finding(piece, begin, begin + len(numbers[0][0]), told, str(listed))


def _in_a_row(items: list[Piece]) -> int:
    """How many of *items* stand in the first list: each next begins right behind the one before."""
    count = 1
    for before, after in pairwise(items):
        if after.begin != before.begin + len(before.text) + 1:
            break
        count += 1
    return count


def _compared(piece: Piece, number: re.Match[str], sentence: str) -> Iterator[Finding]:
    told = _value(number["number"])
    least, most = _listed(sentence)
    if 2 <= told <= _MOST and least >= 2 and not least <= told <= most:
        yield _finding(piece, *number.span("number"), told, str(least) if least == most else f"{least}–{most}")


def _listed(sentence: str) -> tuple[int, int]:
    """The least and the most things that *sentence* lists; nothing where it goes on with a clause."""
    if _CLAUSE.search(sentence):
        return 0, 0
    separator = r";\s" if ";" in sentence else r",\s"
    parts = re.split(separator, sentence.rstrip(" ."))
    inner = sum(bool(_AND.search(part)) for part in parts[:-1])
    last = 1 if _AND.search(parts[-1]) else 0
    if len(parts) == 1 and not last:
        return 0, 0
    return len(parts) + (last if separator[0] == "," else 0), len(parts) + last + inner


def _finding(piece: Piece, begin: int, end: int, told: int, listed: str) -> Finding:
    return piece.finding(
        "list-count",
        Severity.WARNING,
        begin,
        end,
        _("Сказано {told}, а перечислено {listed}.").format(told=told, listed=listed),
        reason=_("Читатель пересчитает."),
    )


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _NUMERALS[word.lower()]


def age_marks(piece: Piece) -> Iterator[Finding]:
    """«(12 +)», «(+16)» and categories that the law does not know."""
    known = {rating.value.removesuffix("+") for rating in AgeRating}
    for place in _AGE.finditer(piece.text):
        if "+" not in place["inside"] or (place[0] == f"({place['digits']}+)" and place["digits"] in known):
            continue
        right = place["digits"] in known
        yield piece.finding(
            "age-form",
            Severity.WARNING,
            *place.span(),
            _("Возрастной знак пишется «({age}+)».").format(age=place["digits"])
            if right
            else _("Возрастного знака {age}+ нет: бывает {all}.").format(age=place["digits"], all=", ".join(AgeRating)),
            source=_("Закон 436-ФЗ, ст. 6"),
            fix=f"({place['digits']}+)" if right else None,
        )


def inn(piece: Piece) -> Iterator[Finding]:
    for place in _INN.finditer(piece.text):
        digits = re.sub(r"\D", "", place["digits"])
        if not is_inn(digits):
            problem = (
                _("Контрольная цифра ИНН {inn} не сходится.")
                if len(digits) in (10, 12)
                else _("В ИНН {inn} не 10 и не 12 цифр.")
            )
            yield piece.finding(
                "inn-wrong",
                Severity.ERROR,
                *place.span("digits"),
                problem.format(inn=digits),
                reason=_("По неверному ИНН рекламодателя не найти."),
                source=_("Приказ ФНС ММВ-7-6/435@"),
            )


def phones(piece: Piece) -> Iterator[Finding]:
    """A Russian number has eleven digits with its 8 or +7."""
    for place in _PHONE.finditer(piece.text):
        count = sum(map(str.isdigit, place[0]))
        if count != 11:
            yield piece.finding(
                "phone-digits",
                Severity.WARNING,
                *place.span(),
                n_("В номере телефона {n} цифра, а бывает 11.", "В номере телефона {n} цифр, а бывает 11.", count),
                source=_("Российский план нумерации"),
            )


def amounts(piece: Piece) -> Iterator[Finding]:
    """«2.5 млн»: a fraction has a comma."""
    for place in _AMOUNT.finditer(piece.text):
        yield piece.finding(
            "amount-form",
            Severity.NOTE,
            *place.span(),
            _("Дробь пишется через запятую: {right}.").format(right=f"{place[1]},{place[2]}"),
            source="ГОСТ 8.417",
            fix=f"{place[1]},{place[2]}",
        )


def number_style(material: Material, _around: Around) -> Iterator[Finding]:
    """«82 тысячи» beside «2,5 млн»: one text, one manner."""
    full = [(piece, place) for piece in material.prose() for place in figures_in(piece.text).full]
    short = [(piece, place) for piece in material.prose() for place in figures_in(piece.text).short]
    if full and short:
        piece, place = min(full, short, key=len)[0]
        yield piece.finding(
            "number-style",
            Severity.NOTE,
            *place.span(),
            _("Числа в тексте то сокращены, то написаны словом: «{full}» и «{short}».").format(
                full=full[0][1][0], short=short[0][1][0]
            ),
        )
