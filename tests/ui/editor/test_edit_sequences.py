"""Any mixture of what a person may do to a text: the editor shows what the model says, and nothing is ever lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QImage, QTextBlock, QTextCursor
from PySide6.QtWidgets import QApplication

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, Heading, Item, List, Paragraph, PhotoBlock, Quote, Raw, Rule, Run
from newsroom.text.markdown import parse
from newsroom.text.writer import normalise, write
from tests.examples import lossless
from tests.ui.editor import model
from tests.ui.editor.conftest import CTRL, SHIFT, press, type_text
from tests.ui.editor.model import Letter, Line, Look, Model
from tests.ui.editor.test_document_io import EVERYTHING
from ui.editor.blocks import HARD_BREAK, OBJECT, Kind, atom_of, style_of
from ui.editor.body_editor import BodyEditor
from ui.editor.clipboard import MIME

PHOTO = PhotoBlock(PhotoId("b" * 64), "Мост", "Пётр Лугин")
RAW = Raw("| а | б |\n|---|---|")
ADDRESS = "https://example.org/a"
HTML = {
    "<p>слово <b>жирно</b></p>": [model.line("слово жирно")],
    "<h2>Итог</h2><ul><li>раз<ul><li>два</li></ul></li></ul><p style='color:red'>три</p>": [
        model.line("Итог", Kind.HEADING, 2),
        model.line("раз", Kind.BULLET),
        model.line("два", Kind.BULLET, 1),
        model.line("три"),
    ],
    "<blockquote><p>Ждали.</p><p>Дождались.</p></blockquote><hr>": [
        model.line("Ждали.", Kind.QUOTE),
        model.line("Дождались.", Kind.QUOTE),
        model.RULE,
    ],
    "<p>до</p><ol><li>один</li></ol>": [model.line("до"), model.line("один", Kind.NUMBER)],
}
PLAIN = {
    "слово": ["слово"],
    "раз\nдва\r\n\n  три\n": ["раз", "два", "три"],
    "> не цитата\n- не список": ["> не цитата", "- не список"],
    " с края ": [" с края "],
    "да\u2028нет": ["да", "нет"],
    "\n\n": [],
}
TYPED = [
    *"абвЖё  .,—«»#>-*_`~[]()!12",
    "> не цитата",
    "_под_",
    "[текст](url)",
    "1986. год",
    "`код`",
    "~~~",
    "# решётка",
    "## ",
    "### ",
    "- ",
    "1. ",
    "> ",
    "**",
    "\\",
    "&nbsp;",
    "<b>",
    "😀",
    "👩\u200d🚀",
    "и\u0306",
    "שלום",
    "مرحبا",
    "\u00a0",
]
STARTS = [
    Document(),
    EVERYTHING,
    Document((Paragraph((Run("Дорога "), Run("открыта", bold=True), Run(" снова", link=ADDRESS))),)),
    Document((PHOTO, Rule(), Paragraph((Run("😀 после"),)))),
]

place = st.integers(0, 400)
SIMPLE = """
    enter enter break backspace backspace delete tab backtab h2 h3 bullets numbers quote speaker rule photo raw bold
    italic link cut copy paste paste plain undo undo redo
