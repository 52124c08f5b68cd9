"""The archive of a real WordPress, written by its own editors: classic posts, blocks, photos, several rubrics."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.app import Newsroom, create_newsroom
from newsroom.desk.reading import read_article
from newsroom.desk.review import submit
from newsroom.desk.scheduling import publish_now
from newsroom.desk.writing import save_article
from newsroom.domain.adoption import LossKind
from newsroom.domain.ages import AgeRating
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from tests.newsrooms import Desks, approve_seen
from tests.photos.pictures import encoded, picture
from tests.site.wordpress_house import WordPress

MAIN = SiteName("main")

_CLASSIC = """Первый абзац со <strong>словом</strong>,
вторая строка.

<h2>Подзаголовок</h2>
[caption id="attachment_9"]<img src="HOME/wp-content/uploads/2020/05/most-300x200.jpg" alt="Мост" /> \
Мост утром. Фото: Пётр Заречный[/caption]

[gallery ids="1,2"]

<iframe src="https://video.example/embed/7"></iframe>

Последний абзац."""

_BLOCKS = """<!-- wp:paragraph -->
<p>Абзац из блока.</p>
<!-- /wp:paragraph -->

<!-- wp:image {"id":9} -->
<figure class="wp-block-image"><img src="/wp-content/uploads/2020/05/lost.jpg" alt=""/></figure>
<!-- /wp:image -->

