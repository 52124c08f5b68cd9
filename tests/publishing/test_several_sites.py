"""Several sites at once: each has its own place in the queue and its own failure, and none waits for another."""

from pathlib import Path

import pytest

from newsroom.cli import main
from newsroom.desk.reading import read_activity, read_article, read_queue
from newsroom.desk.scheduling import publish_now, retry
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label
from tests.newsrooms import GOOD, Desks, newsroom_in


def test_site_that_is_down_delays_no_other_and_catches_up_when_it_is_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sites = {name: f"standard:sqlite:///{tmp_path / name}.sqlite" for name in ("archive", "main", "mirror")}
    with newsroom_in(tmp_path / "home", **sites) as newsroom:
        desks = Desks(newsroom)
        for number in range(3):
            publish_now(desks.chief, desks.approved(GOOD.with_(slug=f"statya-{number}")))
        down, away = tmp_path / "archive.sqlite", tmp_path / "away"
        down.rename(away)
        publisher = newsroom.publisher("проба")
        states = {(one.article, one.site): one.state for one in publisher.run_once()}
        # One probe of the site that is down; everything else is out in the same pass.
        assert [key[1] for key, state in states.items() if state == "retrying"] == ["archive"]
        assert {key: state for key, state in states.items() if key[1] != "archive"} == {
            (number, site): "verified" for number in (1, 2, 3) for site in ("main", "mirror")
        }
        told = {(line.site, line.what) for line in read_activity(desks.chief, ArticleId(1)) if line.queue_item}
        assert ("archive", "retrying") in told or ("archive", "queue") in told
        assert {("main", "verified"), ("mirror", "verified")} <= told
        live = {place.site: place.revision for place in read_article(desks.editor, ArticleId(1)).live}
        assert live == {"main": 1, "mirror": 1}
        assert main(["queue", "--home", str(tmp_path / "home")]) == 0
        told = capsys.readouterr().out
        assert sum("archive" in line and "проверено" not in line for line in told.splitlines()) == 3
        assert sum("mirror" in line and "проверено на сайте" in line for line in told.splitlines()) == 3

        away.rename(down)
        for item in read_queue(desks.chief):
            if item.state == "retrying":
                retry(desks.chief, item.article, site=item.site)
        publisher.close()
        assert set(desks.publish()) == {"verified"}
        article = read_article(desks.editor, ArticleId(1))
        assert {place.site for place in article.live} == {"archive", "main", "mirror"}
        assert article.label is Label.LIVE
