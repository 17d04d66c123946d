import sys

from labqvt.cli import main

sys.exit(main())
