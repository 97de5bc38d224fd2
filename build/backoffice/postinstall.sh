#!/bin/sh
# Makes the service's user, and takes up a new version where it runs.
set -e

if ! getent passwd backoffice >/dev/null; then
	useradd --system --user-group --home-dir /var/lib/backoffice --shell /usr/sbin/nologin backoffice
fi
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	# One that does not come up says why in its journal; the package is there all the same.
	systemctl try-restart backoffice.service || :
fi
