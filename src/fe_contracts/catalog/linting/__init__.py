"""Look at the library as a careful editor would, one module for each kind of care; `catalog.lint` runs them all."""
