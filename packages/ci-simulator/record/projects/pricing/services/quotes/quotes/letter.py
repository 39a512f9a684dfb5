"""The letter that goes out with a quote."""

from jinja2 import Environment

from .quote import Quote

TEMPLATE = Environment(autoescape=True).from_string(
    "Dear {{ name }},\n"
    "{% for line in quote.lines %}"
    "{{ line.quantity }} x {{ line.sku }}: {{ line.total }}\n"
    "{% endfor %}"
    "Total: {{ quote.gross }} EUR\n"
)


def letter(name: str, quote: Quote) -> str:
    return TEMPLATE.render(name=name, quote=quote)