<!-- wp:embed {"url":"https://video.example/v/1"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://video.example/v/1
</div></figure>
<!-- /wp:embed -->

<!-- wp:list -->
<ul><li>Один</li><li>Два</li></ul>
<!-- /wp:list -->"""


def add_post(wordpress: WordPress, title: str, content: str, **more: str) -> int:
    """A post made by WordPress itself."""
    post = {"post_title": title, "post_content": content, "post_status": "publish", **more}
    plain = json.dumps(post, ensure_ascii=False).replace("\\", "\\\\").replace("'", "\\'")
    return int(
        wordpress.run(
            f"""$post = json_decode('{plain}', true);
            $id = wp_insert_post(wp_slash($post));
            $terms = array_map(fn($slug) => get_term_by('slug', $slug, 'category')->term_id, ['society', 'sport']);
            wp_set_post_categories($id, $terms);
            wp_set_post_tags($id, ['мост', 'Городские & сельские']);
            echo $id;"""
        )
    )


def add_photo(wordpress: WordPress, post: int) -> None:
    """A featured photo, uploaded in WordPress, with a smaller copy."""
    folder = wordpress.uploads / "2020" / "05"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "most.jpg").write_bytes(encoded(picture(600, 400)))
    (folder / "most-300x200.jpg").write_bytes(encoded(picture(300, 200)))
    wordpress.run(
        f"""$id = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => 'most',
            'post_status' => 'inherit', 'post_excerpt' => 'Мост утром'], '2020/05/most.jpg', {post});
        update_post_meta($id, '_wp_attachment_image_alt', 'Мост через протоку');
        set_post_thumbnail({post}, $id);
        update_post_meta({post}, 'photo_credit', 'Пётр Заречный');
        update_post_meta({post}, 'age_rating', '12+');"""
    )


@pytest.fixture
def newsroom(tmp_path: Path, wordpress: WordPress) -> Iterator[Newsroom]:
    wordpress.permalinks("/%year%/%postname%/")
    wordpress.run("wp_delete_post(1, true);")
    newsroom = create_newsroom(
        tmp_path / "home",
        sites={"main": f"wordpress:{wordpress.url}"},
        options={"main": {"prefix": "vb_", "uploads": str(wordpress.uploads), "author": "desk"}},
        house=House("Проба", "Asia/Vladivostok"),
    )
    yield newsroom
    newsroom.close()


def test_classic_post_comes_in_and_its_correction_changes_that_very_post(
    newsroom: Newsroom, wordpress: WordPress
) -> None:
    post = add_post(
        wordpress,
        "Мост &laquo;Новый&raquo; &amp; старый",
        _CLASSIC.replace("HOME", wordpress.home),
        post_excerpt="Коротко о мосте.",
        post_date="2020-05-07 09:30:00",
        post_name="%d0%bc%d0%be%d1%81%d1%82",
    )
    add_photo(wordpress, post)
    desks = Desks(newsroom)
    summary = newsroom.import_site(desks.chief, MAIN)
    assert (summary.brought, summary.refused) == (1, 0)
    article = read_article(desks.editor, ArticleId(1))
    content = article.content
    assert content.headline == "Мост «Новый» & старый"
    assert content.lead == "Коротко о мосте."
    assert content.byline == "admin"
    assert content.age is AgeRating.TWELVE
    assert content.tags == ("мост", "Городские & сельские")
    assert content.rubric == "society"
    assert content.date is not None
    assert content.date.isoformat() == "2020-05-06T23:30:00+00:00"
    assert content.photo is not None
    assert (content.photo.caption, content.photo.credit) == ("Мост утром", "Пётр Заречный")
    assert content.photo.alt == "Мост через протоку"
    # The large photo rather than the copy that the page shows; it is the lead photo too.
    assert photos_in(parse(content.body)) == [content.photo.photo]
    paragraphs = content.body.split("\n\n")
    assert paragraphs[0] == "Первый абзац со **словом**,\\\nвторая строка."
    assert paragraphs[1] == "## Подзаголовок"
    assert '"Мост утром. Фото: Пётр Заречный"' in paragraphs[2]
    assert paragraphs[-1] == "Последний абзац."
    losses = {loss.kind: loss.detail for line in newsroom.import_report(MAIN) for loss in line.losses}
    assert losses == {LossKind.RAW: "[gallery], iframe", LossKind.MORE_RUBRICS: "Общество, Спорт"}

    save_article(desks.editor, article.id, content.with_(headline="Исправленный мост"), base_revision=1)
    submit(desks.editor, article.id)
    approve_seen(desks.chief, article.id)
    publish_now(desks.chief, article.id)
    assert desks.publish() == ["verified"]
    (shown,) = wordpress.json("/wp/v2/posts")
    assert shown["id"] == post
    assert shown["title"]["rendered"] == "Исправленный мост"
    assert shown["slug"] == "%d0%bc%d0%be%d1%81%d1%82"
    assert shown["date"] == "2020-05-07T09:30:00"
    page = wordpress.get(shown["link"].removeprefix(wordpress.home))
    assert page.status == 200
    assert "Исправленный мост" in page.text
    assert 'src="https://video.example/embed/7"' in page.text
    # What readers remember leads there still.
    assert wordpress.get(f"/?p={post}").status == 200


def test_post_of_blocks_keeps_a_lost_photo_and_an_embed(newsroom: Newsroom, wordpress: WordPress) -> None:
    add_post(wordpress, "Из блоков", _BLOCKS)
    desks = Desks(newsroom)
    newsroom.import_site(desks.chief, MAIN)
    body = read_article(desks.editor, ArticleId(1)).content.body
    assert body.startswith("Абзац из блока.")
    assert body.endswith("- Один\n- Два")
    losses = {loss.kind: loss.detail for line in newsroom.import_report(MAIN) for loss in line.losses}
    assert losses[LossKind.PHOTO] == "/wp-content/uploads/2020/05/lost.jpg"
    assert losses[LossKind.RAW] == "embed"
    assert LossKind.NO_LEAD in losses


def test_post_edited_in_wordpress_after_the_import_is_not_overwritten(newsroom: Newsroom, wordpress: WordPress) -> None:
    post = add_post(wordpress, "Мост", "Абзац.", post_excerpt="Коротко.")
    add_photo(wordpress, post)
    desks = Desks(newsroom)
    newsroom.import_site(desks.chief, MAIN)
    wordpress.run(f"wp_update_post(['ID' => {post}, 'post_title' => 'Правка на сайте']);")
    article = read_article(desks.editor, ArticleId(1))
    save_article(desks.editor, article.id, article.content.with_(headline="Исправлено"), base_revision=1)
    submit(desks.editor, article.id)
    approve_seen(desks.chief, article.id)
    publish_now(desks.chief, article.id)
    assert desks.publish() == ["needs_person"]
    (shown,) = wordpress.json("/wp/v2/posts")
    assert shown["title"]["rendered"] == "Правка на сайте"
    assert newsroom.import_site(desks.chief, MAIN).known == 1


def test_drafts_pages_and_what_the_newsroom_wrote_are_no_archive(newsroom: Newsroom, wordpress: WordPress) -> None:
    add_post(wordpress, "Черновик", "Абзац.", post_status="draft")
    add_post(wordpress, "Страница", "Абзац.", post_type="page")
    desks = Desks(newsroom)
    from newsroom.desk.house import save_rubric
    from newsroom.domain.article import Rubric
    from newsroom.domain.ids import RubricSlug
    from tests.newsrooms import GOOD

    save_rubric(desks.chief, Rubric(RubricSlug("society"), "Общество города"))
    publish_now(desks.chief, desks.approved(GOOD.with_(rubric=RubricSlug("society"))))
    assert desks.publish() == ["verified"]
    summary = newsroom.import_site(desks.chief, MAIN)
    assert (summary.brought, summary.known) == (0, 1)
