"""House dictionaries as files: what is written is read again, and what cannot be read is told with its line."""

import pytest

from newsroom.domain.errors import InvalidInput
from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind
from newsroom.text.word_files import read_word_file, write_word_file

WORDS = [
    HouseWord("Усть-Кедровск", kind=WordKind.PLACE, note="с дефисом, «оба» с заглавной"),
    HouseWord("Tik-Tok", Verdict.FORBIDDEN, WordKind.COMPANY, "TikTok", inflected=False),
    HouseWord("лужение", Verdict.CONFUSABLE, meant="служение", note='кавычки "прямые"; и точка с запятой'),
]


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_what_is_written_is_read_again(suffix: str) -> None:
    assert read_word_file(write_word_file(WORDS, suffix).encode(), suffix) == WORDS


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".csv", "text\nКедринск\nТеребенин\n"),
        (".csv", "\ufeffkind;text\r\nword;Кедринск\r\n;Теребенин\r\n"),
        (".csv", "text\tinflected\nКедринск\tда\nТеребенин\t\n"),
        (".toml", '[[words]]\ntext = "Кедринск"\n[[words]]\ntext = "Теребенин"\ninflected = true\n'),
        (".txt", "# имена\nКедринск\n\n  Теребенин \n"),
    ],
)
def test_what_is_not_said_is_as_usual(suffix: str, text: str) -> None:
    assert read_word_file(text.encode(), suffix) == [HouseWord("Кедринск"), HouseWord("Теребенин")]


@pytest.mark.parametrize(
    ("suffix", "data", "reason"),
    [
        (".csv", "слово\nКедринск\n".encode(), "названия столбцов: text"),
        (".csv", b"", "названия столбцов"),
        (".csv", "text,verdict\nКедринск,любое\n".encode(), "2: «любое» не бывает"),
        (".csv", "text\nКедринск,лишнее\n".encode(), "2: лишнее"),
        (".csv", 'text\n"Кедринск\n'.encode(), "не читается"),
        (".csv", "text\nКедринск\n".encode("cp1251"), "windows-1251"),
        (".toml", b"words = 3", "[[words]]"),
        (".toml", b"[[words]]\ntext = 3", "1: «text» — не текст"),
        (".toml", b"[[words]", "не читается"),
        (".xlsx", b"PK", ".csv, .toml, .txt"),
    ],
)
def test_what_cannot_be_read_is_told(suffix: str, data: bytes, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_word_file(data, suffix)
    assert reason in str(refused.value)
