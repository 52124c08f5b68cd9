"""Minor corrections on their way to readers, which nobody stops by writing on."""

from newsroom.desk.case import Case
from newsroom.domain.article import Article
from newsroom.domain.corrections import is_minor
from newsroom.domain.ids import QueueItemId
from newsroom.domain.states import LiveState, Operation
from newsroom.text.corrected import corrections_between


def minor_corrections_under_way(case: Case, article: Article) -> set[QueueItemId]:
    """Items of the queue that are due and carry nothing but minor corrections of what readers see.

    Whoever writes on in the meantime has them in the text already, or meets them there.
    """
    if not case.work.records.house().minor_corrections:
        return set()
    shown = {place.site: place.revision for place in article.live if place.state is LiveState.LIVE}
    found = set()
    for item in case.work.queue.open_items(article.id):
        seen = shown.get(item.site)
        if item.operation is not Operation.PUBLISH or seen is None or item.due_at is None or item.due_at > case.now:
            continue
        revisions = (case.work.articles.revision(article.id, number).content for number in (seen, item.revision))
        corrections = corrections_between(*revisions)
        if corrections and all(is_minor(one.place.anchor.selected, one.new) for one in corrections):
            found.add(item.id)
    return found
