"""What the server imports: `wsgi:app`."""

from coach.app import create_app
from coach.cli import refuse_demo

app = create_app()
refuse_demo(app)
