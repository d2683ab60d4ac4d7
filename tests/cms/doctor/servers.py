"""Small servers on this computer that answer as the doctor's tests tell them to: for mail, and for the web."""

import socketserver
from contextlib import contextmanager
from threading import Thread


class MailHandler(socketserver.StreamRequestHandler):
    """Speaks as much of SMTP as it takes to log in and to hand a mail over."""

    def handle(self):
        self.say(220, "here")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            self.server.heard.append(word)
            if word == b"EHLO":
                self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif word == b"AUTH":
                self.say(*((235, "welcome") if self.server.lets_in else (535, "not you")))
            elif word == b"DATA":
                self.say(354, "go on")
                while (line := self.rfile.readline()).strip() != b".":
                    self.server.mail += line
                self.say(250, "taken")
            else:
                self.say(250, "yes")
            if word == b"QUIT":
                return

    def say(self, code: int, text: str):
        self.wfile.write(f"{code} {text}\r\n".encode())


@contextmanager
def served(handler, **attributes):
    """A server with a handler, on a port of its own, as long as it is needed."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.port = server.server_address[1]
        for name, value in attributes.items():
            setattr(server, name, value)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
