"""The lines that a site has on its page."""


def script(toolkit: str) -> str:
    return f'<script type="module" src="{toolkit}/widget/v1/mark-scoring.js"></script>'


def element(toolkit: str, attributes: str = 'stage="process"') -> str:
    link = f'<a href="{toolkit}/en/score/?stage=process">Score these marks together</a>'
    return f"<mark-scoring {attributes}>{link}</mark-scoring>"


def recipe(toolkit: str) -> str:
    """The strictest policy of a page that has the widget: nothing but what the page with the lines says."""
    return (
        f"default-src 'none'; script-src {toolkit}/widget/v1/; connect-src {toolkit}/api/v1/; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
