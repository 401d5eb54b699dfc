"""From an order to an audiobook: is it there already? If not, the steps; then it is remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.mastering import prefetch
from hautevoix.model import Sidecar
from hautevoix.pipeline.casting import casting, ready_engine
from hautevoix.pipeline.results import Record
from hautevoix.storage.ready_folder import ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.pipeline.orders import Order
    from hautevoix.pipeline.results import Built


def check(order: Order) -> None:
    """Raise what would stop any text, before time is spent on one: EngineError."""
    casting(ready_engine(order.engine), Sidecar(), order.voice_settings(), order.fallback)
    order.encoding.check()


def build(order: Order, progress: Callable[[str, int, int], None]) -> Built:
    """Build one audiobook. Every failure is a HautevoixError; what was spoken stays stored.

    LockedError: another process is building it.

    Where neither text nor settings nor code have changed since the files were made, nothing is
    touched.
    """
    order = order.held()
    engine = ready_engine(order.engine, order.provider)
    record = Record.of(order, engine)
    known = None if order.force else record.recalled()
    if known:
        return known
    order.encoding.check()
    if order.store.shared:
        order.store.shared.check()
    with ready(order.folder), order.store.in_use():
        replaced = record.replaced()
        if order.fallback is None:  # whose readiness a fork may tell, which a thread forbids
            prefetch(order.store, order.folder)
        from hautevoix.pipeline.steps import make  # noqa: PLC0415 - loads all the stages

        built = replace(make(order, engine, progress), replaced=replaced)
        record.keep(built)
    return built
