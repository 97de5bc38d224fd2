#!/bin/sh
# Stops the service when the program goes, not when a newer one comes.
set -e

case "$1" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl disable --now backoffice.service || : # a masked one can't be disabled
	fi
	;;
esac
