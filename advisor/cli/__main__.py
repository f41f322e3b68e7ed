"""`python -m advisor.cli` is `fw-advisor`."""

import sys

from . import main

sys.exit(main())
