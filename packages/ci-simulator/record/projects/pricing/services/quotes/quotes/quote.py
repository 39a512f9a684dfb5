"""A quote: the lines, their sum, and what the customer pays."""

from dataclasses import dataclass, field
from decimal import Decimal

from .tax import tax


@dataclass(frozen=True)
class Line:
    sku: str
    quantity: int
    unit_price: Decimal

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity


@dataclass
class Quote:
    country: str
    lines: list[Line] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal("0.00"))

    @property
    def gross(self) -> Decimal:
        return self.net + tax(self.net, self.country)
