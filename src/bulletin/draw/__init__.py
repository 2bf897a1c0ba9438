"""Draw stage: a chart's data and labels become a picture, as SVG with real text and as PNG."""
