"""The addresses of everything."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls

from api import urls as api_urls
from api.feedback import urls as feedback_urls
from api.offers import urls as offer_urls
from api.releases.views import bad_request, choose_language, page_not_found, released_file
from api.scoring import page_urls as scoring_urls
from api.site.styleguide import styleguide
from api.site.views import site_page
from api.widget import urls as widget_urls
from cms.accounts import urls as account_urls
from cms.drafts import urls as draft_urls
from cms.views import private_media, server_error

handler400 = bad_request
handler404 = page_not_found
handler500 = server_error

urlpatterns = [
    path("", choose_language),
    path("styleguide/", styleguide),
    path("", include(draft_urls)),
    path("api/", include(api_urls)),
    path("admin/", include(account_urls)),
    path("admin/", include(admin_urls)),
    re_path(r"^media/(?P<path>.+)$", private_media),
    re_path(r"^(?:assets/[^/]+|widget/v1/.+)$", released_file),
]

# Wagtail finds the address of a page by reversing this name; the answer comes from the release.
urlpatterns += i18n_patterns(path("score/", include(scoring_urls)), path("embed/", include(widget_urls)))
urlpatterns += i18n_patterns(path("give/", include(offer_urls)), path("feedback/", include(feedback_urls)))
urlpatterns += i18n_patterns(re_path(r"^((?:[\w\-]+/)*)$", site_page, name="wagtail_serve"))
