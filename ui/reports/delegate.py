"""Painting the lines of the reports: the fragment marked in its sentence, and below it the article and the time."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from newsroom.domain.reports import Report, ReportState
from newsroom.domain.triage import Mistake
from newsroom.words import _
from ui.glyphs import paint_icon
from ui.queue.delegate import paint_ground
from ui.reports.model import REPORT_ROLE, ReportsModel, comment_of, count_of, proposed, report_of
from ui.reports.plain import visible
from ui.theme import SPACE_L, SPACE_S, SPACE_XS, color, tokens, ui_font
from ui.times import short_time

_Index = QModelIndex | QPersistentModelIndex
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


class ReportsDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        letters = QFontMetrics(ui_font()).height() + QFontMetrics(ui_font(tokens().small)).height()
        return QSize(100, letters + SPACE_XS + 2 * SPACE_S + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(REPORT_ROLE)
        report = report_of(row)
        painter.save()
        paint_ground(painter, option)
        inner = option.rect.adjusted(SPACE_L, SPACE_S, -SPACE_L, -SPACE_S)
        upper = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(ui_font()).height())
        self._sentence(painter, upper, row)
        lower = QRect(inner.left(), upper.bottom() + 1 + SPACE_XS, inner.width(), 0)
        lower.setBottom(inner.bottom())
        model = index.model()
        if isinstance(model, ReportsModel) and model.zone is not None:
            time = short_time(report.reported_at, model.zone, datetime.now(UTC))
            self._second(painter, lower, row, time)
        painter.restore()

    def _sentence(self, painter: QPainter, area: QRect, row: Report | Mistake) -> None:
        closed, new = not report_of(row).state.is_open, proposed(row)
        before, words, after = map(visible, _parts(row))
        if len(before) > _CONTEXT:
            before = "…" + before[-_CONTEXT:]
        area = QRect(area)
        marked = ui_font(bold=not closed)
        for text, font, is_fragment in (
            (before, ui_font(), False),
            (words, marked, True),
            (f" → {new}" if new and not closed else "", ui_font(bold=True), False),
            (after, ui_font(), False),
        ):
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            width = metrics.horizontalAdvance(shown)
            if is_fragment and not closed:
                painter.fillRect(QRect(area.left(), area.top(), width, area.height()), color("selection"))
            painter.setFont(font)
            painter.setPen(color("on_selection" if is_fragment and not closed else "muted" if closed else "text"))
            painter.drawText(area, _LEFT, shown)
            if shown != text:
                return
            area.setLeft(area.left() + width)

    def _second(self, painter: QPainter, area: QRect, row: Report | Mistake, time: str) -> None:
        report = report_of(row)
        font = ui_font(tokens().small, tabular=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
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
        about = visible(report.headline) if report.headline else _("страница не узнана")
        if comment := comment_of(row):
            about = f"«{visible(comment)}» · {about}"
        if (count := count_of(row)) > 1:
            about = f"× {count} · {about}"
        painter.drawText(words, _LEFT, metrics.elidedText(about, Qt.TextElideMode.ElideRight, words.width()))


def _parts(row: Report | Mistake) -> tuple[str, str, str]:
    """The sentence around what is to be mended: as it stands in the text, else as the reader saw it."""
    if isinstance(row, Mistake) and row.spot is not None:
        return row.spot.before, row.spot.words, row.spot.after
    report = report_of(row)
    return report.before, report.selected, report.after
