"""Reports by command: what came by mail is kept once, and the newsroom says who lets corrections out."""

import mailbox
from pathlib import Path

import pytest

from newsroom.cli import main
from tests.text.test_report_mail import message


def run(home: Path, *arguments: str) -> int:
    return main([*arguments, "--home", str(home)])


def test_mail_is_brought_in_once_and_its_decisions_are_told_to_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, box = tmp_path / "home", mailbox.mbox(tmp_path / "box")
    box.add(message())
    box.close()
    assert run(home, "init") == 0
    for told in ("1 новое сообщение", "0 новых сообщений"):
        capsys.readouterr()
        assert run(home, "reports", "mail", "main", str(tmp_path / "box"), "--as", "proofreader") == 0
        assert told in capsys.readouterr().out
    assert run(home, "reports", "mail", "elsewhere", str(tmp_path / "box"), "--as", "proofreader") == 1
    from newsroom.app import open_newsroom
    from newsroom.desk import proofreading, reading
    from newsroom.domain.reports import ReportState

    newsroom = open_newsroom(home)
    desk = newsroom.sign_in("proofreader")
    (report,) = reading.read_reports(desk)
    proofreading.close_report(desk, report.id, ReportState.FIXED)
    publisher = newsroom.publisher()
    publisher.run_once()
    publisher.close()
    with newsroom.database.read() as work:
        assert work.reports.untold(report.site, 10) == []
    newsroom.close()


def test_the_chief_chooses_whether_minor_corrections_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    assert run(home, "init") == 0
    assert run(home, "reports", "minor", "off", "--as", "proofreader") == 1
    assert run(home, "reports", "minor", "off", "--as", "chief") == 0
    capsys.readouterr()
    assert run(home, "reports", "minor") == 0
    assert "главному редактору" in capsys.readouterr().out
