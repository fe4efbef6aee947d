"""Edit the tables of an abstract document by chance: rows, columns, cells, looks."""

from __future__ import annotations

from tests.redline.rich_finding import Finder
from tests.redline.rich_tree import Cell, Paragraph, Row, Table, Text, holders

__all__ = ["TableEditor"]


class TableEditor(Finder):
    """Edits the tables of one document in place."""

    def _table(self, *, plain: bool = False, rows: int = 1) -> Table | None:
        found = [block for blocks, _ in holders(self.document) for block in blocks if isinstance(block, Table)]
        found = [table for table in found if len(table.rows) >= rows and (table.plain or not plain)]
        return self.chance.choice(found) if found else None

    def _rows(self, table: Table) -> list[int]:
        """Return the places of the rows in which no cell is merged downwards."""
        return [at for at, row in enumerate(table.rows) if not any(cell.merge for cell in row.cells)]

    def add_rows(self) -> bool:
        """Put one or two rows in."""
        table = self._table()
        if table is None:
            return False
        at = self.chance.choice([0, *(place + 1 for place in self._rows(table))])
        if at < len(table.rows) and any(cell.merge == "continue" for cell in table.rows[at].cells):
            return False
        table.rows[at:at] = [self.maker.row(len(table.widths)) for _ in range(self.chance.randint(1, 2))]
        return True

    def drop_row(self) -> bool:
        """Take a row out."""
        table = self._table(rows=3)
        places = self._rows(table) if table else []
        if table is None or not places:
            return False
        del table.rows[self.chance.choice(places)]
        return True

    def move_row(self) -> bool:
        """Move a row."""
        table = self._table(plain=True, rows=3)
        if table is None:
            return False
        at, to = self.chance.sample(range(len(table.rows)), 2)
        table.rows.insert(to, table.rows.pop(at))
        return True

    def add_column(self) -> bool:
        """Put a column in."""
        table = self._table(plain=True)
        if table is None or len(table.widths) > 5:
            return False
        at = self.chance.randint(0, len(table.widths))
        table.widths = [9000 // (len(table.widths) + 1)] * (len(table.widths) + 1)
        for row in table.rows:
            row.cells.insert(at, Cell([Paragraph([Text(self.maker.phrase())])]))
        return True

    def drop_column(self) -> bool:
        """Take a column out."""
        table = self._table(plain=True)
        if table is None or len(table.widths) < 3:
            return False
        at = self.chance.randrange(len(table.widths))
        del table.widths[at]
        for row in table.rows:
            del row.cells[at]
        return True

    def change_table(self) -> bool:
        """Change how a table is laid out, aligned or ruled, or how wide its columns are."""
        table = self._table()
        if table is None:
            return False
        match self.chance.randrange(4):
            case 0:
                table.layout = "fixed" if table.layout == "autofit" else "autofit"
            case 1:
                table.align = "" if table.align else "center"
            case 2:
                table.border = "" if table.border else "double"
            case _:
                table.widths[0] += 240
        return True

    def change_cell(self) -> bool:
        """Change the shade of a cell, or a row's height or repetition."""
        table = self._table()
        if table is None:
            return False
        row: Row = self.chance.choice(table.rows)
        match self.chance.randrange(3):
            case 0:
                cell = self.chance.choice(row.cells)
                cell.shade = "" if cell.shade else "DDEEFF"
            case 1:
                row.height = 0 if row.height else 500
            case _:
                row.header = not row.header
        return True

    def add_table(self) -> bool:
        """Put a whole table between two paragraphs of the body."""
        blocks = self.document.blocks
        at = self.chance.randrange(1, len(blocks))
        if not (isinstance(blocks[at - 1], Paragraph) and isinstance(blocks[at], Paragraph)):
            return False
        blocks.insert(at, self.maker.table(deep=False))
        return True

    def drop_table(self) -> bool:
        """Take a whole table out of the body."""
        blocks = self.document.blocks
        places = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
        if not places:
            return False
        del blocks[self.chance.choice(places)]
        return True
