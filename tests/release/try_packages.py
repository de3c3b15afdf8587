"""Tries what tools/release wrote as people would: python tests/release/try_packages.py [FOLDER]

Installs the wheel in a fresh environment and the npm packages in a fresh folder, unpacks the archive, and checks a rules file with each. Only
packages for this machine are tried.
"""

import hashlib
import json
import os
import platform
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

RULES = """version = 1

[[rule]]
id = "birds"
find = { words = ["heron"] }
do = "mask"
hit = ["%s"]
"""


def main(dist):
    check_sums(dist)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        programs = dict(filter(None, (wheel(dist, folder), npm(dist, folder), archive(dist, folder))))
        for kind, command in programs.items():
            try_program(kind, command, folder)
    functions = sorted(dist.glob("chimeflow-function-*.zip"))
    for function in functions:
        with zipfile.ZipFile(function) as files:
            (entry,) = files.infolist()
            assert entry.filename == "bootstrap" and stat.S_IMODE(entry.external_attr >> 16) == 0o755, entry
            print(f"{function.name}: bootstrap, {function.stat().st_size / 1e6:.2f} MB")
    assert programs, f"nothing in {dist} is for this machine"
    print(f"{len(programs)} passed, 0 failed")


def try_program(kind, command, folder):
    """Good rules, rules that fail their example, and a file that is not there: exit codes and reports come through."""
    for name, text, code, says in [
        ("good.toml", RULES % "a grey heron", 0, "fine"),
        ("bad.toml", RULES % "a sparrow", 1, "should find something in this"),
        ("missing.toml", None, 2, "could not read"),
    ]:
        if text:
            (folder / name).write_text(text)
        done = subprocess.run([*command, "check", name], cwd=folder, capture_output=True, text=True, encoding="utf-8")
        told = done.stdout + done.stderr
        assert done.returncode == code and says in told, f"{kind}, {name}: exit code {done.returncode}\n{told}"
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{kind}: {version}")


def check_sums(dist):
    for line in (dist / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((dist / name).read_bytes()).hexdigest() == digest, name


def wheel(dist, folder):
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--find-links", dist, "chimeflow"]
    if subprocess.run(install).returncode == 0:
        return "wheel", [python.parent / ("chimeflow.exe" if os.name == "nt" else "chimeflow")]


def npm(dist, folder):
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    cpu = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
    musl = "-musl" if system == "linux" and not platform.libc_ver()[0] else ""
    packages = [*dist.glob(f"chimeflow-{system}-{cpu}{musl}-*.tgz"), *(file for file in dist.glob("chimeflow-[0-9]*.tgz"))]
    if len(packages) == 2 and (npm := shutil.which("npm")):
        (folder / "package.json").write_text(json.dumps({"name": "chat", "private": True}))
        # The packages for other machines are in no registry yet.
        subprocess.run([npm, "install", "--silent", "--offline", *packages], cwd=folder, check=True)
        return "npm", [shutil.which("npx"), "--prefix", folder, "chimeflow"]


def archive(dist, folder):
    machine = {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    system = {"Linux": "unknown-linux-gnu", "Darwin": "apple-darwin", "Windows": "pc-windows-msvc"}[platform.system()]
    for file in dist.glob(f"chimeflow-*-{machine}-{system}.*"):
        if file.suffix == ".zip":
            zipfile.ZipFile(file).extractall(folder)
        else:
            tarfile.open(file).extractall(folder, filter="data")
        unpacked = folder / file.name.removesuffix(".zip").removesuffix(".tar.gz")
        names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
        wanted = {"LICENSE-MIT", "NOTICE", "THIRD-PARTY.txt", "completions/chimeflow.bash", "man/chimeflow.1", "man/chimeflow-check.1"}
        assert wanted <= names, wanted - names
        return "archive", [unpacked / ("chimeflow.exe" if os.name == "nt" else "chimeflow")]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist").resolve())
