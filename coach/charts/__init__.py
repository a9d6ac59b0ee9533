"""Geometry of the charts, and the sentence each one says. Pure: numbers and dates in, frozen dataclasses out. A chart
is drawn three times over: as svg by a template in `templates/components`, as a sentence for whoever does not see it,
and as a table one click away. All three read the one dataclass made here, so they cannot disagree. Horizontal places
are percent of the drawing's width, so that no chart needs to know the screen. Values are never clipped, only what is
drawn.
"""
