"""Puts the panel beside the editor. Wagtail has no hook for that, so it is added to what its views answer."""

from wagtail.admin.ui.side_panels import ChecksSidePanel

from cms.plain_language.panel import PlainLanguagePanel


class PanelBesideEditor:
    """Middleware: where an editor of our pages has Wagtail's own checks, ours stand before them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        panels = (response.context_data or {}).get("side_panels") or []
        for place, panel in enumerate(panels):
            if isinstance(panel, ChecksSidePanel) and hasattr(panel.object, "document_type"):
                panels.insert(place, PlainLanguagePanel(panel.object, request))
                break
        return response
