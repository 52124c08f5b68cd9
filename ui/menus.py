"""The menu bar: every command of the window by its name, with a Cyrillic letter of its own in each menu.

Shortcuts are letters with Ctrl, digits and function keys: other signs move between keyboard layouts.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit

from newsroom.words import LANGUAGES, _
from ui.icons import icon
from ui.rail import PAGES, page_title
from ui.theme import THEMES

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_Key = QKeySequence.StandardKey


class Menus(QObject):
    """Builds the menus of *window*; ``person`` is also the rail's menu."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        bar = window.menuBar()
        self.file = bar.addMenu(_("&Файл"))
        self.edit = bar.addMenu(_("&Правка"))
        self.text = bar.addMenu(_("&Текст"))
        self.view = bar.addMenu(_("&Вид"))
        self.format = bar.addMenu(_("Ф&ормат"))
        self.actions = bar.addMenu(_("&Действия"))
        self.person = bar.addMenu(_("&Сотрудник"))
        self.help = bar.addMenu(_("Спр&авка"))
        self._fill_file()
        self._fill_edit()
        self._fill_text()
        self._fill_view()
        for menu in (self.format, self.actions):
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self._fill_from_page)
        self._fill_person()
        self._fill_help()

    def _add(
        self, menu: QMenu, text: str, call: Callable[[], object], keys: str | _Key | None = None, icon_name: str = ""
    ) -> QAction:
        action = menu.addAction(text)
        if icon_name:
            action.setIcon(icon(icon_name, "muted", 16))
        if isinstance(keys, _Key):
            action.setShortcuts(keys)
        elif keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: call())
        return action

    def _fill_file(self) -> None:
        window, text = self._window, self._window.text
        self.new = self._add(self.file, _("&Новая статья"), window.new_article, _Key.New, "note-pencil")
        self._add(self.file, _("&Импортировать…"), window.import_articles, icon_name="file-arrow-down")
        self.save = self._add(self.file, _("&Сохранить"), window.save, _Key.Save, "floppy-disk")
        self._add(self.file, _("Исто&рия версий…"), window.show_history, "Ctrl+J", "clock-counter-clockwise")
        self.file.addSeparator()
        self._add(self.file, _("&Печать…"), text.print_article, _Key.Print, "printer")
        self._add(self.file, _("Сохранить в &файл PDF…"), text.save_pdf, icon_name="file-pdf")
        self.file.addSeparator()
        self._add(self.file, _("&Закрыть окно"), window.close, "Ctrl+Q", "x")

    def _fill_edit(self) -> None:
        window, text, edit = self._window, self._window.text, self.edit
        self._add(edit, _("&Отменить"), lambda: _to_focus("undo"), _Key.Undo)
        redo = self._add(edit, _("&Повторить"), lambda: _to_focus("redo"))
        redo.setShortcuts(redo_keys(QKeySequence.keyBindings(_Key.Redo)))
        edit.addSeparator()
        self._add(edit, _("&Вырезать"), lambda: _to_focus("cut"), _Key.Cut)
        self._add(edit, _("&Скопировать"), lambda: _to_focus("copy"), _Key.Copy)
        self._add(edit, _("Вс&тавить"), lambda: _to_focus("paste"), _Key.Paste)
        self._add(edit, _("Вставить &без оформления"), lambda: _to_focus("paste_plain", "paste"), "Ctrl+Shift+V")
        edit.addSeparator()
        self._add(edit, _("Выделить вс&ё"), lambda: _to_focus("selectAll"), _Key.SelectAll)
        edit.addSeparator()
        self._add(edit, _("&Найти в тексте…"), text.find, _Key.Find, "magnifying-glass")
        self._add(edit, _("За&менить…"), partial(text.find, replacing=True), "Ctrl+H", "swap")
        self._add(edit, _("Следу&ющее найденное"), partial(text.find_next, 1), "F3")
        self._add(edit, _("Пред&ыдущее найденное"), partial(text.find_next, -1), "Shift+F3")
        edit.addSeparator()
        self._add(edit, _("Следующее &замечание"), partial(text.go_to_remark, 1), "F8", "warning-circle")
        self._add(edit, _("Преды&дущее замечание"), partial(text.go_to_remark, -1), "Shift+F8")
        edit.addSeparator()
        self._add(edit, _("&Комментарий к выделенному"), text.write_comment, "Ctrl+Alt+M", "chat-text")
        self._add(edit, _("Следующий комментари&й"), partial(text.go_to_comment, 1), "Ctrl+F8")
        self._add(edit, _("Предыду&щий комментарий"), partial(text.go_to_comment, -1), "Ctrl+Shift+F8")
        self._add(edit, _("Комментарий ре&шён"), text.resolve_comment, "Ctrl+Alt+R")
        edit.addSeparator()
        self._add(edit, _("Следующее сомнительное с&лово"), partial(text.go_to_doubtful_word, 1), "Ctrl+L")
        self._add(edit, _("Предыд&ущее сомнительное слово"), partial(text.go_to_doubtful_word, -1), "Ctrl+Shift+L")
        self._add(edit, _("Пропускать слово в этой ст&атье"), text.pass_over_word, "Ctrl+Alt+L")
        self._add(edit, _("Внести слово в словар&ь…"), text.enter_word, "Ctrl+Alt+W")
        self._add(edit, _("Словарь &редакции…"), window.show_words, "Ctrl+Alt+D", "book-open")
        self._add(edit, _("Стиль редак&ции…"), window.show_style, "Ctrl+Alt+S", "text-aa")
        edit.addSeparator()
        self._add(edit, _("Стат&истика текста"), window.show_statistics, icon_name="chart-bar")
        edit.addSeparator()
        self._add(edit, _("Найти статью в списк&е"), window.focus_search, "Ctrl+Shift+F")

    def _fill_text(self) -> None:
        window, text = self._window, self._window.text
        self._add(self.text, _("&Исправить замечание"), text.mend_remark, "Alt+F8", "magic-wand")
        self._add(self.text, _("&Пропустить замечание…"), text.pass_over_remark, "Alt+Shift+F8")
        self._add(self.text, _("Поставить все по&метки"), text.mend_marks, "Ctrl+Alt+K")
        self._add(self.text, _("Т&ребуемые пометки…"), window.show_marks, "Ctrl+Alt+N", "asterisk")
        self.text.addSeparator()
        self._add(self.text, _("&Типографика…"), text.set_typography, "Ctrl+Alt+T", "quotes")
        self.text.addSeparator()
        self._add(self.text, _("&Сделать правилом…"), text.make_rule, "Ctrl+Alt+E")
        self._add(self.text, _("Прави&ла редакции…"), window.show_rules, "Ctrl+Alt+P", "scales")
        self._add(self.text, _("Правка &архива…"), window.sweep, "Ctrl+Alt+A", "archive")

    def _fill_view(self) -> None:
        window, view = self._window, self.view
        self.pages = QActionGroup(self)
        for place, (name, icon_name) in enumerate(PAGES.items()):
            action = self._add(
                view, f"&{place + 1} {page_title(name)}", partial(window.show_page, name), f"Ctrl+{place + 1}"
            )
            action.setIcon(icon(icon_name, "muted", 16))
            action.setCheckable(True)
            action.setData(name)
            self.pages.addAction(action)
        view.addSeparator()
        self._add(view, _("&Список"), lambda: window.toggle_pane(0), "F7")
        self._add(view, _("&Поля справа"), lambda: window.toggle_pane(2), "Shift+F7")
        self._add(view, _("С&ледующая панель"), window.next_pane, "F6")
        view.addSeparator()
        themes = view.addMenu(icon("circle-half", "muted", 16), _("&Оформление"))
        words = {"system": _("&Как в системе"), "light": _("&Светлое"), "dark": _("&Тёмное")}
        self._choices(themes, [(name, words[name]) for name in THEMES], window.preferences.theme, window.set_theme)
        self._add(view, _("К&рупнее"), lambda: window.step_zoom(1), _Key.ZoomIn, "magnifying-glass-plus")
        self._add(view, _("&Мельче"), lambda: window.step_zoom(-1), _Key.ZoomOut, "magnifying-glass-minus")
        self._add(view, _("Обы&чный размер"), lambda: window.step_zoom(0), "Ctrl+0")
        view.addSeparator()
        spelling = self._add(view, _("Проверять ор&фографию"), lambda: window.text.set_spelling(spelling.isChecked()))
        spelling.setCheckable(True)
        spelling.setChecked(window.preferences.spelling)
        view.addSeparator()
        self._add(view, _("&Только текст"), window.toggle_focus_mode, "F11", "frame-corners")
        self._add(view, _("Во весь &экран"), window.toggle_full_screen, "Shift+F11", "corners-out")

    def _fill_from_page(self) -> None:
        """Take in what the page that is shown can do at this moment; its actions stay its own."""
        for menu, commands in zip((self.format, self.actions), self._window.pages.commands(), strict=True):
            menu.clear()
            menu.addActions(commands)
            if not commands:
                menu.addAction(_("Здесь таких действий нет")).setEnabled(False)

    def _fill_person(self) -> None:
        window = self._window
        self.sign_in = self._add(self.person, _("С&менить сотрудника…"), window.ask_who, "F4", "users")
        languages = self.person.addMenu(icon("translate", "muted", 16), _("&Язык"))
        names = {"ru": "&Русский", "en": "&English"}
        self._choices(
            languages, [(code, names[code]) for code in LANGUAGES], window.preferences.language, window.set_language
        )

    def _fill_help(self) -> None:
        self._add(self.help, _("&Клавиши"), self._window.show_keys, _Key.HelpContents, "keyboard")
        self._add(self.help, _("&Что ищут проверки"), self._window.show_checks, "Ctrl+F1", "question")
        self._add(self.help, _("&О программе"), self._window.show_about, icon_name="info")

    def _choices(
        self, menu: QMenu, choices: list[tuple[str, str]], chosen: str, choose: Callable[[str], object]
    ) -> None:
        group = QActionGroup(menu)
        for value, text in choices:
            action = self._add(menu, text, partial(choose, value))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            group.addAction(action)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        for action in self.pages.actions():
            action.setChecked(action.data() == name)

    def keys(self) -> list[tuple[str, str]]:
        """All commands that have a shortcut: name and keys, in the order of the menus."""
        self._fill_from_page()
        found = []
        for menu in (self.file, self.edit, self.text, self.view, self.format, self.actions, self.person, self.help):
            for action in menu.actions():
                if not action.shortcut().isEmpty():
                    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                    name = page_title(action.data()) if action.data() in PAGES else action.text().replace("&", "")
                    found.append((name.removesuffix("…"), keys))
        return found


def redo_keys(of_system: Iterable[QKeySequence]) -> list[QKeySequence]:
    """The keys of the system, and Ctrl+Y: whoever comes from a word processor presses it on every system."""
    return list(dict.fromkeys([*of_system, QKeySequence("Ctrl+Y")]))


def _to_focus(*methods: str) -> None:
    """Call the first of *methods* that the field with the keyboard focus has."""
    field = QApplication.focusWidget()
    if isinstance(field, (QLineEdit, QTextEdit, QPlainTextEdit)):
        for name in methods:
            method = getattr(field, name, None)
            if method is not None:
                method()
                return
