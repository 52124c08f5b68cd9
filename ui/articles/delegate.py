"""How a line of the article list is painted: the headline first, what is known of it below, the time at the left."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from newsroom.domain.article import ArticleRow
from newsroom.domain.states import Label
from newsroom.words import _, current_language
from ui.articles.model import Role, comments_of
from ui.glyphs import paint_icon
from ui.theme import SPACE_M, SPACE_S, SPACE_XS, color, tokens, ui_font
from ui.times import clock, exact_time
from ui.widgets import STATE_LOOKS, plain_tooltip

Index = QModelIndex | QPersistentModelIndex

_MONTHS = {
    "ru": ("янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def short_day(instant: datetime, zone: tzinfo) -> str:
    """The day in a narrow column: «21 нояб.»."""
    there = instant.astimezone(zone)
    return f"{there.day} {_MONTHS[current_language()][there.month - 1]}"


class ArticleDelegate(QStyledItemDelegate):
    """Lines of one height. Set ``zone`` to the newsroom's; times are in it."""

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = zone

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ArticleRow | None = index.data(Role.ROW)
        painter.save()
        painter.setClipRect(option.rect)
        _paint_ground(painter, option)
        inner = option.rect.adjusted(SPACE_M, SPACE_S, -SPACE_M, -SPACE_S)
        if row is None:
            _paint_placeholder(painter, inner)
        else:
            self._paint_row(painter, inner, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRect, row: ArticleRow) -> None:
        look = tokens()
        small, small_figures = ui_font(look.small), ui_font(look.small, tabular=True)
        headline_font = headline_face()
        line = QFontMetrics(headline_font).height()
        column = time_column(look.small)
        text = area.adjusted(column + SPACE_S, 0, 0, 0)
        headline = row.headline or _("Без заголовка")
        lines = two_lines(headline, text.width(), headline_font.toString())
        # A headline of one line leaves room: headline and facts stand in the middle together.
        top = area.top() + (2 - len(lines)) * line // 2
        now = datetime.now(UTC)
        shown = row.when or row.updated_at

        painter.setFont(small_figures)
        painter.setPen(color("muted"))
        left = QRect(area.left(), top, column, line)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, clock(shown, self.zone))
        if shown.astimezone(self.zone).date() != now.astimezone(self.zone).date():
            left.translate(0, line)
            day = short_day(shown, self.zone)
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, day)

        painter.setFont(headline_font)
        painter.setPen(color("text" if row.headline else "muted"))
        for number, part in enumerate(lines):
            painter.drawText(QPoint(text.left(), top + number * line + QFontMetrics(headline_font).ascent()), part)

        below = QRect(text.left(), top + len(lines) * line + SPACE_XS, text.width(), line)
        right = self._paint_marks(painter, below, row, small_figures)
        below.setRight(right)
        _paint_facts(painter, below, facts_of(row), row.label, small)

    def _paint_marks(self, painter: QPainter, area: QRect, row: ArticleRow, font: QFont) -> int:
        """Age and icons at the right end; the coordinate up to which there is room for more."""
        right = area.right()
        painter.setFont(font)
        painter.setPen(color("muted" if row.age else "warning"))
        age = str(row.age) if row.age else _("нет знака")
        width = QFontMetrics(font).horizontalAdvance(age)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRect(right - width - 1, area.top(), width + 2, area.height()), flags, age)
        right -= width + SPACE_S
        if row.comments:
            count = str(row.comments)
            width = QFontMetrics(font).horizontalAdvance(count)
            painter.setPen(color("muted"))
            painter.drawText(QRect(right - width - 1, area.top(), width + 2, area.height()), flags, count)
            right -= width + 2
            right = _paint_mark(painter, right, area, "chat-text")
        for shown, glyph in ((row.has_photo, "image"), (row.pinned, "push-pin")):
            if shown:
                right = _paint_mark(painter, right, area, glyph)
        return right

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        row: ArticleRow | None = index.data(Role.ROW)
        if event.type() != QEvent.Type.ToolTip or row is None:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tooltip(tooltip_of(row, self.zone)), view)
        return True


