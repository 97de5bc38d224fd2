"""What can be said of the packages without installing them."""

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

from root import contents

BUILD = Path(__file__).parents[1]


def alike(folder, check):
    """Two builds of the same sources are the same bytes, wherever they were made."""
    new, again = contents(folder / "new"), contents(folder / "again")
    for name in sorted(new | again):
        check(f"{name} is the same from another folder", new.get(name) == again.get(name))


def silent(check, what, *command, out=subprocess.PIPE):
    """The command ends well and has nothing to say."""
    done = subprocess.run(command, text=True, stdout=out, stderr=subprocess.PIPE, timeout=120)
    said = (done.stdout or "") + done.stderr
    if not check(what, done.returncode == 0 and not said.strip()):
        print(said)


def lint(folder, check):
    for deb in sorted(folder.glob("*.deb")):
        silent(check, f"lintian finds nothing in {deb.name}", "lintian", "--allow-root", "--fail-on", "error,warning", deb)
    for rpm in sorted(folder.glob("*.rpm")):
        # It only warns of a package that it can't unpack.
        command = ["rpmlint", "-c", BUILD / "linux" / "rpmlint.toml", rpm]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if not check(f"rpmlint finds nothing in {rpm.name}", "0 errors, 0 warnings" in done.stdout and not done.returncode):
            print(done.stdout + done.stderr)
    with tempfile.TemporaryDirectory() as unpacked:
        for deb in folder.glob("*.deb"):
            subprocess.run(["dpkg-deb", "--extract", deb, unpacked], check=True)
        share = Path(unpacked, "usr", "share")
        belonging(share, check)
        for page in sorted(share.glob("man/man1/*")):
            silent(check, f"{page.name} is good for man", "man", "--warnings", "--local-file", page, out=subprocess.DEVNULL)
            silent(check, f"{page.name} is good for mandoc", "mandoc", "-T", "lint", "-W", "all", page)
    for script in sorted(BUILD.glob("*/*.sh")):
        silent(check, f"{script.name} is a good shell script", "shellcheck", script)
    for archive in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            inside = [m for m in tar if not m.name.startswith(archive.name.removesuffix(".tar.gz")) or m.uid or m.gid]
        check(f"{archive.name} unpacks into one folder of nobody's", not inside)


def sbom(folder, check):
    """What each program and the page are made of, as CycloneDX says it."""
    named = {"partner-desk-page": "svelte", "partner-desk": "github.com/wailsapp/wails/v2", "backoffice": "modernc.org/sqlite"}
    files = {file.name.rsplit("-", 1)[0]: json.loads(file.read_text()) for file in folder.glob("*.cdx.json")}
    parts = {name: {part["name"] for part in bom["components"]} for name, bom in files.items() if bom["bomFormat"] == "CycloneDX"}
    for name, part in named.items():
        check(f"the SBOM of {name} names {part}", part in parts.get(name, ()))
    check("the Back Office is not made of Wails", named["partner-desk"] not in parts["backoffice"])


def belonging(share, check):
    """Menu entry, software centre and icons."""
    silent(check, "the desktop entry is valid", "desktop-file-validate", *share.glob("applications/*.desktop"))
    metainfo = next(share.glob("metainfo/*.xml"))
    done = subprocess.run(["appstreamcli", "validate", "--no-net", metainfo], capture_output=True, text=True)
    if not check("the AppStream metainfo is valid", done.returncode == 0 and "W:" not in done.stdout):
        print(done.stdout)
    pictures = [Path(part.split("</image>")[0]).name for part in metainfo.read_text().split("<image>")[1:]]
    there = [(BUILD.parent / "docs" / "screenshots" / name).is_file() for name in pictures]
    check("its screenshots are in docs/screenshots", there and all(there))
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        icon = (share / f"icons/hicolor/{size}x{size}/apps/partner-desk.png").read_bytes()
        width, height = (int.from_bytes(icon[at : at + 4], "big") for at in (16, 20))  # PNG, section 11.2.2
        check(f"the icon of {size} pixels has that size", (width, height) == (size, size))
