"""Who learns and who is examined."""

from .labelled import Labelled


def newest_third(rows: list[Labelled]) -> set[str]:
    """Identifiers of the newest third of each source that knows its times."""
    held: set[str] = set()
    for source in {row.source for row in rows}:
        timed = sorted(
            (row for row in rows if row.source == source and row.at),
            key=lambda row: (row.at, row.id),
        )
        count = len(timed) // 3
        held.update(row.id for row in timed[len(timed) - count :])
    return held
