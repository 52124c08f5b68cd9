"""What each check must find, and what it must stay silent on."""

from datetime import UTC, datetime

import pytest

from newsroom.domain.article import LeadPhoto
from newsroom.domain.findings import Field, Severity
from newsroom.domain.ids import ArticleId, PhotoId
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import Recent
from newsroom.text.requisites import is_erid, is_inn
from tests.text.checks.articles import around, findings, found, material, mended

PHOTO = PhotoId("ab" * 32)


@pytest.mark.parametrize(
    ("code", "body", "words"),
    [
        ("repeated-word", "Мост открыли в в пятницу.", ["в в"]),
        ("repeated-word", "Мост мост открыли.", ["Мост мост"]),
        ("double-space", "Мост  открыли.", ["  "]),
        ("link-broken", "Читайте [здесь](htp:/vesti).", ["здесь"]),
        ("link-broken", "Читайте [здесь](http://http://vesti.example/).", ["здесь"]),
        ("link-broken", "Читайте [здесь](https://localhost:8080/a).", ["здесь"]),
        ("link-broken", "Пишите [нам](mailto:vesti).", ["нам"]),
        ("link-tracked", "Читайте [здесь](https://vesti.example/a?utm_source=tg&id=5).", ["здесь"]),
        ("link-tracked", "Адрес https://vesti.example/a?fbclid=1.", ["https://vesti.example/a?fbclid=1"]),
        ("percent-sum", "За — 60%, против — 30%, остальные 20% не решили.", None),
        ("age-form", "Вышла «Заря» (12 +).", ["(12 +)"]),
        ("age-form", "Вышла «Заря» (+16).", ["(+16)"]),
        ("age-form", "Вышла «Заря» (14+).", ["(14+)"]),
        ("inn-wrong", "Рекламодатель, ИНН 7707083894.", ["7707083894"]),
        ("inn-wrong", "Рекламодатель, ИНН 77070838.", ["77070838"]),
        ("phone-digits", "Звоните: +7 (426) 22-2-2-22.", ["+7 (426) 22-2-2-22"]),
        ("phone-digits", "Звоните: 8 (42622) 2-22-222.", ["8 (42622) 2-22-222"]),
        ("amount-form", "Проект стоит 2.5 млн рублей.", ["2.5"]),
        ("number-style", "Пришли 82 тысячи писем и 2,5 млн открыток.", ["82 тысячи"]),
        ("list-count", "Закрыли три улицы: Речную, Садовую, Лесную и Полевую.", ["три"]),
        ("list-count", "Победили во всех семи видах. Это забег на милю, эстафета, кросс, прыжки и марафон.", None),
        ("list-count", "Откроют три пункта:\n\n- на Речной\n- на Садовой\n", ["три"]),
        ("weekday-wrong", "Мост откроют в среду, 25 ноября 2026 года, а вокзал — в среду, 26 ноября.", None),
        ("date-impossible", "Мост откроют 31 ноября.", ["31 ноября"]),
        ("near-names", "Премия Global Ranking Performers Prize. Лауреат Global Ranking Performance Prize.", None),
        ("near-names", "Пришёл тренер Хабибулин. Потом Хабибуллин ушёл, и снова Хабибуллин пришёл.", None),
        ("first-name-missing", "На линии вышли автобусы, сказал Кузнецов.", ["Кузнецов"]),
        ("case-wrong", "Мост через реки и через неделя. Из-за дождём шли к школа.", ["неделя", "дождём", "школа"]),
        ("case-wrong", "На стройке, для жителям, под\u00a0мосте.", ["жителям", "мосте"]),
        ("mixed-quotes", 'Газета "Заря" и журнал «Луч», клуб «Рассвет».', ['"']),
    ],
)
def test_it_finds(code: str, body: str, words: list[str] | None) -> None:
    got = found(code, body)
    assert got
    assert words is None or got == words


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (
            "case-wrong",
            "Его избрали в депутаты, сын вышел в люди, для неё, через Кедру, из-за кофе, в связи, до завтра.",
        ),
        (
            "case-wrong",
            "Что надо людям? О боже, к слову, на днях, по двое, с миром, в лесу, на берегу, без пяти час, из чаю.",
        ),
        ("repeated-word", "Да да, едва-едва, что что-то было; 5 5."),
        ("double-space", "Мост открыли.\n\nПошли автобусы."),
        ("link-broken", "[здесь](https://vesti.example/a?b=c#d), [там](/news/5), [почта](mailto:a@vesti.example)"),
        ("link-broken", "[сайт](https://вести.рф/новости) и [звонок](tel:+74262220022)"),
        ("link-tracked", "Читайте [здесь](https://vesti.example/a?id=5) и https://vesti.example/a?id=5."),
        ("percent-sum", "Соцсеть (12+)(73%), потом (12+) (12%), (3%), 2%, 2%, 1%, остальные 7% — консультации."),
        ("percent-sum", "Цены выросли на 25%, на 10% и на 3%, остальные не изменились."),
        ("percent-sum", "33,3%, 33,3% и остальные 33,3% ушли на ремонт."),
        ("age-form", "Вышла «Заря» (16+), в деле (12) человек."),
        ("inn-wrong", "Рекламодатель, ИНН 7707083893."),
        ("phone-digits", "Звоните: +7 (426) 222-22-22, 8 (42622) 2-22-22. Это 8-10 лет и 8 800 рублей."),
        ("amount-form", "Проект стоит 2,5 млн рублей, версия 2.5, выход 12.10."),
        ("number-style", "Пришли 82 тысячи писем и 3 миллиона открыток."),
        ("list-count", "Закрыли три улицы: Речную, Садовую и Лесную."),
        ("list-count", "Работали 60 человек: водители, врачи и пожарные. Ждали три часа: снег, ветер и лёд мешали."),
        ("list-count", "Откроют два пункта:\n\n- на Речной\n- на Садовой\n"),
        ("weekday-wrong", "Мост откроют в среду, 25 ноября, и в четверг (26 ноября)."),
        ("date-impossible", "29 февраля 2024 года и 30 ноября."),
        ("date-relative", "Вчера открыли мост, в этом году откроют второй."),
        ("near-names", "В Биробиджане и Биробиджана, Марина и Карина, Ким Александр и Ким Александра."),
        ("near-names", "Мост построил Global Ranking Award. У Global Ranking Awards есть офис."),
        ("first-name-missing", "Елена Кузнецова рассказала. Кузнецова добавила. И. П. Смирнов согласен."),
        ("first-name-missing", "На улице Гагарина и в школе имени Кузнецова; семья Смирновых."),
        ("mixed-quotes", 'Газета "Заря", журнал "Луч", экран 15" шириной.'),
        ("promotion-unlabelled", "Сервис подорожал, клиентов стало меньше. Тарифы вырастут на 5%."),
    ],
)
def test_it_stays_silent(code: str, body: str) -> None:
    assert found(code, body) == []


