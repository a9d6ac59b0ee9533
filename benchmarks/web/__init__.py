"""How fast the pages of the loop answer, as ratios to a floor on the same server in the same run."""