"""
simple = st.sampled_from(SIMPLE.split())
acts = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(TYPED)),
        st.tuples(st.just("go"), place),
        st.tuples(st.just("select"), place, st.integers(-40, 40)),
        st.tuples(simple),
        st.tuples(simple),
        st.tuples(st.just("html"), st.sampled_from(sorted(HTML))),
        st.tuples(st.just("text"), st.sampled_from(sorted(PLAIN))),
    ),
    max_size=25,
)


class Desk:
    """The editor and its model, side by side; every act is done to both."""

    def __init__(self, editor: BodyEditor, start: Document) -> None:
        self.editor = editor
        editor.set_document(start)
        self.model = Model(shown(editor))
        self.clip: tuple[bool, list[Line]] | None = None
        #: Every text there was, and which of them is on the page.
        self.history = [shown(editor)]
        self.now = 0
        self.travels = False

    def do(self, act: str, *given: object) -> None:
        self._take_cursor()
        getattr(self, f"_{act}")(*given)
        self._compare()
        self._check_document()

    def note(self) -> None:
        """A step is done: this text may be come back to."""
        seen = shown(self.editor)
        if not self.travels and seen != self.history[self.now]:
            self.now += 1
            self.history[self.now :] = [seen]

    def _take_cursor(self) -> None:
        cursor, text = self.editor.textCursor(), self.editor.toPlainText()
        self.model.put_cursor(letters(text, cursor.position()), letters(text, cursor.anchor()))

    # -- acts

    def _type(self, text: str) -> None:
        for char in text:
            self._take_cursor()
            type_text(self.editor, char)
            self.model.type(char)
            if char == " ":
                self.model.take_mark()
            self._compare()

    def _go(self, place: int) -> None:
        self._select(place, 0)

    def _select(self, place: int, by: int) -> None:
        whole = len(self.model.text)
        anchor = place % (whole + 1)
        self.model.put_cursor(min(max(anchor + by, 0), whole), anchor)
        cursor = self.editor.textCursor()
        cursor.setPosition(units(self.model.text[: self.model.anchor]))
        cursor.setPosition(units(self.model.text[: self.model.place]), QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def _enter(self) -> None:
        press(self.editor, Qt.Key.Key_Return, text="\r")
        self.model.enter()

    def _break(self) -> None:
        press(self.editor, Qt.Key.Key_Return, SHIFT, "\r")
        self.model.break_line()

    def _backspace(self) -> None:
        press(self.editor, Qt.Key.Key_Backspace, text="\b")
        self.model.backspace()

    def _delete(self) -> None:
        press(self.editor, Qt.Key.Key_Delete, text="\x7f")
        self.model.delete()

    def _tab(self) -> None:
        press(self.editor, Qt.Key.Key_Tab, text="\t")
        self.model.tab(1)

    def _backtab(self) -> None:
        press(self.editor, Qt.Key.Key_Backtab, SHIFT)
        self.model.tab(-1)

    def _h2(self) -> None:
        self.editor.toggle_heading(2)
        self.model.toggle(Kind.HEADING, 2)

    def _h3(self) -> None:
        self.editor.toggle_heading(3)
        self.model.toggle(Kind.HEADING, 3)

    def _bullets(self) -> None:
        self.editor.toggle_list(ordered=False)
        self.model.toggle(Kind.BULLET)

    def _numbers(self) -> None:
        self.editor.toggle_list(ordered=True)
        self.model.toggle(Kind.NUMBER)

    def _quote(self) -> None:
        self.editor.toggle_quote()
        self.model.toggle(Kind.QUOTE)

    def _speaker(self) -> None:
        self.editor.toggle_speaker()
        self.model.toggle(Kind.SPEAKER)

    def _rule(self) -> None:
        self.editor.insert_rule()
        self.model.insert_object(Rule())

    def _photo(self) -> None:
        self.editor.insert_photos([PHOTO], self.editor.textCursor())
        self.model.insert_object(PHOTO)

    def _raw(self) -> None:
        self._paste_mime((False, [model.object_line(RAW)]), own([{"raw": RAW.source}]))

    def _bold(self) -> None:
        wanted = self.editor.currentCharFormat().fontWeight() < QFont.Weight.Bold
        self.editor.toggle_bold()
        self.model.restyle(lambda look: (wanted, *look[1:]))

    def _italic(self) -> None:
        wanted = not self.editor.currentCharFormat().fontItalic()
        self.editor.toggle_italic()
        self.model.restyle(lambda look: (look[0], wanted, look[2]))

    def _link(self) -> None:
        data = plain(ADDRESS)
        if self.model.place != self.model.anchor and self.model.touches_one_line():
            self.editor.insertFromMimeData(data)
            self.model.restyle(lambda look: (*look[:2], ADDRESS))
        else:
            self._paste_mime((True, [model.line(ADDRESS)]), data)

    def _cut(self) -> None:
        if self.model.place != self.model.anchor:
            self.clip = self.model.copied()
            self.model.cut()
        press(self.editor, Qt.Key.Key_X, CTRL, "\x18")

    def _copy(self) -> None:
        if self.model.place != self.model.anchor:
            self.clip = self.model.copied()
        press(self.editor, Qt.Key.Key_C, CTRL, "\x03")

    def _paste(self) -> None:
        if self.clip is not None:
            inline, lines = self.clip
            self.model.paste(lines, inline=inline)
            press(self.editor, Qt.Key.Key_V, CTRL, "\x16")

    def _plain(self) -> None:
        QApplication.clipboard().setText("просто\nтекст")
        self.clip = None
        press(self.editor, Qt.Key.Key_V, CTRL | SHIFT, "\x16")
        self.model.paste([model.line("просто"), model.line("текст")], inline=False)

    def _html(self, html: str) -> None:
        data = QMimeData()
        data.setHtml(html)
        lines = HTML[html]
        self._paste_mime((len(lines) == 1, lines), data)

    def _text(self, text: str) -> None:
        lines = [model.line(each) for each in PLAIN[text]]
        self._paste_mime((len(lines) == 1, lines), plain(text))

    def _paste_mime(self, given: tuple[bool, list[Line]], data: QMimeData) -> None:
        self.editor.insertFromMimeData(data)
        inline, lines = given
        self.model.paste(lines, inline=inline)

    def _undo(self) -> None:
        self._travel(range(self.now - 1, -1, -1), self.editor.undo, self.editor.document().isUndoAvailable())

    def _redo(self) -> None:
        times = range(self.now + 1, len(self.history))
        self._travel(times, self.editor.redo, self.editor.document().isRedoAvailable())

    def _travel(self, times: range, go: Callable[[], None], possible: bool) -> None:
        """The text becomes one that was there at one of those *times*; where nothing is left to undo, it stays."""
        self.travels = True
        go()
        self.travels = False
        seen = shown(self.editor)
        if possible:
            found = next((time for time in times if self.history[time] == seen), None)
            assert found is not None, "undo and redo show a text that never was"
            self.now = found
        assert seen == self.history[self.now]
        self.model = Model(seen)

    # -- what must hold

    def _compare(self) -> None:
        seen = shown(self.editor)
        assert [outline(each) for each in seen] == [outline(each) for each in self.model.lines]
        for there, expected in zip(seen, self.model.lines, strict=True):
            for letter, wanted in zip(there.letters, expected.letters, strict=True):
                assert letter.atom == wanted.atom
                if letter.atom is None and letter.char != HARD_BREAK:
                    assert all(w in (None, said) for said, w in zip(letter.look, wanted.look, strict=True))
        self.model.lines = seen

    def _check_document(self) -> None:
        document = self.editor.read_document()
        settled = normalise(document)
        assert parse(write(settled)) == settled
        kept = "".join(each.text for each in self.model.lines).replace(OBJECT, "").replace(HARD_BREAK, "")
        if not any(isinstance(block, Raw) for block in document.blocks):
            assert solid(words_of(settled)) == solid(kept)

    def end(self) -> None:
        """Undone to the first text, and done again to the last."""
        self.travels = True
        self._all(self.editor.redo)
        assert shown(self.editor) == self.history[-1]
        self._all(self.editor.undo)
        assert shown(self.editor) == self.history[0]
        self._all(self.editor.redo)
        assert shown(self.editor) == self.history[-1]

    def _all(self, go: Callable[[], None]) -> None:
        """Undo or redo until nothing is left to."""
        document = self.editor.document()
        available = document.isUndoAvailable if go == self.editor.undo else document.isRedoAvailable
        while available():
            go()


def shown(editor: BodyEditor) -> list[Line]:
    """What is on the page, letter by letter, out of Qt's own blocks."""
    lines = []
    block = editor.document().begin()
    while block.isValid():
        style = style_of(block)
        lines.append(Line(style.kind, style.level, list(letters_of(block))))
        block = block.next()
    return lines


