"""Reports by command: what came by mail is kept once, and the newsroom says who lets corrections out."""

import json
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


def test_figures_are_printed_as_a_table_json_or_a_file_for_spreadsheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, box = tmp_path / "home", mailbox.mbox(tmp_path / "box")
    box.add(message())
    box.close()
    assert run(home, "init") == 0
    assert run(home, "reports", "mail", "main", str(tmp_path / "box"), "--as", "proofreader") == 0
    capsys.readouterr()
    assert run(home, "reports", "statistics") == 0
    header, line, total = capsys.readouterr().out.splitlines()
    assert header.startswith("сообщений")
    assert line.split()[0] == total.split()[0] == "1"
    assert run(home, "reports", "statistics", "--by", "author", "--json", "--to", "2001-01-01") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["by"], told["to"], told["rows"], told["total"]["received"]) == ("author", "2001-01-01", [], 0)
    assert run(home, "reports", "statistics", "--csv", str(tmp_path / "figures.csv")) == 0
    assert (tmp_path / "figures.csv").read_bytes().startswith("\ufeffРубрика;Сообщений;".encode())
    assert run(home, "reports", "statistics", "--csv", str(tmp_path)) == 1
    assert run(home, "reports", "statistics", "--from", "2026-02-01", "--to", "2026-01-01") == 1
    with pytest.raises(SystemExit) as wrong:
        run(home, "reports", "statistics", "--from", "вчера")
    assert wrong.value.code == 2
