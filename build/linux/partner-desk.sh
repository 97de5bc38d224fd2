#!/bin/sh
# Starts Partner Desk. What its window is made of comes from the system; when
# that is missing, the program could not even start to say so.

here=$(dirname -- "$(readlink -f -- "$0")")
for program in "$here/../libexec/partner-desk" "$here/libexec/partner-desk"; do
	[ -x "$program" ] && break
done

# ldd says "NAME => not found", and of a system that is too old "version `NAME' not found".
missing=$(LC_ALL=C ldd "$program" 2>&1 |
	sed -n "s/^[[:space:]]*\([^ ]*\) => not found.*/\1/p; s/.*version [^A-Z]*\([^ ']*\)' not found.*/\1/p" |
	sort -u | paste -s -d ' ' -)
if [ -z "$missing" ]; then
	exec "$program" "$@"
fi

data=${PARTNER_DESK_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/partner-desk}
log=$data/logs/partner-desk.log
text="Partner Desk could not start: this computer lacks $missing.

Install what its window is made of:
  Debian, Ubuntu:  sudo apt install libwebkit2gtk-4.1-0
  Fedora:  sudo dnf install webkit2gtk4.1
  openSUSE:  sudo zypper install libwebkit2gtk-4_1-0

Systems older than Debian 12, Ubuntu 22.04 and Fedora 36 don't have it.

Its log is $log"

printf '%s\n' "$text" >&2
(umask 077 && mkdir -p "$data/logs" && printf '%s %s\n' "$(date -Is)" "$text" >>"$log") 2>/dev/null
if [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
	if command -v zenity >/dev/null; then
		zenity --error --no-markup --title='Partner Desk' --text="$text"
	elif command -v kdialog >/dev/null; then
		kdialog --title 'Partner Desk' --error "$text"
	elif command -v xmessage >/dev/null; then
		xmessage -center -title 'Partner Desk' "$text"
	fi
fi
exit 1
