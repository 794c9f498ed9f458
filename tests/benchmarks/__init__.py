"""How fast tna is, as ratios measured in one run against peers and a floor."""
