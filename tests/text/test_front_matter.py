"""Articles as files."""

import codecs
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.domain.errors import InvalidInput
from newsroom.text.fragments import clean
from newsroom.text.front_matter import FIELDS, MAX_BYTES, FrontMatter, read_front_matter, write_front_matter


def read(text):
    return read_front_matter(text.encode())


def fields(header):
    return read(f"---\n{header}\n---\nТекст\n").fields


def refused(data, *parts):
    """The reasons, after each of *parts* was found in the one at its place."""
    with pytest.raises(InvalidInput) as caught:
        read_front_matter(data if isinstance(data, bytes) else data.encode())
    reasons = caught.value.reasons
    assert len(reasons) == len(parts), reasons
    for reason, part in zip(reasons, parts, strict=True):
        assert part.casefold() in reason.casefold()
        assert reason[0].isupper()
    return reasons


def test_a_file_as_people_write_it():
    assert read(
        "---\nheadline: Мост через Биру открыт: движение пустили в обе стороны\nage: 12+\ndate: 2022-02-25 17:35\n"
        "tags: [мост, Бира]\n---\n\nПервый абзац.\n\n---\n\nПосле черты.\n"
    ) == FrontMatter(
        {
            "headline": "Мост через Биру открыт: движение пустили в обе стороны",
            "age": "12+",
            "date": "2022-02-25 17:35",
            "tags": ("мост", "Бира"),
        },
        "Первый абзац.\n\n---\n\nПосле черты.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Зоозащитники ЕАО: все животные пристроены",
        '"Клуб" победил',
        '"Клуб" и "Заря"',
        "Дом #5 по улице Мира # не комментарий",
        "- 5 градусов",
        "@ник пришёл",
        "[видео] Мост открыт",
        "{фигурные}",
        "*звезда* & &якорь !!python/object",
        "% и `код`",
        "| и > в начале",
        "? вопрос",
        "null",
        "да: нет: может быть",
        "'кавычка",
        '"',
        "http://a.ru:80/#x",
        "12:30",
        "💧 вода",
    ],
)
def test_a_value_means_exactly_what_was_typed(text):
    assert fields(f"headline: {text}") == {"headline": text}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ('lead: "в кавычках: #1"', "в кавычках: #1"),
        ("lead: 'это ''так'''", "это 'так'"),
        (r'lead: "строка\nдругая"', "строка\nдругая"),
        ("lead: первая\n  вторая: с двоеточием", "первая вторая: с двоеточием"),
        ("lead:\n  ниже\n\n  и ещё", "ниже\nи ещё"),
        ("lead: |\n  один\n  два\n\n  три", "один\nдва\n\nтри"),
        ("lead: >-\n  один\n  два", "один два"),
        ('lead: "один\n  два"', "один два"),
        ("lead:", ""),
        ("lead:без пробела", "без пробела"),
        ("# примечание\nlead: а\n# ещё", "а"),
        ("lead :  края  ", "края"),
    ],
)
def test_quoted_and_longer_values(header, value):
    assert fields(header) == {"lead": value}


@pytest.mark.parametrize(
    "header",
    [
        "tags: мост, Бира",
        "tags: [мост, Бира]",
        'tags: ["мост", Бира]',
        "tags:\n  - мост\n  - Бира",
        "tags:\n- мост\n- 'Бира'",
        "tags: [мост,\n  Бира]",
        "tags: 'мост, Бира'",
        "tags: мост,, Бира,",
    ],
)
def test_tags_in_every_form(header):
    assert fields(header) == {"tags": ("мост", "Бира")}


