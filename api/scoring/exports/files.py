"""The files in which a board is taken away. In each, what people wrote is text, and never a formula."""

import csv
import json
from io import BytesIO, StringIO

import xlsxwriter

from api.scoring.exports.report import report
from api.scoring.exports.table import Cell, heads, lines
from api.scoring.models import Board
from toolkit.locales import direction

# Spreadsheets take a cell that begins with one of these for a formula, also in a plain table of text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What Excel takes in one cell at most.
LONGEST_CELL = 32_767
WIDTHS = [8, 16, 30, 12, 12, 16, 10, 14, 12, 40, 40, 40, 40, 40]


def csv_file(board: Board, locale: str) -> bytes:
    """Give a board as CSV in UTF-8, with the mark at its start by which Excel tells that it is."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(heads())
    writer.writerows([[_harmless(cell) for cell in line] for line in lines(board, locale)])
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def xlsx_file(board: Board, locale: str) -> bytes:
    """Give a board as a spreadsheet, from right to left where the language is."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        if direction(locale) == "rtl":
            sheet.right_to_left()
        for column, (head, width) in enumerate(zip(heads(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        for row, line in enumerate(lines(board, locale), 1):
            for column, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell, wrapped)
                elif cell:
                    sheet.write_string(row, column, cell[:LONGEST_CELL], wrapped)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def json_file(board: Board, _locale: str) -> bytes:
    """Give a board as the file that brings it back."""
    return json.dumps(report(board), ensure_ascii=False, indent=2).encode()


FILES = {
    "csv": ("text/csv; charset=utf-8", csv_file),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_file),
    "json": ("application/json", json_file),
}
