"""Write a report that is ready to be filled in."""