def test_a_tag_with_a_colon_stays_whole():
    assert fields("tags: [дата: вчера, @ник]") == {"tags": ("дата: вчера", "@ник")}
    assert fields("tags:\n  - дата: вчера") == {"tags": ("дата: вчера",)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_are_certain(encoding):
    text = "---\r\nheadline: Ёлка\r\n---\r\nТекст\r\nещё\r\n"
    assert read_front_matter(text.encode(encoding)) == FrontMatter({"headline": "Ёлка"}, "Текст\nещё")


def test_utf16_of_either_order_needs_its_mark():
    text = "---\nheadline: Ёлка\n---\nТекст"
    assert read_front_matter(codecs.BOM_UTF16_BE + text.encode("utf-16-be")).body == "Текст"
    refused(text.encode("utf-16-be"), "не в UTF-8")


@pytest.mark.parametrize(("encoding", "name"), [("cp1251", "windows-1251"), ("koi8-r", "KOI8-R"), ("cp866", "CP866")])
def test_other_encodings_are_named_and_refused(encoding, name):
    text = "---\nheadline: Мост открыт\n---\nВ Биробиджане открыли мост через реку, движение идёт в обе стороны.\n"
    refused(text.encode(encoding), name)
    refused(text.upper().encode(encoding), "Сохраните его в UTF-8")


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ("", "строка 1"),
        ("Просто текст", "строка 1"),
        ("\n\n# Заголовок", "строка 3"),
        ("---\nheadline: а\n", "не закончены"),
        ("---\n" + "а\n" * 100_000, "не закончены"),
        ("---\nheadline: а\x00б\n---\n", "строке 2"),
        (b"\xff\xfe\x00", "UTF-8"),
        (codecs.BOM_UTF32_LE + "---".encode("utf-32-le"), "UTF-8"),
        (b"---\nheadline: \xff\xfe\xfd\n---\n", "кодировка неизвестна"),
        (b" " * (MAX_BYTES + 1), "больше 5 МБ"),
        ("---\ntags: [[а]]\n---\n", "строка 2: поле «tags»"),
        ("---\ntags: [&a а, *a]\n---\n", "ссылки"),
        ("---\ntags: [!!python/name:os.system а]\n---\n", "ссылки"),
        ("---\nheadline: а\nпросто строка\n---\n", "строка 3"),
        ("---\n  отступ\nheadline: а\n---\n", "строка 2"),
        ('---\nheadline: "а\\0б"\n---\n', "строка 2: поле «headline»"),
        ("---\nlead: |\n   три\n  два\n---\n", "строка 2: поле «lead»"),
    ],
)
def test_broken_files_are_refused_with_their_line(data, part):
    refused(data, part)


def test_every_unknown_and_repeated_field_is_named_at_once():
    refused(
        "---\ntitle: а\nheadline: б\nheadline: в\nhttp://a.ru\nАвтор: г\nrubric: общество\n---\n",
        "строка 2: поле «title» неизвестно",
        "строка 4: поле «headline» уже есть в строке 3",
        "строка 5",
        "строка 6: поле «Автор» неизвестно",
    )


def test_bombs_are_refused_quickly():
    started = time.process_time()
    for bomb in ("[" * 60_000, "[" + "[а," * 20_000 + "]", "&a " * 20_000, '"' * 60_000, "- " * 30_000):
        for key in ("tags", "headline"):
            try:
                read(f"---\n{key}: {bomb}\n---\n")
            except InvalidInput:
                continue
    assert time.process_time() - started < 10


line = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=30
)
texts = st.one_of(
    line,
    st.lists(st.sampled_from([*"абв \"'#:-|>[]{},&*!%@`?\\\n", "12+", "— ", " #", ": ", "- "]), max_size=8).map(
        "".join
    ),
).filter(lambda text: text == text.strip("\n"))
tag = texts.map(lambda text: text.replace("\n", " ").strip()).filter(bool)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from([name for name in FIELDS if name != "tags"]), texts),
    st.lists(tag, max_size=3).map(tuple),
    st.text("аб#-\n ").map(lambda text: text.strip("\n")),
)
def test_what_is_written_is_read_back(values, tags, body):
    values = {key: clean(value) for key, value in values.items()} | {"tags": tuple(map(clean, tags))}
    written = write_front_matter(values, body)
    assert read(written) == FrontMatter(values, body)
    header = written.split("\n---\n")[0].removeprefix("---\n")
    assert yaml.load(header, Loader=yaml.BaseLoader) == {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }


def test_ordinary_values_are_written_plainly():
    assert write_front_matter({"tags": ("мост", "а, б"), "headline": "Мост: открыт", "age": "12+"}, "Текст\n") == (
        '---\nheadline: "Мост: открыт"\nage: 12+\ntags: [мост, "а, б"]\n---\n\nТекст\n'
    )
