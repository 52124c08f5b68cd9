"""The pairs of the house style, each idempotent; what is protected; the switches. ``~`` stands for a no-break space."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain.errors import InvalidInput
from newsroom.domain.style import HouseStyle, Percent, Quotes, style_from_dict, style_to_dict
from newsroom.text.typography.setting import edits, typeset

HOUSE = HouseStyle()

PAIRS = [
    ('"Заря"', "«Заря»"),
    ('"Клуб "Заря""', "«Клуб „Заря“»"),
    ("« Заря »", "«Заря»"),
    ("город - порт", "город~— порт"),
    ("да – нет", "да~— нет"),
    ("5-7 мая", "5–7~мая"),
    ("2019-2021", "2019–2021"),
    ("9:00-18:00", "9:00–18:00"),
    ("в 9.00", "в~9:00"),
    ("XI-XII вв.", "XI–XII~вв."),
    ("20-25%", "20–25%"),
    ("из за", "из-за"),
    ("кто то", "кто-то"),
    ("6 летний", "6-летний"),
    ("5-ый", "5-й"),
    ("90-ые", "90-е"),
    ("в Биру", "в~Биру"),
    ("он же", "он~же"),
    ("А.С.Котов", "А.~С.~Котов"),
    ("5 км", "5~км"),
    ("м2", "м²"),
    ("№5", "№~5"),
    ("§4", "§~4"),
    ("3.5%", "3,5%"),
    ("40 %", "40%"),
    ("1000000", "1~000~000"),
    ("5 млн. рублей", "5~млн рублей"),
    ("7 тыс", "7~тыс."),
    ("2025г.", "2025~г."),
    ("г.г.", "гг."),
    ("ул.Мира", "ул.~Мира"),
    ("т.д.", "т.~д."),
    ("-20°С", "−20~°C"),
    ("...", "…"),
    ("?...", "?.."),
    ("слово ,", "слово,"),
    ("»(12+)", "» (12+)"),
    ("(12+)(3%)", "(12+) (3%)"),
    ("25.02.2022г.", "25~февраля 2022~года"),
    ("два  пробела", "два пробела"),
    ("конец~", "конец"),
]


def nbsp(text: str) -> str:
    return text.replace("~", "\u00a0")


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_pairs(before: str, after: str) -> None:
    assert typeset(nbsp(before), HOUSE) == nbsp(after)
    assert typeset(nbsp(after), HOUSE) == nbsp(after)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_pairs_within_a_sentence(before: str, after: str) -> None:
    if before == "конец~" or before.startswith(("?", "»", "-20")):
        return
    assert typeset(nbsp(f"Тут {before} там"), HOUSE) == nbsp(f"Тут {after} там")


@pytest.mark.parametrize(
    "text",
    [
        "https://vesti.example/a-b/1000000?c=3.5%25&d=..x",
        "Адрес desk@vesti.example, сайт www.vesti.example/2019-2021 и vesti.ru.",
        "Звоните +7~(426)~222-22-22, 8-800-200-22-22, 22-2-22.",
        "Счёт 3:2 (1:0, 2:2), со~счётом 4-3.",
        "Код `a - b ... 1000000` и {поле - поле}.",
        "ИНН 7707083893, erid: 2VtzqwQet7H.",
        "679016, г.~Биробиджан",
        "Дом №~5, § 4.1".replace("§ ", "§~"),
        'Монитор 15" и~телевизор 40".',
        "версия 2.5.1, файл README.md",
        "Он знал, что то решение верное.",
        "Какой-то, кто-нибудь, из-под, 6-летний, 5-й.",
        "Температура −5~°C, на~улице 2022~год.",
        "Матч 2-1, дробь 1/2, отношение 16:9.",
        "М2 и~трасса А-370.",
    ],
)
def test_what_is_right_or_protected_stays(text: str) -> None:
    assert typeset(nbsp(text), HOUSE) == nbsp(text)


@given(st.text(st.sampled_from('абвАБ гтыс.,-–—"«»„“()5012%+°№§!?:\u00a0\nkmhttp/@'), max_size=60))
def test_it_is_idempotent(text: str) -> None:
    once = typeset(text, HOUSE)
    assert typeset(once, HOUSE) == once


@given(st.lists(st.sampled_from([*(before for before, _after in PAIRS), "Мост", "и", "в", "5"]), max_size=6))
def test_it_is_idempotent_on_what_people_write(words: list[str]) -> None:
    once = typeset(nbsp(" ".join(words)), HOUSE)
    assert typeset(once, HOUSE) == once


@given(st.lists(st.sampled_from([*(before for before, _after in PAIRS), "Мост"]), max_size=6))
def test_the_changes_make_the_text(words: list[str]) -> None:
    text = nbsp(" ".join(words))
    after = text
    for edit in reversed(edits(text, HOUSE)):
        after = after[: edit.begin] + edit.text + after[edit.end :]
    assert after == typeset(text, HOUSE)


@pytest.mark.parametrize(
    ("style", "before", "after"),
    [
        (replace(HOUSE, quotes=Quotes.STRAIGHT), "«Клуб „Заря“»", '"Клуб "Заря""'),
        (replace(HOUSE, quotes=Quotes.FREE), '"Заря" и «Луч»', '"Заря" и~«Луч»'),
        (replace(HOUSE, percent=Percent.SPACED), "40%", "40~%"),
        (replace(HOUSE, dashes=False), "город - порт", "город - порт"),
        (replace(HOUSE, nbsp=False), "в Биру 5 км", "в Биру 5 км"),
        (replace(HOUSE, numbers=False), "1000000", "1000000"),
        (replace(HOUSE, abbreviations=False), "2025г.", "2025г."),
        (replace(HOUSE, hyphens=False), "из за", "из~за"),
        (replace(HOUSE, signs=False), "м2...", "м2..."),
    ],
)
def test_switches(style: HouseStyle, before: str, after: str) -> None:
    assert typeset(before, style) == nbsp(after)


def test_quotes_that_do_not_pair_stay() -> None:
    assert typeset('Он сказал: "Да', HOUSE) == 'Он сказал: "Да'
    assert typeset("Заря» сказала", HOUSE) == "Заря» сказала"


def test_a_style_is_kept_whole() -> None:
    style = replace(HOUSE, quotes=Quotes.STRAIGHT, nbsp=False)
    assert style_from_dict(style_to_dict(style)) == style
    assert style_from_dict({}) == HOUSE
    for wrong in ({"quotes": "round"}, {"colour": "red"}, {"nbsp": "perhaps"}):
        with pytest.raises(InvalidInput):
            style_from_dict(wrong)


def test_a_long_paragraph_is_set_in_reasonable_steps() -> None:
    text = re.sub(r"\s+", " ", 'Мост - это "Заря", из за дождя в 9.00 и т.д. ' * 60)
    assert len(edits(text, HOUSE)) > 200
