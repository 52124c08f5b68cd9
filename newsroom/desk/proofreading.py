"""Readers' typo reports: a first plain list that can be closed and opened again."""

from newsroom.desk.case import use_case
from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.errors import NotNow
from newsroom.domain.ids import ReportId
from newsroom.domain.people import Action
from newsroom.domain.reports import ReportState
from newsroom.words import _


def close_report(desk: Desk, report: ReportId, state: ReportState) -> Done[None]:
    """Close as fixed or rejected. Raises `NotNow` for a report that somebody closed meanwhile."""
    with use_case(desk, Action.TRIAGE_REPORTS) as case:
        current = case.work.reports.get(report)
        if not current.state.is_open:
            raise NotNow(
                _("Сообщение уже закрыто: {state}, {name}.").format(state=current.state.words, name=current.closed_by)
            )
        case.work.reports.decide(report, state, case.person.id, case.now)
        case.note("close-report", article=current.article, report=report, detail=state.value)
        return case.done(None)


def reopen_report(desk: Desk, report: ReportId) -> Done[None]:
    """Open a closed report again; an open one stays as it is."""
    with use_case(desk, Action.TRIAGE_REPORTS) as case:
        current = case.work.reports.get(report)
        if not current.state.is_open:
            case.work.reports.decide(report, ReportState.NEW, None, None)
            case.note("reopen-report", article=current.article, report=report)
        return case.done(None)
