"""`python -m pagecheck`: check the page's types with TypeScript, fetched by npm into build/pagecheck.

Where there is no node, that is said plainly; where changes are decided on (CI), it is a fault.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = HERE.parent / "build" / "pagecheck"


def main() -> int:
    """Check, and return the exit code."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return _unchecked("node and npm are not on this machine (Debian: apt-get install nodejs npm)")
    compiler = TOOLS / "node_modules" / "typescript" / "lib" / "tsc.js"
    wanted = (HERE / "package-lock.json").read_bytes()
    there = TOOLS / "package-lock.json"
    if not compiler.is_file() or not there.is_file() or there.read_bytes() != wanted:
        TOOLS.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, TOOLS / name)
        fetched = subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=TOOLS, check=False)
        if fetched.returncode:
            there.unlink(missing_ok=True)
            return _unchecked("npm could not fetch TypeScript")
    ran = subprocess.run([node, str(compiler), "--project", str(HERE / "tsconfig.json")], check=False)
    if ran.returncode == 0:
        print("The page's types hold.")
    return ran.returncode


def _unchecked(why: str) -> int:
    print(f"The page's types were NOT checked: {why}.", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