def letters_of(block: QTextBlock) -> Iterator[Letter]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        of, atom = fragment.charFormat(), atom_of(fragment.charFormat())
        assert (atom is not None) == (OBJECT in fragment.text()), "an object character without an object"
        look: Look = (of.fontWeight() >= QFont.Weight.Bold, of.fontItalic(), of.anchorHref() if of.isAnchor() else "")
        for char in fragment.text():
            yield Letter(char, look, atom)
        iterator += 1


def outline(each: Line) -> tuple[str, Kind, int]:
    return each.text, each.kind, each.level


def words_of(document: Document) -> str:
    """Every letter that readers see, in order; photos and rules have none here."""
    found: list[str] = []

    def walk(value: object) -> None:
        match value:
            case Run(text):
                found.append(text)
            case Quote(paragraphs, speaker):
                walk(paragraphs)
                found.append(speaker)
            case Paragraph(inlines) | Heading(inlines=inlines):
                walk(inlines)
            case List(items):
                walk(items)
            case Item(inlines, children):
                walk((inlines, children))
            case tuple():
                for each in value:
                    walk(each)

    walk(document.blocks)
    return "".join(found)


def solid(text: str) -> str:
    """*text* without blanks, which may be dropped at the ends of paragraphs."""
    return text.replace(" ", "").replace("\t", "")


def letters(text: str, position: int) -> int:
    """How many letters the first *position* UTF-16 units of *text* are."""
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le"))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def plain(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def own(lines: list[object]) -> QMimeData:
    """What the program itself puts into the clipboard."""
    data = QMimeData()
    data.setData(MIME, json.dumps({"inline": False, "lines": lines}).encode())
    return data


@lossless
@given(st.sampled_from(STARTS), acts)
def test_whatever_is_done_the_text_is_what_the_model_says(qapp, start, acts):
    editor = BodyEditor(lambda _photo: QImage())
    desk = Desk(editor, start)
    editor.document().contentsChanged.connect(desk.note)
    for act in acts:
        desk.do(*act)
    desk.end()
    editor.deleteLater()
