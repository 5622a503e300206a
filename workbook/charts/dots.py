"""Round marks that are drawn as two lines for all of them, where matplotlib draws an element for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.path import Path

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase


class Dots(Line2D):
    """Marks of thousands of ratings: a line without length and with round ends is a dot."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw all edges, then what is inside of them."""
        across, edge = self.get_markersize(), self.get_markeredgewidth()
        self._draw_dots(renderer, across + edge, self.get_markeredgecolor())
        if self.get_markerfacecolor() != self.get_markeredgecolor():
            self._draw_dots(renderer, across - edge, self.get_markerfacecolor())

    def _draw_dots(self, renderer: RendererBase, across: float, colour: Any) -> None:
        pen = renderer.new_gc()
        pen.set_foreground(colour)
        pen.set_linewidth(across)
        pen.set_capstyle("round")
        renderer.draw_path(pen, _points(self.get_xydata()), self.get_transform())
        pen.restore()


def _points(places: Any) -> Path:
    """A path that goes to each place, and no further."""
    steps = [Path.MOVETO, Path.LINETO] * len(places)
    path = Path(places.repeat(2, axis=0), steps)
    path.should_simplify = False  # it would leave out what has no length
    return path
