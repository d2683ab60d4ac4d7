"""A small site with somebody's words in every place that words can get to."""

import json
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Workflow

from cms.drafts.sharing import make_link
from cms.models import Failure
from cms.publishing.publish import publish
from cms.publishing.targets import name_of_page
from cms.webhooks.models import Delivery, Subscriber
from tests.small_site import fresh
from tests.translations import job, locale, show, translated_site
from toolkit.consent import Consent, Naming
from toolkit.models import IdeaCredit, Proposal, Quote
from toolkit.translation.memory import keep


@dataclass
class Planted:
    """The pages by their code, and every phrase that was said: none of them may be found afterwards."""

    pages: dict
    phrases: list[str] = field(default_factory=list)
    credit: IdeaCredit | None = None
    token: str = ""

    def phrase(self, where: str) -> str:
        """Give a sentence that stands nowhere else, and remember it."""
        number = len(self.phrases) + 1
        said = f"Zebra{number} quietly carried lantern{number} over the old bridge for {where}"
        self.phrases.append(said)
        return said


def planted_site() -> Planted:
    """Plant phrases of one quote and one credit, in every language, version and record; publish after each step."""
    site = Planted(translated_site())
    publish(everything=True)
    plant_quote(site)
    plant_credit(site)
    publish()
    # A publish that succeeds forgets what failed before.
    failure = {"title": site.phrase("a failure"), "reason": site.phrase("a reason")}
    Failure.objects.create(target=name_of_page(site.pages["it-happened"].key, "es"), **failure)
    return site


def plant_quote(site: Planted):
    quote = fresh(site.pages["it-happened"])
    for version in ("first", "second", "third"):
        said = site.phrase(f"the {version} version")
        quote.words = f"<p>{said}.</p><p>{site.phrase('another paragraph')}’s “end”.</p>"
        quote.title, quote.name = site.phrase(f"the {version} title"), site.phrase("a name")
        quote.thanks, quote.consent_note = site.phrase("thanks"), site.phrase("a note")
        quote.naming, quote.consent, quote.consent_scope = Naming.FULL_NAME, Consent.GIVEN, site.phrase("a scope")
        quote.search_description, quote.seo_title = site.phrase("search"), site.phrase("another title")
        quote.save_revision(log_action=True).publish(log_action=True)
        publish()
        quote = fresh(quote)
    user = get_user_model().objects.create_user("words-of-all")
    for code in ("cy", "ar"):
        words = {"words": site.phrase(f"words in {code}"), "title": site.phrase(f"a title in {code}")}
        words |= {"name": site.phrase(f"a name in {code}"), "thanks": site.phrase(f"thanks in {code}")}
        texts = {text.path: text for text in job(quote, code).texts}
        show(quote, code, words={path: words.get(path) or site.phrase(path) for path in texts})
    publish()
    plant_draft(site, quote, user)
    plant_records(site, quote, user)


def plant_draft(site: Planted, quote: Quote, user):
    """A draft with other words, shared with a guest, and asked about in a workflow."""
    draft = fresh(quote)
    draft.words, draft.title = f"<p>{site.phrase('a draft')}.</p>", site.phrase("a draft’s title")
    draft.save_revision(user=user, log_action=True)
    _link, site.token = make_link(page=fresh(quote), user=user, days=3, once=uuid4(), now=timezone.now())
    page = fresh(quote)
    state = Workflow.objects.first().start(page, user)
    state.current_task_state.reject(user=user, comment=site.phrase("a reviewer’s comment"))
    comment = Comment.objects.create(
        page=page, user=user, contentpath="words", position="", text=site.phrase("a comment")
    )
    CommentReply.objects.create(comment=comment, user=user, text=site.phrase("a reply"))


def plant_records(site: Planted, quote: Quote, user):
    """What programs have written down: proposals, failures, webhooks, sessions."""
    text = job(quote, "es").texts[0]
    keep(quote.key, text.place, locale("es"), site.phrase("a Spanish translation"))
    Proposal.objects.create(
        key=quote.key, locale=locale("es"), path="words", digest=uuid4(), words=site.phrase("a proposal")
    )
    subscriber = Subscriber.objects.create(url="https://example.org/")
    title = fresh(quote).title
    body = {"type": "release", "data": {"changes": [{"change": "changed", "title": title, "path": "/en/"}]}}
    Delivery.objects.create(subscriber=subscriber, body=json.dumps(body))
    session = SessionStore()
    session[f"wagtail-preview-{quote.pk}"] = [f"words={site.phrase('a preview')}", 0]
    session["_messages"] = json.dumps([site.phrase("a message")])
    session.create()


def plant_credit(site: Planted):
    idea = fresh(site.pages["tea-first"])
    for _version in range(2):
        credit = idea.credits.first()
        credit.naming, credit.consent = Naming.FULL_NAME, Consent.GIVEN
        credit.name, credit.thanks = site.phrase("a credit"), site.phrase("a credit’s thanks")
        credit.consent_note, credit.consent_scope = site.phrase("a credit’s note"), site.phrase("its scope")
        idea.credits = [credit]
        idea.save_revision().publish()
        idea = fresh(idea)
    site.credit = idea.credits.first()
    texts = {text.path for text in job(idea, "cy").texts}
    mine = f"credits.{site.credit.translation_key}"
    show(idea, "cy", words={path: site.phrase(path) if path.startswith(mine) else "Gair" for path in texts})
    publish()