@pytest.mark.parametrize(
    ("headline", "is_told"),
    [
        ("Мост открыт.", True),
        ("Мост в «Заре».", True),
        ("Мост открыт…", False),
        ("Мост открыт?", False),
        ("Мост откроют в 2026 г.", False),
        ("Ставка 5 млн руб.", False),
    ],
)
def test_a_headline_has_no_full_stop(headline: str, is_told: bool) -> None:
    told = [one for one in findings(headline=headline) if one.code == "headline-stop"]
    assert bool(told) is is_told
    if told:
        assert mended(Field.HEADLINE, headline, told[0]) == headline.replace(".", "")


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        ("Мост через протоку откроют в пятницу", True),
        ("В пятницу откроют мост через протоку", True),
        ("«Мост через протоку» откроют в пятницу!", True),
        ("Мост через протоку закрыли на ремонт", False),
    ],
)
def test_a_headline_like_a_recent_one_is_told_but_not_its_own(other: str, is_told: bool) -> None:
    article = material(headline="Мост через протоку откроют в пятницу")
    found = Checker().check(article, around(Recent(ArticleId(7), other)))
    assert any(one.code == "headline-duplicate" for one in found) is is_told
    own = type(article)(article.content, article.pieces, article=ArticleId(7))
    assert not any(
        one.code == "headline-duplicate" for one in Checker().check(own, around(Recent(ArticleId(7), other)))
    )


@pytest.mark.parametrize(
    ("photo", "codes"),
    [
        (LeadPhoto(PHOTO, "Мост утром", "Анна Ким/«Вести»", "Вантовый мост"), set()),
        (LeadPhoto(PHOTO, "Заголовок дня", "Анна Ким", "Вантовый мост"), {"caption-is-headline"}),
        (LeadPhoto(PHOTO, "", "Анна Ким", "Вантовый мост"), {"caption-missing"}),
        (LeadPhoto(PHOTO, "Мост утром", "предоставлено ДСУ", "Мост"), {"photographer-missing"}),
        (LeadPhoto(PHOTO, "Мост утром", "пресс-служба мэрии", "Мост"), set()),
        (LeadPhoto(PHOTO, "Мост утром", "Анна Ким", "Заголовок дня Анна Ким"), {"alt-is-headline"}),
    ],
)
def test_words_of_the_lead_photo(photo: LeadPhoto, codes: set[str]) -> None:
    assert {one.code for one in findings("Текст.", photo=photo)} == codes


def test_a_photo_in_the_text_without_credit_blocks() -> None:
    told = findings(f'Текст.\n\n![Мост](photo:{PHOTO} "Мост")')
    assert [(one.code, one.severity, one.words) for one in told] == [
        ("credit-missing", Severity.ERROR, "Мост"),
        ("alt-is-caption", Severity.WARNING, "Мост"),
    ]


def test_relative_dates_are_told_in_an_old_text_only() -> None:
    body = "Вчера открыли мост. В этом году откроют второй."
    written = datetime(2022, 2, 25, 7, tzinfo=UTC)
    assert found("date-relative", body, date=written) == ["Вчера", "В этом году"]
    assert found("date-relative", body, date=datetime(2026, 11, 20, tzinfo=UTC)) == []


PROMOTION = (
    "Закажите сейчас со скидкой до конца недели: широкий выбор и выгодные цены. Успейте, акция действует до пятницы. "
    "Индивидуальный подход и промокод для новых клиентов."
)


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("", {"promotion-unlabelled"}),
        ("Реклама. ERID: 2VtzqwQet7H. Рекламодатель: ООО «Заря», ИНН 7707083893", set()),
        ("Реклама. Рекламодатель: ООО «Заря», ИНН 7707083893", {"advertising-label"}),
        ("Реклама. ERID: !!. Рекламодатель: ООО «Заря», ИНН 7707083894", {"erid-form", "inn-wrong"}),
    ],
)
def test_advertising_is_labelled_and_its_label_is_whole(note: str, codes: set[str]) -> None:
    assert {one.code for one in findings(PROMOTION, note=note)} == codes


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("7707083893", True),
        ("7707083894", False),
        ("500100732259", True),
        ("500100732258", False),
        ("77070838", False),
        ("٧٧٠٧٠٨٣٨٩٣", False),
    ],
)
def test_inn(digits: str, right: bool) -> None:
    assert is_inn(digits) is right


def test_erid() -> None:
    assert is_erid("2VtzqwQet7H")
    assert not is_erid("2Vtz")
    assert not is_erid("2Vtzqw Qet7H")
