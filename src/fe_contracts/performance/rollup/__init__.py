"""Add up the reports of many agencies and periods, for the city and for publication."""
