"""Painting the lines of the reports: the fragment marked in its sentence, and below it the article and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from newsroom.domain.reports import Report, ReportState
from newsroom.domain.triage import Mistake
from newsroom.words import _
from ui.glyphs import paint_icon
from ui.queue.delegate import has_focus, paint_ground
from ui.reports.model import REPORT_ROLE, ReportsModel, comment_of, count_of, proposed, report_of
from ui.reports.plain import quotable, visible
from ui.theme import SPACE_L, SPACE_S, SPACE_XS, color, tokens, ui_font
from ui.theme import watcher as theme_watcher
from ui.times import short_time

_Index = QModelIndex | QPersistentModelIndex
#: A piece is as wide as its words: nothing is to be cut.
_UPPER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

#: State → (icon, colour role).
STATE_LOOKS = {
    ReportState.NEW: ("chat-text", "accent_text"),
    ReportState.FIXED: ("check", "success"),
    ReportState.ALREADY_FIXED: ("check", "muted"),
    ReportState.REJECTED: ("x", "muted"),
    ReportState.DUPLICATE: ("copy", "muted"),
}
#: Characters of context shown before the fragment.
_CONTEXT = 16
#: Characters that no line shows more of.
_MOST = 200
#: Lines that are kept as pictures: about two screens of them.
_KEPT = 60
#: What the ground of a line depends on.
_GROUND = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Active


@dataclass(frozen=True, slots=True)
class _Letters:
    """The fonts of a line and their measures, made once for a look: a list is painted oftener than anything else."""

    normal: QFont
    bold: QFont
    small: QFont
    metrics: QFontMetrics
    bold_metrics: QFontMetrics
    small_metrics: QFontMetrics


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the upper line from ``left`` on, in pixels; ``marked`` are the reported ones."""

    left: int
    width: int
    text: str
    bold: bool
    marked: bool


class ReportsDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letters: _Letters | None = None
        #: Lines painted so far, by everything that they show: each decision moves all lines below it.
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        theme_watcher().changed.connect(self._forget)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        letters = self._measures()
        return QSize(100, letters.metrics.height() + letters.small_metrics.height() + SPACE_XS + 2 * SPACE_S + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, model = index.data(REPORT_ROLE), index.model()
        zone = model.zone if isinstance(model, ReportsModel) else None
        time = short_time(report_of(row).reported_at, zone, datetime.now(UTC)) if zone is not None else ""
        scale = painter.device().devicePixelRatioF()
        ground = (option.state & _GROUND, has_focus(option))
        key = (*_shown(row), time, *ground, option.rect.width(), option.rect.height(), scale)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _KEPT:
                del self._pictures[next(iter(self._pictures))]
            picture = self._pictures[key] = self._picture(option, row, time, scale)
        painter.drawPixmap(option.rect.topLeft(), picture)

    def _picture(self, option: QStyleOptionViewItem, row: Report | Mistake, time: str, scale: float) -> QPixmap:
        picture = QPixmap(option.rect.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(color("surface"))
        here = QStyleOptionViewItem(option)
        here.rect = QRect(0, 0, option.rect.width(), option.rect.height())
        painter = QPainter(picture)
        paint_ground(painter, here)
        inner = here.rect.adjusted(SPACE_L, SPACE_S, -SPACE_L, -SPACE_S)
        upper = QRect(inner.left(), inner.top(), inner.width(), self._measures().metrics.height())
        self._sentence(painter, upper, row)
        lower = QRect(inner.left(), upper.bottom() + 1 + SPACE_XS, inner.width(), 0)
        lower.setBottom(inner.bottom())
        self._second(painter, lower, row, time)
        painter.end()
        return picture

    def _sentence(self, painter: QPainter, area: QRect, row: Report | Mistake) -> None:
        letters = self._measures()
        is_open = report_of(row).state.is_open
        plain = color("text" if is_open else "muted")
        for piece in self._laid_out(row, area.width()):
            place = QRect(area.left() + piece.left, area.top(), piece.width, area.height())
            is_marked = piece.marked and is_open
            if is_marked:
                painter.fillRect(place, color("selection"))
            painter.setFont(letters.bold if piece.bold else letters.normal)
            painter.setPen(color("on_selection") if is_marked else plain)
            painter.drawText(place, _UPPER, piece.text)

    def _laid_out(self, row: Report | Mistake, width: int) -> list[_Piece]:
        """The sentence of *row* in pieces, cut where *width* ends."""
        is_open, new, parts = report_of(row).state.is_open, proposed(row), _parts(row)
        letters = self._measures()
        before, words, after = visible(parts[0][-_CONTEXT:]), visible(parts[1][:_MOST]), visible(parts[2][:_MOST])
        if len(parts[0]) > _CONTEXT:
            before = "…" + before[-_CONTEXT:]
        made, left = [], 0
        for text, bold, marked in (
            (before, False, False),
            (words, is_open, True),
            (f" → {visible(new)}" if new and is_open else "", True, False),
            (after, False, False),
        ):
            metrics = letters.bold_metrics if bold else letters.metrics
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - left)
            taken = metrics.horizontalAdvance(shown)
            if shown:
                made.append(_Piece(left, taken, shown, bold, marked))
            if shown != text:
                break
            left += taken
        return made

    def _second(self, painter: QPainter, area: QRect, row: Report | Mistake, time: str) -> None:
        report, letters = report_of(row), self._measures()
        metrics = letters.small_metrics
        painter.setFont(letters.small)
        name, role = STATE_LOOKS[report.state]
        side = round(tokens().small * 1.2)
        paint_icon(painter, QRect(area.left(), area.center().y() - side // 2, side, side), name, color(role))
        painter.setPen(color("muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, time)
        words = area.adjusted(side + SPACE_XS, 0, -metrics.horizontalAdvance(time) - SPACE_S, 0)
        if not report.state.is_open:
            state = report.state.words + " · "
            painter.setPen(color(role))
            painter.drawText(words, _LEFT, state)
            words.setLeft(words.left() + metrics.horizontalAdvance(state))
            painter.setPen(color("muted"))
        about = visible(report.headline[:_MOST]) if report.headline else _("страница не узнана")
        if comment := comment_of(row):
            about = f"«{quotable(comment[:_MOST])}» · {about}"
        if (count := count_of(row)) > 1:
            about = f"× {count} · {about}"
        painter.drawText(words, _LEFT, metrics.elidedText(about, Qt.TextElideMode.ElideRight, words.width()))

    def _measures(self) -> _Letters:
        if self._letters is None:
            normal, bold, small = ui_font(), ui_font(bold=True), ui_font(tokens().small, tabular=True)
            self._letters = _Letters(normal, bold, small, *map(QFontMetrics, (normal, bold, small)))
        return self._letters

    def _forget(self) -> None:
        self._letters = None
        self._pictures.clear()


def _shown(row: Report | Mistake) -> tuple[object, ...]:
    """Everything of *row* that its line shows, the time apart."""
    report = report_of(row)
    return *_parts(row), proposed(row), report.state, report.headline, comment_of(row), count_of(row)


def _parts(row: Report | Mistake) -> tuple[str, str, str]:
    """The sentence around what is to be mended: as it stands in the text, else as the reader saw it."""
    if isinstance(row, Mistake) and row.spot is not None:
        return row.spot.before, row.spot.words, row.spot.after
    report = report_of(row)
    return report.before, report.selected, report.after
