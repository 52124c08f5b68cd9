"""Descriptions of three sites with tables of their own; MEDIA stands for a folder."""

WAGTAIL = """
page = "/news/{rubric}/{slug}/"

[article]
table = "news_articlepage"
key_made = "uuid"

[article.columns]
title = "headline"
slug = "slug"
intro = { from = "lead", as = "paragraph" }
body = { from = "body", as = "json-block:html" }
author = "byline"
age_rating = { from = "age", as = "number" }
search_description = "lead"
has_unpublished_changes = { constant = false, compare = false }
first_published_at = { from = "published_at", when = "new" }
last_published_at = "now"

[article.published]
live = true

[article.withdrawn]
live = false

[article.killed]
live = false

[rubric]
table = "news_rubric"
match.slug = "rubric_slug"
link = { table = "news_articlepage_rubrics", article = "articlepage_id", other = "rubric_id" }

[tags]
table = "taggit_tag"
match.name = "tag"
create.slug = { from = "tag", as = "slug" }
link = { table = "taggit_taggeditem", article = "object_id", other = "tag_id", where = { content_type_id = 7 } }

[photos]
folder = "MEDIA"
address = "/media/news/"
table = "images_image"
match.file = { from = "photo_file", as = "prefix:news/" }
create.title = { from = "photo_alt", as = "or:Фото" }
create.width = "photo_width"
create.height = "photo_height"
create.created_at = "now"
column = "lead_image_id"

[receipt]
place = "table"

[reports]
table = "news_typoreport"
article = "page_id"
state = "resolution"
states = { new = "open", fixed = "fixed", rejected = "declined" }

[reports.columns]
page_url = "url"
selected = "fragment"
comment = "comment"
reported_at = "created"
"""

CYRILLIC = """
zone = "Asia/Vladivostok"
page = "/{year}/{month}/{slug}.html"

[article]
table = "novosti"
uid = "redakciya_uid"

[article.columns]
zagolovok = "headline"
anons = "lead"
tekst = "body"
data = "published_at"
izmeneno = "now"
url = "slug"
avtor = "byline"
vozrast = "age"
metki = { from = "tags", as = "join:, " }
foto = { from = "lead_photo_address", as = "null" }
foto_podpis = "photo_caption"

[article.published]
"состояние" = "опубликовано"

[article.withdrawn]
"состояние" = "снято"

[article.killed]
"состояние" = "снято"
zagolovok = "Материал удалён"

[rubric]
column = "razdel"
[rubric.values]
society = "Общество"
sport = "Спорт"
"ёлки" = "Ёлки"

[photos]
folder = "MEDIA"
address = "/files/"

[receipt]
place = "column"
column = "redakciya_raspiska"

[reports]
table = "opechatki"
key = "n"
article = "url"
article_is = "slug"
state = "reshenie"
states = { fixed = "исправлено", rejected = "отклонено" }
[reports.columns]
page_url = "stranica"
selected = "oshibka"
comment = "kommentariy"
reported_at = "kogda"
"""

RIGHTS = """
zone = "Europe/Moscow"
page = "/{key}-{slug}"

[article]
table = "content"
key_made = "sequence"
sequence = "content_seq"
uid = "newsroom_uid"
kill = "remove"
site_fills = ["search"]

[article.columns]
kind = { constant = "news", when = "new" }
head = "headline"
html = "body"
alias = "slug"
shown_from = "published_at"
labels = "tags"

[article.published]
state = 1

[article.withdrawn]
state = 0

[rubric]
table = "section"
match.code = "rubric_slug"
column = "section_id"

[photos]
address = "/pictures/"
table = "picture"
match.name = "photo_file"
create.bytes = "photo_data"
link = { table = "content_picture", article = "content_id", other = "picture_id", position = "place" }

[receipt]
place = "key-value"
table = "settings"
name = "name"
value = "value"
columns = { autoload = false }

[reports]
table = "typo"
article = "content_id"
[reports.columns]
selected = "words"
reported_at = "sent"
"""
