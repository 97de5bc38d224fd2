"""Installs, upgrades and removes the Back Office in the same Debian."""

import subprocess

from look import silent
from root import contents

SETTINGS, DATA = "etc/backoffice.env", "var/lib/backoffice"


def run(root, folder, check):
    older, new = (next((folder / name).glob("backoffice_*.deb")) for name in ("older", "new"))
    bare = root.files()
    root.install(older)
    check("the server is installed and says its version", said_version(root) == version(older))
    check("its settings are root's alone", (root.path / SETTINGS).stat().st_mode & 0o777 == 0o600)
    silent(check, "its unit is valid", "systemd-analyze", "verify", "--man=no", f"--root={root.path}", "backoffice.service")

    # As the unit does: the folder is the service's user's.
    root.run("install", "-d", "-o", "backoffice", "-g", "backoffice", "-m", "700", f"/{DATA}")
    office = ["runuser", "-u", "backoffice", "--", "backoffice", "partner"]
    add = ["add", "--data", f"/{DATA}", "--username", "ada@agency.example", "--name", "Ada's Agency"]
    root.run(*office, *add, input="correct horse battery staple 9\n")
    with open(root.path / SETTINGS, "a") as settings:
        settings.write("BACKOFFICE_NAME=Ours\n")
    kept, said = contents(root.path / DATA), (root.path / SETTINGS).read_text()

    root.install(new)
    check("the upgrade says the new version", said_version(root) == version(new))
    check("the upgrade touches no data", kept == contents(root.path / DATA))
    check("and no settings", said == (root.path / SETTINGS).read_text())
    listed = root.run(*office, "list", "--data", f"/{DATA}").stdout
    check("the new version has the partner", "ada@agency.example" in listed)

    kept = contents(root.path / DATA)
    root.run("apt-get", "remove", "-y", "-q", "backoffice")
    check("removing keeps the settings", (root.path / SETTINGS).read_text() == said)
    root.run("dpkg", "--purge", "backoffice")
    check("purging removes them", not (root.path / SETTINGS).exists())
    # A web view that the desk's test started may still write to the user's home.
    left = {path for path in root.files() - bare if not path.startswith((DATA, "root/"))}
    accounts = {f"etc/{name}{old}" for name in ("passwd", "shadow", "group", "gshadow", "subuid", "subgid") for old in ("", "-")}
    if not check("nothing is left but the data and the accounts", left <= accounts and not bare - root.files()):
        print(left, bare - root.files())
    check("the data is as it was", contents(root.path / DATA) == kept)


def said_version(root):
    return root.run("backoffice", "version").stdout.strip().removeprefix("backoffice ")


def version(package):
    return package.name.split("_")[1].split("-")[0]
