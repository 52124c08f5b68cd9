"""What was corrected between two texts is told apart from a text that was written anew."""

import pytest

from newsroom.domain.article import LeadPhoto
from newsroom.domain.findings import Field
from newsroom.domain.ids import PhotoId
from newsroom.text.corrected import corrections_between
from tests.newsrooms import GOOD

BODY = "Срок **облуживания** покрытия (пять лет), «рабтает» он до девяти.\n\n- Вход стоет 250 рублей."
PAGE = GOOD.with_(body=BODY, photo=LeadPhoto(PhotoId("1" * 64), "Мост утрм", "А. Котов"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"body": BODY.replace("облуживания", "обслуживания")}, [(Field.BODY, "облуживания", "обслуживания")]),
        (
            {"body": BODY.replace("рабтает", "работает").replace("стоет", "стоит")},
            [(Field.BODY, "стоет", "стоит"), (Field.BODY, "рабтает", "работает")],
        ),
        ({"body": BODY.replace("он до", "он был до")}, [(Field.BODY, "он", "он был")]),
        ({"headline": "Тот " + GOOD.headline}, [(Field.HEADLINE, "Мост", "Тот Мост")]),
        ({"body": BODY.replace(" покрытия", "")}, [(Field.BODY, "покрытия ", "")]),
        (
            {"photo": LeadPhoto(PhotoId("1" * 64), "Мост утром", "А. Котов"), "lead": GOOD.lead + "!"},
            [(Field.LEAD, "пути.", "пути.!"), (Field.CAPTION, "утрм", "утром")],
        ),
    ],
)
def test_replaced_words_are_told_with_their_places(changes: dict[str, object], told: list[object]) -> None:
    corrections = corrections_between(PAGE, PAGE.with_(**changes))
    assert corrections is not None
    assert [(one.place.field, one.place.anchor.selected, one.new) for one in corrections] == [
        (field, old.strip(), new) for field, old, new in told
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"body": BODY + "\n\nЕщё абзац."},
        {"body": BODY.replace("**облуживания**", "облуживания")},
        {"body": "Совсем другой текст."},
        {"tags": ("мост",)},
        {"photo": None},
        {"photo": LeadPhoto(PhotoId("2" * 64), "Мост утрм", "А. Котов")},
        {"lead": "слово " * 60},
        {"headline": ""},
    ],
)
def test_anything_else_is_no_correction(changes: dict[str, object]) -> None:
    assert corrections_between(PAGE, PAGE.with_(**changes)) is None
