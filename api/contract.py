"""What the OpenAPI contract covers."""


def only_content_api(endpoints):
    """Keep the endpoints of the content API: drf-spectacular's preprocessing hook."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
