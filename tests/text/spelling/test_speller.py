"""What is told about a text, and what is passed over in silence."""

import pytest

from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind, Yo
from newsroom.text.spelling.house import inflect
from newsroom.text.spelling.inflections import base_forms
from newsroom.text.spelling.judging import Kind, Lexicons
from newsroom.text.spelling.speller import Speller


def told(speller: Speller, text: str) -> list[tuple[str, Kind]]:
    return [(found.word, found.kind) for found in speller.check(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Мэрия открыла новый мост через реку, движение начнётся в понедельник.",
        "Ёлку и елку, самолёт и самолет пишут и так, и так.",
        "Кто-нибудь из-за рубежа по-прежнему приедет в северо-западный торгово-развлекательный центр.",
        "Пресс-служба, онлайн-запись, вице-премьер, экс-чемпион, бизнес-план, кое-кто, посмотри-ка.",
        "Соцконтракт, медпункт, нейросеть, регоператор; неоплаченных, непереведённое, неоказание.",
        "Видеонаблюдение, радиоуправляемый, неоплаченный, мультиформатный и двухподъездный.",
        "6-летний мальчик, 10-километровая гонка, 5-го числа, 90-е годы, 25%, 5 км, 20 °C, №5, 3,5 млн руб.",
        "РФ, МЧС, ЦРБ, ДТП и ГКУСО; ЧОПа и БАДов.",
        "Читайте на https://vesti.example/novosti/obluzhivanie?x=zq и на vestikedry.ru, пишите на zzqq@vesti.example.",
        "Подписывайтесь на @vestikedryy и #усткедровсск, код `zzqq wwrr`, файл README.md, {zzqq}, &nbsp; <zzqqww>.",
        "За\u0301мок и замо\u0301к; пе\u00adре\u00adнос; ча\u0438\u0306 — слова с ударениями и переносами.",
        "The chief editor's office published an honest story.",
        "Tele2 и 5G, А4, COVID-19, PDFки и SMSка.",
        "Awards (16+), \u2028»(12+)(73%)",
        "",
        " \n ",
    ],
)
def test_correct_text_is_passed_over_in_silence(speller: Speller, text: str) -> None:
    assert told(speller, text) == []


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("скорости и качеству облуживания составляет", "облуживания", Kind.FIRM),
        ("Как подсчитала комманда проекта", "комманда", Kind.FIRM),
        ("я незнаю ответа", "незнаю", Kind.FIRM),
        ("я невсегда прав", "невсегда", Kind.FIRM),
        ("the goverment said", "goverment", Kind.FIRM),
        ("написал ghbdtn друзьям", "ghbdtn", Kind.FIRM),
        ("в МОскве открыли", "МОскве", Kind.FIRM),
        ("из-за фанернного завода", "фанернного", Kind.FIRM),
        ("житель Кедринска", "Кедринска", Kind.SOFT),
        ("в Усть-Кедровске открыли", "Усть-Кедровске", Kind.SOFT),
        ("в городе москва открыли", "москва", Kind.SOFT),
        ("сказал Xiaomi", "Xiaomi", Kind.SOFT),
        ("в мессенжере WhatsApp", "мессенжере", Kind.SOFT),
        ("на колл. центр", "колл", Kind.SOFT),
        ("вся cтрана", "cтрана", Kind.LOOK_ALIKE),
        ("жители c детьми", "c", Kind.LOOK_ALIKE),
        ("в годы CCCP строили", "CCCP", Kind.LOOK_ALIKE),
        ("камера Сanon", "Сanon", Kind.LOOK_ALIKE),
    ],
)
def test_a_mistake_is_told_by_its_kind(speller: Speller, text: str, word: str, kind: Kind) -> None:
    assert told(speller, text)[:1] == [(word, kind)]


def test_places_are_counted_in_characters_past_emoji_and_combining_marks(speller: Speller) -> None:
    text = "🔥👨‍👩‍👧 Замо\u0301к: комманда и\u0306 ещё комманда"
    places = speller.check(text)
    assert [text[found.begin : found.end] for found in places] == ["комманда", "комманда"]
    assert [found.word for found in places] == ["комманда", "комманда"]


