"""What the server imports: `wsgi:app`.

Nothing of what is made here is ever let go, so the collector is told neither to look at it on the way nor afterwards.
"""

import gc

gc.disable()

from coach.app import create_app  # noqa: E402 -- after the line above, which is about this import
from coach.cli import refuse_demo  # noqa: E402

app = create_app()
refuse_demo(app)

gc.freeze()
gc.enable()
