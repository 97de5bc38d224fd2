#!/bin/sh
# The data in /var/lib/backoffice stays, also when the package is purged: it is
# the office's. docs/backoffice.md says how to remove it.
set -e

if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
