"""Changes at places of the text as readers see it."""

from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.counts import plain_text
from newsroom.text.document import Raw
from newsroom.text.markdown import parse
from newsroom.text.replacing import Change, changed_document, changed_text
from newsroom.text.writer import normalise, write
from tests.text.documents import documents

TEXT = """Первый **важный** абзац со [ссылкой](https://vesti.example/).

- пункт *раз*
- пункт два

> Слова Анны.
>
> — Анна Ким, врач"""


def changed(find: str, put: str) -> str:
    document = parse(TEXT)
    at = plain_text(document).index(find)
    return write(changed_document(document, [Change(at, at + len(find), put)]))


def test_styles_and_links_stay() -> None:
    assert changed("важный", "главный") == TEXT.replace("важный", "главный")
    assert changed("ссылкой", "ссылкою") == TEXT.replace("ссылкой", "ссылкою")
    assert changed("раз", "один") == TEXT.replace("раз", "один")
    assert changed("Анна Ким", "Анна Ли") == TEXT.replace("Анна Ким", "Анна Ли")
    assert changed("важный абзац", "абзац") == TEXT.replace("**важный** абзац", "**абзац**")


def test_insertions_go_before_the_place() -> None:
    document = parse("Мост **открыт**")
    assert write(changed_document(document, [Change(5, 5, "не ")])) == "Мост не **открыт**"
    assert write(changed_document(document, [Change(11, 11, "!")])) == "Мост **открыт!**"


@given(documents, st.data())
def test_the_text_is_changed_as_plain_text_is(document, data) -> None:
    document = normalise(document)
    if any(isinstance(block, Raw) for block in document.blocks):
        return
    plain = plain_text(document)
    words = [at for at, letter in enumerate(plain) if letter.isalnum()]
    if not words:
        return
    at = data.draw(st.sampled_from(words))
    change = Change(at, at + 1, "ЖЖ")
    after = plain_text(changed_document(document, [change]))
    # What names the speaker of a quote and what parts blocks is nobody's text.
    assert after == changed_text(plain, [change])
