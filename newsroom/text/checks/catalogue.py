"""What each check looks for, why, and by whose word: the help of the findings list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from newsroom.domain.findings import Severity
from newsroom.domain.style import AS_USUAL
from newsroom.text.checks.rules import PREFIX
from newsroom.text.typography.samples import example
from newsroom.words import _, later

#: What switches of the house style are called here, before the name of the switch.
STYLE: Final = "style:"

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_NEEDED = later("Без этого статью не опубликовать: поле обязательно")
_EDITING = later("Практика правки новостей")
_MILCHIN = later("Мильчин, «Справочник издателя и автора»")
_WCAG = later("WCAG 2.2, 1.1.1")
_LIST = later("Список пометок редакции; источник назван у каждой пометки")
_WORDS = later("Словарь редакции")
_PHOTO_LAW = later("ГК РФ, ст. 1265 и 1300")
_AD_LAW = later("38-ФЗ, ст. 5 и 18.1")
_AGE_LAW = later("436-ФЗ, ст. 6")


@dataclass(frozen=True, slots=True)
class Explained:
    """A check. The texts are in Russian until `explain` and `subjects` give them in the language of the program."""

    code: str
    title: str
    #: What it tells, and on what it keeps silent.
    about: str
    source: str
    #: None where a list of the newsroom decides.
    severity: Severity | None = _WARNING


_SUBJECTS: Final[dict[str, tuple[Explained, ...]]] = {
    later("Заголовок и подводка"): (
        Explained("headline-missing", later("Нет заголовка"), later("Поле заголовка пусто."), _NEEDED, _ERROR),
        Explained(
            "headline-long",
            later("Заголовок длинен"),
            later("Знаков больше, чем разрешено в настройках редакции."),
            later("Настройки редакции"),
            _ERROR,
        ),
        Explained(
            "headline-stop",
            later("Точка после заголовка"),
            later("Молчит о многоточии, вопросительном и восклицательном знаке и о сокращениях вроде «г.»."),
            _MILCHIN,
        ),
        Explained(
            "headline-duplicate",
            later("Такой заголовок уже был"),
            later("Почти те же слова, в любом порядке, у статьи последних двух недель."),
            _EDITING,
        ),
        Explained("lead-missing", later("Нет подводки"), later("Поле подводки пусто."), _NEEDED, _ERROR),
        Explained(
            "lead-long",
            later("Подводка длинна"),
            later("Ленты и соцсети обрежут её на полуслове; предел стоит в настройках редакции."),
            later("Настройки редакции"),
        ),
        Explained(
            "lead-is-headline",
            later("Подводка повторяет заголовок"),
            later("Слово в слово; подводка говорит то, чего в заголовке нет."),
            _EDITING,
        ),
    ),
    later("Текст и карточка статьи"): (
        Explained("body-missing", later("Нет текста"), later("В тексте ни слова."), _NEEDED, _ERROR),
        Explained("rubric-missing", later("Не выбрана рубрика"), later("Поле рубрики пусто."), _NEEDED, _ERROR),
        Explained(
            "rubric-gone",
            later("Рубрики больше нет"),
            later("Рубрику удалили после того, как её выбрали."),
            later("Рубрики редакции"),
            _ERROR,
        ),
        Explained("age-missing", later("Нет возрастного знака"), later("Знак ставит редакция."), _AGE_LAW, _ERROR),
        Explained(
            "date-after-due",
            later("Дата позже выхода"),
            later("Читатель увидел бы статью с датой из будущего."),
            _NEEDED,
            _ERROR,
        ),
    ),
    later("Орфография"): (
        Explained(
            "spelling-forbidden",
            later("В редакции пишут иначе"),
            later("Слово, которое словарь редакции заменяет другим: «Tik-Tok» → «TikTok»."),
            _WORDS,
        ),
        Explained(
            "spelling-look-alike",
            later("Буквы двух алфавитов"),
            later("Латинская «c» в русском слове: на вид то же, а поиск его не найдёт."),
            later("Проверка орфографии"),
        ),
        Explained(
            "spelling-firm",
            later("Такого слова нет"),
            later("Его нет в словарях, и рядом есть обычное слово. Молчит об именах, пометках, адресах и единицах."),
            later("OpenCorpora, pyspellchecker, словарь редакции"),
        ),
        Explained(
            "spelling-confusable",
            later("Слово есть, но обычно это описка"),
            later("Пара из словаря редакции: «облуживание» и «обслуживание»."),
            _WORDS,
        ),
        Explained(
            "spelling-yo",
            later("Буква «ё»"),
            later("Слово написано не так, как решила редакция: с «ё» или без неё."),
            _WORDS,
        ),
        Explained(
            "case-wrong",
            later("Падеж после предлога"),
            later("Слово стоит в падеже, в котором после этого предлога не бывает: «через неделя». Молчит об именах."),
            later("Грамматика русского языка; разбор слов по OpenCorpora"),
        ),
        Explained(
            "repeated-word",
            later("Слово дважды"),
            later("«в в городе». Молчит о том, что повторяют нарочно: «да, да», «чуть-чуть»."),
            _EDITING,
        ),
    ),
    later("Имена и люди"): (
        Explained(
            "near-names",
            later("Похожие имена"),
            later(
                "Имя написано двумя способами, разница в букве. Молчит о падежах и о словах, которые есть в словаре."
            ),
            _EDITING,
        ),
        Explained(
            "first-name-missing",
            later("Фамилия без имени"),
            later("Человек упомянут впервые, и без имени. Заголовка это не касается."),
            _EDITING,
            _NOTE,
        ),
    ),
    later("Числа и даты"): (
        Explained(
            "percent-sum",
            later("Доли не дают 100"),
            later("Не меньше трёх долей с «остальными» в одном предложении."),
            later("Арифметика"),
        ),
        Explained(
            "list-count",
            later("Сказано одно число, перечислено другое"),
            later("«Три города: …», «во всех восьми номинациях…». Молчит о единицах: «пять лет: …»."),
            later("Арифметика"),
        ),
        Explained(
            "age-form",
            later("Форма возрастного знака"),
            later("«(12 +)», «(+16)» и знаки, которых в законе нет: «(14+)»."),
            _AGE_LAW,
        ),
        Explained(
            "inn-wrong",
            later("Неверный ИНН"),
            later("В нём не 10 и не 12 цифр или не сходится контрольная."),
            later("Приказ ФНС ММВ-7-6/435@"),
            _ERROR,
        ),
        Explained(
            "phone-digits",
            later("Цифры телефона"),
            later("С «8» или «+7» их одиннадцать. Молчит о коротких номерах."),
            later("Российский план нумерации"),
        ),
        Explained("amount-form", later("Точка в дроби"), later("«2.5 млн»: пишут запятую."), "ГОСТ 8.417", _NOTE),
        Explained(
            "number-style",
            later("Числа двумя манерами"),
            later("«82 тысячи» рядом с «2,5 млн»: в одном тексте — одна манера."),
            _EDITING,
            _NOTE,
        ),
        Explained(
            "weekday-wrong",
            later("День недели не тот"),
            later("«в пятницу, 25 февраля» по календарю; без года — ближайшая к статье дата."),
            later("Календарь"),
        ),
        Explained("date-impossible", later("Такого дня нет"), later("«31 июня», «30 февраля»."), later("Календарь")),
        Explained(
            "date-relative",
            later("«Сегодня» в старом тексте"),
            later("Слова вроде «вчера» и «в эту субботу» в статье, которой больше полутора месяцев."),
            _EDITING,
            _NOTE,
        ),
    ),
    later("Знаки и типографика"): (
        Explained(
            "mixed-quotes",
            later("Кавычки двух видов"),
            later("Прямые и типографские в одном тексте. Молчит о дюймах."),
            later("Стиль редакции"),
        ),
        Explained("double-space", later("Два пробела подряд"), later("Исправляется одной клавишей."), _MILCHIN, _NOTE),
        Explained(
            "typography",
            later("Типографика"),
            later("Сколько мест стиль редакции набрал бы иначе; каждое показывает Ctrl+Alt+T."),
            later("Стиль редакции: newsroom style"),
            _NOTE,
        ),
    ),
    later("Что набирает стиль редакции"): (
        Explained(STYLE + "quotes", later("Кавычки"), later("Вид кавычек решает редакция."), _MILCHIN, _NOTE),
        Explained(
            STYLE + "percent",
            later("Проценты"),
            later("Пробел перед знаком решает редакция."),
            later("ГОСТ 8.417 ставит пробел, газетный обычай — нет"),
            _NOTE,
        ),
        Explained(STYLE + "dashes", later("Тире"), later("Между словами и в диапазонах — не дефис."), _MILCHIN, _NOTE),
        Explained(
            STYLE + "nbsp",
            later("Неразрывные пробелы"),
            later("Предлог, число с единицей и инициалы не отрываются в конце строки."),
            _MILCHIN,
            _NOTE,
        ),
        Explained(
            STYLE + "numbers",
            later("Числа"),
            later("Разряды, окончания порядковых, время, дробь перед процентом."),
            later("ГОСТ 8.417; Мильчин, «Справочник издателя и автора»"),
            _NOTE,
        ),
        Explained(
            STYLE + "abbreviations",
            later("Сокращения"),
            later("Точки и пробелы сокращений и инициалов."),
            later("ГОСТ Р 7.0.12; Мильчин, «Справочник издателя и автора»"),
            _NOTE,
        ),
        Explained(
            STYLE + "hyphens",
            later("Дефисы"),
            later("Пропущенные дефисы частиц, предлогов и сложных прилагательных."),
            later("Правила русской орфографии и пунктуации (2006)"),
            _NOTE,
        ),
        Explained(STYLE + "signs", later("Знаки"), later("Многоточие, степени, минус, градус."), _MILCHIN, _NOTE),
    ),
    later("Ссылки"): (
        Explained(
            "link-broken",
            later("Ссылка никуда не ведёт"),
            later("Адрес пуст, без имени сайта или внутренний. В сеть проверка не ходит."),
            _EDITING,
        ),
        Explained(
            "link-tracked",
            later("Метки слежки в адресе"),
            later("utm_source и другие; их список лежит в resources/text/tracking.toml."),
            _EDITING,
        ),
    ),
    later("Фото"): (
        Explained("photo-gone", later("Фото нет в хранилище"), later("Статья называет снимок."), _NEEDED, _ERROR),
        Explained("credit-missing", later("Не указано, чьё фото"), later("Пусто поле автора."), _PHOTO_LAW, _ERROR),
        Explained(
            "photographer-missing",
            later("Сказано, кто дал фото, но не кто снял"),
            later("«Предоставлено клубом», «из архива», «соцсети»."),
            _PHOTO_LAW,
            _NOTE,
        ),
        Explained("caption-missing", later("Нет подписи"), later("Кто, где, когда, почему."), _EDITING, _NOTE),
        Explained("caption-is-headline", later("Подпись повторяет заголовок"), later("Слово в слово."), _EDITING),
        Explained("alt-missing", later("Нет описания для незрячих"), later("Его читает программа."), _WCAG),
        Explained("alt-is-caption", later("Описание повторяет подпись"), later("Одно и то же прочтут дважды."), _WCAG),
        Explained("alt-is-headline", later("Описание — заголовок"), later("Что на снимке, не сказано."), _WCAG),
    ),
    later("Обязательные пометки"): (
        Explained(
            "mark-missing",
            later("Нет пометки"),
            later("У имени из списка нет знака: при первом упоминании или при каждом, как решает список."),
            _LIST,
            None,
        ),
        Explained("mark-other", later("Пометка другая"), later("Стоит не тот знак, что в списке."), _LIST, None),
        Explained("mark-note-missing", later("Нет сноски"), later("Знак в тексте есть, слов внизу нет."), _LIST, None),
        Explained(
            "mark-raises-rating",
            later("Имя поднимает возраст статьи"),
            later("По списку с этим именем статья не бывает младше."),
            _LIST,
            None,
        ),
        Explained(
            "mark-above-rating",
            later("Знак в тексте старше знака статьи"),
            later("Названо «(18+)», а у статьи 12+."),
            _AGE_LAW,
        ),
        Explained("mark-glued", later("Знак прилип"), later("«WhatsApp(12+)» и «(12+)(73%)»."), _AGE_LAW),
    ),
    later("Реклама"): (
        Explained(
            "promotion-unlabelled",
            later("Похоже на рекламу без пометки"),
            later("Рекламных слов много, пометки нет. Слова и их вес лежат в resources/text/promotion.toml."),
            _AD_LAW,
        ),
        Explained(
            "advertising-label",
            later("Пометка о рекламе неполна"),
            later("В ней нет erid, рекламодателя или его ИНН."),
            _AD_LAW,
            _ERROR,
        ),
        Explained(
            "erid-form",
            later("Такого erid не бывает"),
            later("Только латинские буквы и цифры, от восьми."),
            _AD_LAW,
            _ERROR,
        ),
    ),
    later("Правила редакции"): (
        Explained(
            PREFIX,
            later("Правило редакции"),
            later("Что ищет, чем заменяет и почему, решает само правило: newsroom rules list."),
            later("Автор правила; источник назван в правиле"),
            None,
        ),
    ),
}


def subjects() -> Iterator[tuple[str, list[Explained]]]:
    """Every check, under the title of its subject."""
    for title, checks in _SUBJECTS.items():
        yield _(title), [_spoken(check) for check in checks]


def explain(code: str) -> Explained | None:
    """The check whose findings are called *code*; rules of the newsroom share one."""
    wanted = PREFIX if code.startswith(PREFIX) else code
    return next((_spoken(check) for checks in _SUBJECTS.values() for check in checks if check.code == wanted), None)


def _spoken(check: Explained) -> Explained:
    about = _(check.about)
    if check.code.startswith(STYLE):
        before, after = example(check.code.removeprefix(STYLE), AS_USUAL)
        about += f" {before} → {after}"
    return Explained(check.code, _(check.title), about, _(check.source), check.severity)
