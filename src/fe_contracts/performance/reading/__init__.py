"""Read a report that came back, whatever people and spreadsheets did to the file."""
