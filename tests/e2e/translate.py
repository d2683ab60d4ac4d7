"""Publishes the home page, a stage and a mark in Welsh and Arabic on the site of DATA_DIR.

A program of its own, run as `python -m tests.e2e.translate`: the site that it changes is not that of the test run.
"""

import os

import django
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

from wagtail.models import Locale  # noqa: E402

from toolkit.models import Home, Mark, Quote, Stage  # noqa: E402

WELSH = {
    "home": {
        "title": "Marc cydgynhyrchu",
        "summary": "Pecyn i bawb sy’n cynllunio, yn gwneud neu’n adolygu prosiect gyda’i gilydd.",
        "prompt_meaning": "Beth mae hyn yn ei olygu i’n prosiect ni?",
        "prompt_ladders": "Pa ysgolion sydd gennym?",
        "prompt_snakes": "Pa nadroedd allai fod yn aros amdanom?",
        "prompt_score": "Pa mor bell ydym ni nawr? Cytunwch ar sgôr rhwng 1 a 10.",
        "body": [("text", "<p>Mae pobl â phrofiad byw a phobl broffesiynol yn gweithio fel rhai cyfartal.</p>")],
    },
    "process": {
        "title": "Y broses",
        "summary": "Gweithio gyda’n gilydd, cyfarfod ar ôl cyfarfod.",
        "body": [("text", "<p>Mae’r cynllun yn barod. Nawr mae’r gwaith gyda’n gilydd yn dechrau.</p>")],
    },
    "listening": {
        "title": "Gwrando",
        "summary": "Mae pobl yn cael eu clywed hyd y diwedd, ac mae’r hyn a ddywedant yn newid pethau.",
        "body": [
            ("text", "<p>Rydych chi’n adnabod gwrando go iawn wrth yr hyn sy’n digwydd wedyn.</p>"),
            ("quote", "what-i-heard-you-say"),
            ("tip", "<p>Gofynnwch: “Beth arall?” Yna arhoswch.</p>"),
        ],
    },
}

ARABIC = {
    "home": {
        "title": "علامة الإنتاج المشترك",
        "summary": "أدوات لكل من يخطط لمشروع مشترك أو ينفذه أو يراجعه.",
        "prompt_meaning": "ماذا يعني هذا لمشروعنا؟",
        "prompt_ladders": "ما السلالم التي لدينا؟",
        "prompt_snakes": "ما الثعابين التي قد تنتظرنا؟",
        "prompt_score": "إلى أي مدى وصلنا الآن؟ اتفقوا على درجة من 1 إلى 10.",
        "body": [("text", "<p>يعمل أصحاب التجربة المعاشة والمهنيون معًا على قدم المساواة.</p>")],
    },
    "process": {
        "title": "العملية",
        "summary": "العمل معًا، اجتماعًا بعد اجتماع.",
        "body": [("text", "<p>الخطة جاهزة، والآن يبدأ العمل المشترك.</p><ul><li>نستمع.</li><li>نتعلم.</li></ul>")],
    },
    "listening": {
        "title": "الاستماع",
        "summary": "يُسمع الناس حتى النهاية، وما يقولونه يُحدث فرقًا.",
        "body": [
            ("text", "<p>تعرف الاستماع الحقيقي مما يحدث بعده: تتغير خطة أو موعد أو كلمة.</p>"),
            ("quote", "what-i-heard-you-say"),
            ("tip", "<p>اسأل: «ماذا أيضًا؟» ثم انتظر قليلًا.</p>"),
        ],
    },
}


KINDS = {"home": Home, "process": Stage, "listening": Mark}


def main():
    """Publish all translations together, so that one release comes of them."""
    with transaction.atomic():
        for locale, pages in {"cy": WELSH, "ar": ARABIC}.items():
            for code, words in pages.items():
                publish_translation(source_page(KINDS[code], code), locale, words)


def source_page(kind: type, code: str):
    return kind.objects.get(code=code, locale__language_code="en")


def publish_translation(source, locale: str, words: dict):
    page = source.copy_for_translation(Locale.objects.get(language_code=locale))
    for name, value in words.items():
        setattr(page, name, [block(*part) for part in value] if name == "body" else value)
    page.save_revision().publish()


def block(kind: str, value: str) -> tuple:
    return kind, source_page(Quote, value) if kind == "quote" else value


if __name__ == "__main__":
    main()
