"""Comments of the desk stay in the newsroom: nothing of them is in what goes out, on any kind of site."""

from sqlalchemy import Engine, MetaData, select, text

from newsroom.desk import reading
from newsroom.desk.commenting import comment_on_words, read_comments, reword_comment
from newsroom.desk.exchange import article_to_text
from newsroom.desk.review import approve
from newsroom.desk.scheduling import publish_now
from newsroom.domain.article import content_hash
from newsroom.sql.engine import open_engine, parse_url
from tests.newsrooms import GOOD
from tests.publishing.conftest import Published

SECRET = "Источник: капитан Вронский"


def everything_in(database: Engine) -> str:
    """Every row of every table, as one text."""
    metadata = MetaData()
    metadata.reflect(database)
    with database.connect() as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def test_nothing_of_a_comment_reaches_the_site(published: Published) -> None:
    desks = published.desks
    article = desks.submitted()
    comment = comment_on_words(desks.editor, article, "по новому пути", "До правки").value
    reword_comment(desks.editor, comment, SECRET)
    approve(desks.chief, article, comments_seen=[comment])
    with desks.newsroom.database.read() as work:
        assert SECRET in str(work.comments.of(article))
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    rows = everything_in(published.site)
    assert GOOD.lead in rows
    assert "Вронский" not in rows
    assert "До правки" not in rows


def test_nothing_of_a_comment_is_in_its_payload_or_hash_or_exported_file(published: Published) -> None:
    desks = published.desks
    article = desks.submitted()
    comment = comment_on_words(desks.editor, article, "по новому пути", SECRET).value
    approve(desks.chief, article, comments_seen=[comment])
    newsroom = open_engine(parse_url(f"sqlite:///{published.home / 'newsroom.db'}"), read_only=True)
    with newsroom.connect() as connection:
        [payload] = connection.scalars(text("SELECT body FROM payloads"))
    newsroom.dispose()
    assert GOOD.lead in payload
    assert "Вронский" not in payload
    read = reading.read_article(desks.chief, article)
    assert read.hash == content_hash(GOOD)
    assert "Вронский" not in article_to_text(desks.chief, read, None)
    assert [placed.comment.text for placed in read_comments(desks.chief, article)] == [SECRET]
