"""The table of `make fuzz` counts every answer once."""

from tests.fuzz import figures_of, table


def test_table_counts_every_answer():
    api = figures_of("API", {"200": 3, "404": 2}, 2, (0.5, "GET /api/v1/"))
    raw = figures_of("raw bytes", {"none": 1, "400": 1}, 1, (0.1, "raw bytes"))
    rows = [row.split() for row in table([api, raw])]
    assert rows[1] == ["API", "5", "2", "3", "0", "2", "0", "0", "0.50", "s", "GET", "/api/v1/"]
    assert rows[-1] == ["all", "7", "3", "0", "3", "0", "1"]
