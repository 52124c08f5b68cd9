"""How many examples the properties get on which nobody's text may depend in vain."""

import os

from hypothesis import HealthCheck, Phase, settings

#: For what must lose nothing: many where a change is judged, fewer while somebody works on it.
lossless = settings(
    max_examples=1000 if os.environ.get("CI") else 100,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.explain},
)
