"""Typed identifiers, so that a person's number cannot be taken for an article's."""

from typing import NewType

#: Number of an article within one newsroom; people say it aloud.
ArticleId = NewType("ArticleId", int)
#: Random UUID (36 characters, lower case) by which sites and receipts know an article.
ArticleUid = NewType("ArticleUid", str)
RevisionId = NewType("RevisionId", int)
PersonId = NewType("PersonId", int)
#: SHA-256 of the stored original, 64 hexadecimal digits, lower case.
PhotoId = NewType("PhotoId", str)
#: The rubric's stable Latin key; its title may change.
RubricSlug = NewType("RubricSlug", str)
#: Name of a site within the newsroom, for example ``main``.
SiteName = NewType("SiteName", str)
QueueItemId = NewType("QueueItemId", int)
ReportId = NewType("ReportId", int)
CommentId = NewType("CommentId", int)