def headline_face() -> QFont:
    """A little heavier than the rest, so that the eye runs down the headlines."""
    face = ui_font()
    face.setWeight(QFont.Weight.Medium)
    return face


def row_height() -> int:
    """Two lines of headline and one of facts, in the letters of now."""
    line = QFontMetrics(headline_face()).height()
    return 3 * line + 2 * SPACE_S + SPACE_XS


@lru_cache(maxsize=8)
def time_column(size: int) -> int:
    """Width of the widest day."""
    metrics = QFontMetrics(ui_font(size, tabular=True))
    return max(metrics.horizontalAdvance(f"28 {month}") for month in _MONTHS[current_language()])


def facts_of(row: ArticleRow) -> tuple[str, str]:
    """The state in words, and the rest of the last line."""
    return row.label.words, " · ".join(part for part in (row.rubric, row.author) if part)


def tooltip_of(row: ArticleRow, zone: tzinfo) -> str:
    """The whole headline, the exact times, and what the marks mean."""
    lines = [row.headline or _("Без заголовка"), _("Правка: {time}").format(time=exact_time(row.updated_at, zone))]
    if row.when is not None:
        lines.append(_("Выход: {time}").format(time=exact_time(row.when, zone)))
    if row.comments:
        lines.append(comments_of(row))
    return "\n".join(lines)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    view = option.widget
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if option.state & QStyle.StateFlag.State_Selected:
        active = view is not None and view.hasFocus()
        painter.fillRect(option.rect, color("selected" if active else "selected_idle"))
        painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), color("accent_text"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, color("hover"))
    painter.setPen(color("border"))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
    if focused and view is not None and view.hasFocus():
        painter.setPen(QPen(color("accent_text"), 1))
        painter.drawRect(option.rect.adjusted(0, 0, -1, -2))


def _paint_facts(painter: QPainter, area: QRect, facts: tuple[str, str], label: Label, font: QFont) -> None:
    glyph, role = STATE_LOOKS[label]
    metrics = QFontMetrics(font)
    paint_icon(painter, QRect(area.left(), area.center().y() - 6, 14, 14), glyph, color(role))
    area = area.adjusted(14 + SPACE_XS, 0, 0, 0)
    painter.setFont(font)
    state, rest = facts
    shown = metrics.elidedText(state, Qt.TextElideMode.ElideRight, area.width())
    painter.setPen(color(role))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, flags, shown)
    area.setLeft(area.left() + metrics.horizontalAdvance(shown))
    if rest and area.width() > 40:
        painter.setPen(color("muted"))
        painter.drawText(area, flags, metrics.elidedText(f" · {rest}", Qt.TextElideMode.ElideRight, area.width()))


def _paint_mark(painter: QPainter, right: int, area: QRect, glyph: str) -> int:
    """A small icon that ends at *right*; the coordinate up to which there is room for more."""
    paint_icon(painter, QRect(right - 14, area.center().y() - 6, 14, 14), glyph, color("muted"))
    return right - 14 - SPACE_XS


def _paint_placeholder(painter: QPainter, area: QRect) -> None:
    """Grey bars where the words will be."""
    left = area.left() + time_column(tokens().small) + SPACE_S
    for top, share in ((area.top() + 3, 0.8), (area.bottom() - 12, 0.5)):
        painter.fillRect(QRect(left, top, int((area.right() - left) * share), 10), color("hover"))


@lru_cache(maxsize=1024)
def two_lines(text: str, width: int, font: str) -> tuple[str, ...]:
    """*text* broken into at most two lines of *width* pixels; the second is cut with an ellipsis."""
    face = QFont()
    face.fromString(font)
    one_line = " ".join(text.split())
    layout = QTextLayout(one_line, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(max(1, width))
    layout.endLayout()
    # Qt counts UTF-16 units, Python characters: cut where Qt means.
    units = one_line.encode("utf-16-le")
    end = first.textLength() * 2
    head, rest = units[:end].decode("utf-16-le", "ignore"), units[end:].decode("utf-16-le", "ignore")
    if not rest:
        return (head,)
    return head.rstrip(), QFontMetrics(face).elidedText(rest, Qt.TextElideMode.ElideRight, width)