def test_the_same_text_is_told_the_same_again(speller: Speller) -> None:
    text = "Комманда из Кедринска; комманда c друзьями, 6-летняя девочкка."
    assert speller.check(text) == speller.check(text) != []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("облуживания", "обслуживания"),
        ("прокуратры", "прокуратуры"),
        ("поликлинника", "поликлиника"),
        ("агенство", "агентство"),
        ("учавствовать", "участвовать"),
        ("вобщем", "в общем"),
        ("незнаю", "не знаю"),
        ("по-этому", "поэтому"),
        ("cтрана", "страна"),
        ("ghbdtn", "привет"),
        ("москва", "Москва"),
        ("Прокурратура", "Прокуратура"),
        ("ПРОКУРРАТУРА", "ПРОКУРАТУРА"),
        ("goverment", "government"),
        ("тарифф\u0301а", "тарифа"),
    ],
)
def test_the_right_word_is_suggested_first(speller: Speller, wrong: str, right: str) -> None:
    assert speller.suggest(wrong)[0] == right


def test_two_slips_in_one_word_are_mended_too(speller: Speller) -> None:
    assert "обслуживание" in speller.suggest("обслужываниие")


def test_suggestions_follow_the_texts_habit_with_yo(speller: Speller) -> None:
    assert speller.suggest("самалет")[0] == "самолет"
    assert speller.suggest("самалет", yo=True)[0] == "самолёт"
    assert speller.suggest("самалёт")[0] == "самолёт"


def test_nothing_is_suggested_for_what_is_near_nothing(speller: Speller) -> None:
    assert speller.suggest("щщщщъъъъ") == []
    assert speller.suggest("ы" * 5000) == []
    assert speller.suggest("") == []


def test_hostile_text_is_checked_in_bounded_time(speller: Speller) -> None:
    for text in (
        "а" * 300_000,
        "a-" * 100_000,
        "ъ " * 100_000,
        "@" * 100_000,
        "x." * 100_000,
        "`{<" * 50_000,
        "\ud800",
    ):
        speller.check(text)


def test_a_confirmed_word_covers_its_inflections_with_its_capital(lexicons: Lexicons) -> None:
    house = inflect([HouseWord("Усть-Кедровск"), HouseWord("Кедра"), HouseWord("инфомат")])
    speller = Speller(lexicons, house)
    assert told(speller, "В Усть-Кедровске за Кедрой стоят инфоматы. Инфоматам рады.") == []


def test_a_confirmed_word_with_a_capital_is_right_only_with_it(lexicons: Lexicons) -> None:
    speller = Speller(lexicons, inflect([HouseWord("Плёс-Транс"), HouseWord("Зингшпильск")]))
    assert told(speller, "из Зингшпильска") == []
    assert [word for word, _kind in told(speller, "из зингшпильска")] == ["зингшпильска"]


def test_an_abbreviation_is_confirmed_as_it_is_written(lexicons: Lexicons) -> None:
    speller = Speller(lexicons, inflect([HouseWord("Росзингнадзор", inflected=False)]))
    assert told(speller, "Росзингнадзор сообщил") == []
    assert told(speller, "Росзингнадзором заявлено") == [("Росзингнадзором", Kind.SOFT)]


def test_a_forbidden_word_is_told_with_what_the_house_writes(lexicons: Lexicons) -> None:
    speller = Speller(lexicons, inflect([HouseWord("Tik-Tok", Verdict.FORBIDDEN, meant="TikTok")]))
    assert told(speller, "видео в Tik-Tok(12+) и в tik-tok") == [
        ("Tik-Tok", Kind.FORBIDDEN),
        ("tik-tok", Kind.FORBIDDEN),
    ]
    assert speller.suggest("Tik-Tok")[0] == "TikTok"
    assert told(speller, "видео в TikTok") != [("TikTok", Kind.FORBIDDEN)]


def test_a_confusable_word_is_told_in_every_form_though_it_exists(lexicons: Lexicons) -> None:
    assert Speller(lexicons).check("лужения") == []
    speller = Speller(lexicons, inflect([HouseWord("лужение", Verdict.CONFUSABLE, meant="служение")]))
    assert told(speller, "скорость лужения") == [("лужения", Kind.CONFUSABLE)]
    assert speller.suggest("лужения")[0] == "служения"


@pytest.mark.parametrize("text", ["тикток", "из TikTok-а", "РОСЗИНГНАДЗОР", "В ЗИНГШПИЛЬСКЕ"])
def test_a_house_word_is_right_in_capitals_and_with_an_ending_behind_a_hyphen(lexicons: Lexicons, text: str) -> None:
    words = [HouseWord("TikTok"), HouseWord("тикток"), HouseWord("Росзингнадзор"), HouseWord("Зингшпильск")]
    assert told(Speller(lexicons, inflect(words)), text) == []


