"""Looks at the packages for Linux, and installs them in a Debian of their own.

Run by `go run ./build test -only packages`, as root and in a mount namespace of its
own. It is told where the packages are (PARTNER_DESK_PACKAGES: the folders older, new,
again and sbom) and what gives it a display, a bus and a keyring (PARTNER_DESK_SESSION).
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "window_test"))

from steps import Checks  # noqa: E402  (it is in the folder beside)


def inside():
    """The test itself, inside its session."""
    import desk
    import look
    import rpms
    import server
    from root import Root

    folder = Path(os.environ["PARTNER_DESK_PACKAGES"])
    check, root = Checks(), Root(folder / "root")
    scenarios = [
        lambda: look.alike(folder, check),
        lambda: look.lint(folder / "new", check),
        lambda: look.sbom(folder / "sbom", check),
        lambda: rpms.run(folder, check),
        lambda: made.result(),
        lambda: root.open(),
        lambda: desk.without_webkit(root, folder, check),
        lambda: desk.run(root, folder, check),
        lambda: server.run(root, folder, check),
    ]
    with ThreadPoolExecutor() as pool:
        made = pool.submit(root.make)
        for scenario in scenarios:
            try:
                scenario()
            except Exception:  # the others are tried all the same
                check.broke_off("the scenario runs to its end")
    return check.close()


def outside():
    """Starts the session that the test runs in."""
    command = [os.environ["PARTNER_DESK_SESSION"], "session", "--", sys.executable, "-B", __file__]
    return subprocess.run(command, env={**os.environ, "PARTNER_DESK_IN_SESSION": "1"}).returncode


if __name__ == "__main__":
    sys.exit(inside() if "PARTNER_DESK_IN_SESSION" in os.environ else outside())
