"""The newest state of a preview, for everybody who waits for it."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from bulletin.pipeline.preview.session import State
from bulletin.pipeline.preview.view import View


class Stage:
    """One thread shows, any number look."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._changed = threading.Condition()
        self._view = View(State(), texts)
        self._turn = 0
        self._shown = 0
        self.seen = ""
        """Path of the page that was asked for last."""
        self._reading = True
        self._ended = False

    @property
    def view(self) -> View:
        return self._view

    def read(self) -> None:
        """The files are being read anew."""
        self._set(reading=True)

    def show(self, state: State) -> None:
        self._set(reading=not state.whole, view=View(state, self.texts))

    def end(self) -> None:
        self._set(ended=True)

    def wait(self, turn: int, seconds: float) -> tuple[int, int, bool] | None:
        """The next turn after `turn`, how often something was shown, and whether the files are being read; the same turn after
        `seconds` without one; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._turn != turn, seconds)
            return None if self._ended else (self._turn, self._shown, self._reading)

    def _set(self, *, reading: bool | None = None, view: View | None = None, ended: bool = False) -> None:
        with self._changed:
            self._shown += view is not None
            self._reading = self._reading if reading is None else reading
            self._view = view or self._view
            self._ended = self._ended or ended
            self._turn += 1
            self._changed.notify_all()