def test_house_words_are_suggested_with_their_capitals(lexicons: Lexicons) -> None:
    speller = Speller(lexicons, inflect([HouseWord("Зингшпильск", kind=WordKind.PLACE), HouseWord("инфомат")]))
    assert speller.suggest("Зингшпильсску")[0] == "Зингшпильску"
    assert speller.suggest("зингшпильск")[0] == "Зингшпильск"
    assert speller.suggest("Инфоматтам")[0] == "Инфоматам"


@pytest.mark.parametrize(
    ("base", "kind", "covered", "not_covered"),
    [
        ("Семикин", WordKind.PERSON, "Семикиной Семикиным Семикиных", "Семикинск"),
        ("Лопсонов", WordKind.PERSON, "Лопсонова Лопсоновой Лопсоновы", ""),
        ("Соловьёв-Седой", WordKind.PERSON, "Соловьёва-Седого Соловьёвым-Седым", "Соловьёва-Седым Соловьёв-Седейший"),
        ("Тулума", WordKind.PLACE, "Тулумы Тулуме Тулуму Тулумой", "Тулумам"),
        ("Черёмушки", WordKind.PLACE, "Черёмушек Черёмушкам", ""),
        ("Зингшпильск-на-Дону", WordKind.PLACE, "Зингшпильске-на-Дону", ""),
        ("Лебяжинский", WordKind.PLACE, "Лебяжинского Лебяжинском Лебяжинской", ""),
        ("Кедрасвязь", WordKind.COMPANY, "Кедрасвязи Кедрасвязью", "Кедрасвязями"),
        ("ГКУСО", WordKind.ABBREVIATION, "ГКУСО", "ГКУСОм"),
        ("TikTok", WordKind.COMPANY, "TikTok", "Tiktok"),
        ("оцифровать", WordKind.WORD, "оцифруют оцифровала оцифруй", ""),
    ],
)
def test_one_word_covers_its_forms(base: str, kind: WordKind, covered: str, not_covered: str) -> None:
    house = inflect([HouseWord(base, kind=kind)])
    assert [form for form in covered.split() if not house.confirms(form)] == []
    assert [form for form in not_covered.split() if house.confirms(form)] == []


@pytest.mark.parametrize(
    ("met", "base"),
    [
        ("Кедринске", ("Кедринск", WordKind.PLACE)),
        ("Тулумы", ("Тулума", WordKind.PLACE)),
        ("Банзаракцаевым", ("Банзаракцаев", WordKind.PERSON)),
        ("Усть-Кедровском", ("Усть-Кедровск", WordKind.PLACE)),
        ("инфоматам", ("инфомат", WordKind.WORD)),
        ("ЦРБ", ("ЦРБ", WordKind.ABBREVIATION)),
        ("Xiaomi", ("Xiaomi", WordKind.WORD)),
    ],
)
def test_the_base_form_of_a_word_that_was_met_is_offered(met: str, base: tuple[str, WordKind]) -> None:
    assert base in base_forms(met)


def test_the_house_writes_yo_always(lexicons: Lexicons) -> None:
    speller = Speller(lexicons, inflect([], Yo.ALWAYS))
    assert told(speller, "Самолет и самолёт, все и всё, елка.") == [("Самолет", Kind.YO), ("елка", Kind.YO)]
    assert speller.suggest("Самолет")[0] == "Самолёт"


def test_the_house_writes_yo_never_but_in_its_own_names(lexicons: Lexicons) -> None:
    speller = Speller(lexicons, inflect([HouseWord("Плёсовое", kind=WordKind.PLACE)], Yo.NEVER))
    assert told(speller, "Самолёт и самолет, Плёсовое.") == [("Самолёт", Kind.YO)]
    assert speller.suggest("Самолёт")[0] == "Самолет"
    assert speller.suggest("самалет")[0] == "самолет"


@pytest.mark.parametrize(
    "text", ["Росгвардия и минздрав", "чипирования", "пескосоляную смесь", "полцентнера мёда", "в Улан-Баторе"]
)
def test_words_of_todays_news_are_known(speller: Speller, text: str) -> None:
    assert told(speller, text) == []


def test_a_compound_that_is_near_a_whole_word_is_doubted(speller: Speller) -> None:
    assert told(speller, "новая доргога") == [("доргога", Kind.SOFT)]
    # Of an end that nobody has met, even where the whole word is rare; one of a usual end is let be.
    assert told(speller, "в поликиниках, много предантий, геозона") == [
        ("поликиниках", Kind.SOFT),
        ("предантий", Kind.SOFT),
    ]


def test_a_rare_word_of_four_letters_near_a_very_common_one_is_doubted(speller: Speller) -> None:
    assert told(speller, "осле обеда, улей и лось") == [("осле", Kind.SOFT)]
