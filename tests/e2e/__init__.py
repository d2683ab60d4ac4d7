"""The whole product as people meet it: a real server process, its real database, a real browser."""
