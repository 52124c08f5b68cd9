"""PySide6 6.12.0 aborts Python 3.11 after some thousand ordinary calls: `None` loses references (PYSIDE-3474)."""

import sys

import PySide6
from PySide6.QtGui import QTextCursor, QTextDocument


def test_void_calls_keep_the_references_to_none(qapp):
    document = QTextDocument("текст")
    cursor = QTextCursor(document)
    before = sys.getrefcount(None)
    for _ in range(10_000):
        cursor.setPosition(1)
    assert before - sys.getrefcount(None) < 1_000


def test_pyside_is_of_the_sound_series():
    assert PySide6.__version_info__[:2] == (6, 11)
