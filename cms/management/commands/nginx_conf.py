"""`manage.py nginx_conf PART`: print what nginx needs to answer from the release itself."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.releases.front.nginx import http_part, server_part


class Command(BaseCommand):
    """Prints a part of nginx's configuration: `http` or `server`. To be made again after each update."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("part", choices=["http", "server"])
        parser.add_argument(
            "--brotli", action="store_true", help="nginx has ngx_brotli (Debian: libnginx-mod-http-brotli-static)."
        )
        parser.add_argument(
            "--behind-proxy", action="store_true", help="Another server before nginx speaks TLS, and says who asks."
        )

    def handle(self, part, brotli, behind_proxy, **options):
        if not settings.FRONT_DIR:
            raise CommandError("Set FRONT_DIR first, such as FRONT_DIR=/var/lib/toolkit/front.")
        front = settings.FRONT_DIR
        if part == "http":
            self.stdout.write(http_part(front), ending="")
        else:
            self.stdout.write(server_part(front, brotli=brotli, behind_proxy=behind_proxy), ending="")
