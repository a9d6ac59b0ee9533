"""What the server imports: `wsgi:app`."""

from coach.app import create_app

app = create_app()
