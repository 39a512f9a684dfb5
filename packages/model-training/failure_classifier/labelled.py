"""A failure with what is known to be true of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Labelled:
    id: str
    source: str
    """Failures of one project are never on both sides of a split by project."""
    project: str
    """What the command `model-service prepare` reads: a path or a log, and what else is known."""
    case: dict = field(hash=False)
    category: str | None = None
    """Whether the same commit passes when it is run again."""
    transient: bool | None = None
    """ISO 8601; sorts by time."""
    at: str = ""
