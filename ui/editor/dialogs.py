"""The editor's two small dialogs: the address of a link, and the words that belong to a photo in the text."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from newsroom.text.addresses import link_address
from newsroom.text.document import PhotoBlock, Raw
from newsroom.words import _
from ui import theme

_MAILBOX = re.compile(r"[^\s@/:]+@[^\s@/:]+\.[^\s@/:.]+")
#: A page as people write it: a name with a dot in it, then whatever the site likes.
_SITE = re.compile(r"[\w-]+(\.[\w-]+)+([:/?#]\S*)?")


def button_row(dialog: QDialog, accept: str, *more: QPushButton) -> QHBoxLayout:
    """Buttons of *dialog* with our own words: *more* on the left, then cancel and the default *accept*."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_S)
    for button in more:
        row.addWidget(button)
    row.addStretch(1)
    cancel = QPushButton(_("Отмена"))
    cancel.clicked.connect(dialog.reject)
    accepting = QPushButton(accept)
    accepting.setProperty("kind", "primary")
    accepting.setDefault(True)
    accepting.setObjectName("accept")
    accepting.clicked.connect(dialog.accept)
    row.addWidget(cancel)
    row.addWidget(accepting)
    return row


class LinkDialog(QDialog):
    """Asks for an address. ``address`` is what was entered; ``removed`` where the link is to go."""

    def __init__(self, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Ссылка"))
        self.removed = False
        self._address = QLineEdit(address)
        self._address.setPlaceholderText("https://")
        self._address.setAccessibleName(_("Адрес ссылки"))
        self._address.setMinimumWidth(420)
        self._problem = QLabel()
        self._problem.setProperty("role", "danger")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        remove = QPushButton(_("Убрать ссылку"))
        remove.setVisible(bool(address))
        remove.setAutoDefault(False)
        remove.clicked.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_L] * 4)
        layout.setSpacing(theme.SPACE_S)
        label = QLabel(_("Адрес страницы или почты"))
        label.setBuddy(self._address)
        layout.addWidget(label)
        layout.addWidget(self._address)
        layout.addWidget(self._problem)
        layout.addLayout(button_row(self, _("Поставить ссылку"), remove))

    @property
    def address(self) -> str:
        """What was entered, with the scheme that people leave out, without tracking; empty where it leads nowhere."""
        text = self._address.text().strip()
        if _MAILBOX.fullmatch(text):
            text = f"mailto:{text}"
        elif _SITE.fullmatch(text):
            text = f"https://{text}"
        return link_address(text)

    def accept(self) -> None:
        if self.address:
            super().accept()
        else:
            self._problem.setText(_("Это не похоже на адрес: нужен, например, https://site.ru/stranica"))

    def _remove(self) -> None:
        self.removed = True
        super().accept()


class PhotoDialog(QDialog):
    """Caption, credit and alt text of a photo in the text; ``photo`` is the block with what was entered."""

    def __init__(self, photo: PhotoBlock, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Фото в тексте"))
        self._photo = photo
        self._caption = _area(photo.caption, 3)
        self._credit = QLineEdit(photo.credit)
        self._alt = _area(photo.alt, 2)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(theme.SPACE_S)
        for words, field in (
            (_("Подпись: кто, где, когда, почему"), self._caption),
            (_("Чьё фото: автор, агентство, «предоставлено …»"), self._credit),
            (_("Описание для незрячих: что видно на снимке"), self._alt),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_L] * 4)
        layout.setSpacing(theme.SPACE_M)
        layout.addLayout(form)
        layout.addLayout(button_row(self, _("Готово")))
        self.setMinimumWidth(460)
        (self._credit if not photo.credit else self._caption).setFocus()

    @property
    def photo(self) -> PhotoBlock:
        return replace(
            self._photo,
            caption=" ".join(self._caption.toPlainText().split()),
            credit=" ".join(self._credit.text().split()).removeprefix("Фото:").strip(),
            alt=" ".join(self._alt.toPlainText().split()),
        )


class RawDialog(QDialog):
    """Shows the source of a block that the editor keeps as it is, to be read and copied."""

    def __init__(self, raw: Raw, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Разметка как есть"))
        note = QLabel(
            _("Редактор не знает такой разметки и хранит её слово в слово. Её можно удалить или перенести целиком.")
        )
        note.setWordWrap(True)
        source = QPlainTextEdit(raw.source)
        source.setReadOnly(True)
        source.setAccessibleName(_("Разметка"))
        close = QPushButton(_("Закрыть"))
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_L] * 4)
        layout.addWidget(note)
        layout.addWidget(source)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(620, 380)


def _area(text: str, lines: int) -> QPlainTextEdit:
    area = QPlainTextEdit(text)
    area.setTabChangesFocus(True)
    area.setFixedHeight(QFontMetrics(area.font()).lineSpacing() * lines + 2 * theme.SPACE_M)
    return area
