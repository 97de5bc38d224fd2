"""Looks at the .rpm with rpm's own tools, and installs it in a folder. There is no Fedora here to run it."""

import subprocess


def rpm(*words):
    return subprocess.run(["rpm", *words], check=True, capture_output=True, text=True).stdout


def run(folder, check):
    desk, server = (next((folder / "new").glob(f"{name}-*.rpm")) for name in ("partner-desk", "backoffice"))
    for package in (desk, server):
        check(f"rpm says that {package.name} is whole", "digests OK" in rpm("-K", package))
    wanted = rpm("-qpR", desk).split("\n")
    for library in ("libgtk-3.so.0()(64bit)", "libwebkit2gtk-4.1.so.0()(64bit)", "libc.so.6(GLIBC_2.34)(64bit)"):
        check(f"the .rpm requires {library}", library in wanted)
    check("the .rpm says that it opens the links", "mimehandler(x-scheme-handler/partnerdesk)" in rpm("-qp", "--provides", desk))
    check("the .rpm of the server requires no library", ".so" not in rpm("-qpR", server))
    for package in (desk, server):
        comes_and_goes(folder, package, check)


def comes_and_goes(folder, package, check):
    """Installs the older version, upgrades and removes it."""
    name = package.name.rsplit("-", 2)[0]
    root = folder / f"rpm-{name}"
    older = next((folder / "older").glob(f"{name}-*.rpm"))
    at = ["--root", root, "--nodeps", "--noscripts", "--nosignature", "--dbpath", "/var/lib/rpm"]
    rpm(*at, "--install", older)
    if name == "backoffice":
        settings = root / "etc" / "backoffice.env"
        settings.write_text("BACKOFFICE_NAME=Ours\n")
    rpm(*at, "--upgrade", package)
    listed = {line for line in rpm("-qpl", package).split("\n") if line and not (root / line[1:]).is_dir()}
    check(f"{name}: the .rpm upgrades, and its files are there", all((root / line[1:]).is_file() for line in listed))
    if name == "backoffice":
        check("backoffice: the .rpm's upgrade keeps the settings", settings.read_text() == "BACKOFFICE_NAME=Ours\n")
    rpm(*at, "--erase", name)
    left = [str(path) for path in root.rglob("*") if path.is_file() and not path.is_relative_to(root / "var" / "lib" / "rpm")]
    kept = [str(root / "etc" / "backoffice.env.rpmsave")] if name == "backoffice" else []
    if not check(f"{name}: the .rpm leaves nothing but changed settings", left == kept):
        print(left)
