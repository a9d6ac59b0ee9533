"""Count what the pytest runs reported, over all of them: `tally.py REPORT...` prints "N passed, N failed"."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def main(reports: list[Path]) -> None:
    """Add up JUnit reports and print one line."""
    total = failed = skipped = 0
    for report in reports:
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - pytest wrote it a moment ago
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    print(f"{max(total - failed - skipped, 0)} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
