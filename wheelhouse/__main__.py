"""Collect qualkit's wheel and those of all it rests on, for this Python and this kind of machine.

    python -m wheelhouse --to build/wheelhouse --extras notebook

Built beforehand: --wheel takes a wheel of qualkit, --site the pages of `make docs`.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALL = Path(__file__).with_name("INSTALL.txt")


def main() -> int:
    """Fill the folder; 0 where it is complete, pip's own exit code where it is not."""
    parser = argparse.ArgumentParser(prog="python -m wheelhouse", description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "wheelhouse", help="made anew each time")
    parser.add_argument("--extras", default="", help="comma-separated: notebook")
    parser.add_argument("--wheel", type=Path, help="qualkit's own wheel; built where none is given")
    parser.add_argument("--site", type=Path, help="the built documentation, to travel with it")
    asked = parser.parse_args()
    folder: Path = asked.to
    if folder.exists() and any(folder.iterdir()) and not (folder / "INSTALL.txt").is_file():
        parser.error(f"{folder} holds other things; name an empty folder with --to")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wheel = shutil.copy(asked.wheel, folder) if asked.wheel else _build(folder)
    extras = ",".join(part.strip() for part in asked.extras.split(",") if part.strip())
    wanted = f"{wheel}[{extras}]" if extras else str(wheel)
    # pip wheel, not pip download: what the index has only as source is built here, where there are compilers.
    code = _pip("wheel", "--wheel-dir", str(folder), "--find-links", str(folder), wanted)
    if code:
        return code
    if asked.site:
        shutil.copytree(asked.site, folder / "docs", ignore=shutil.ignore_patterns(".*", "objects.inv"))
    (folder / "INSTALL.txt").write_text(_instructions(extras), encoding="utf-8", newline="\r\n")
    _write_sums(folder)
    wheels = list(folder.glob("*.whl"))
    size = sum(path.stat().st_size for path in wheels) / 1024**2
    print(f"{folder}: {len(wheels)} wheels, {size:.0f} MiB. What to do with them stands in INSTALL.txt.")
    return 0


def _build(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("qualkit_qda-*.whl"))


def _pip(*arguments: str) -> int:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode


def _instructions(extras: str) -> str:
    """Return INSTALL.txt for what was collected."""
    python = ".".join(platform.python_version_tuple()[:2])
    return (
        INSTALL.read_text(encoding="utf-8")
        .replace("PYTHON_VERSION", python)
        .replace("PLATFORM", sysconfig.get_platform())
        .replace("QUALKIT", f'"qualkit-qda[{extras}]"' if extras else "qualkit-qda")
    )


def _write_sums(folder: Path) -> None:
    """Write SHA256SUMS, so that whoever lets files in can see that they are the ones that were sent."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.glob("*.whl"))]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
