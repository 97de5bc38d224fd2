//go:build cgo

package browser

/*
#cgo pkg-config: gio-unix-2.0
#include <stdlib.h>
#include <unistd.h>
#include <gio/gdesktopappinfo.h>

// The program outlives Partner Desk.
static void leave(gpointer none) { setsid(); }

static void note(GDesktopAppInfo *app, GPid pid, gpointer noted) { *(GPid *)noted = pid; }

// Starts the default program for links of a scheme. Returns its process, 0 when
// it was asked over D-Bus, and -1 when there is none or it can't be started.
static GPid handle(char *scheme, char *link) {
	GAppInfo *app = g_app_info_get_default_for_uri_scheme(scheme);
	if (app == NULL) return -1;
	GPid pid = 0;
	GList links = {link, NULL, NULL};
	if (!G_IS_DESKTOP_APP_INFO(app) ||
		!g_desktop_app_info_launch_uris_as_manager(G_DESKTOP_APP_INFO(app), &links, NULL,
			G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, leave, NULL, note, &pid, NULL)) {
		pid = -1;
	}
	g_object_unref(app);
	return pid;
}
*/
import "C"

import (
	"errors"
	"net/url"
	"syscall"
	"unsafe"
)

// handler starts the program that the desktop's settings name for link, as the
// desktop's own programs do, and returns what waits for its end; nil when there
// is none. Unlike xdg-open it is no shell script that looks for its way.
func handler(link string) (wait func() error) {
	u, err := url.Parse(link)
	if err != nil {
		return nil
	}
	scheme, text := C.CString(u.Scheme), C.CString(link)
	defer C.free(unsafe.Pointer(scheme))
	defer C.free(unsafe.Pointer(text))
	switch pid := C.handle(scheme, text); pid {
	case -1:
		return nil
	case 0:
		return func() error { return nil }
	default:
		return func() error { return ended(int(pid)) }
	}
}

// ended waits for the end of a process that was started here.
func ended(pid int) error {
	var status syscall.WaitStatus
	for {
		_, err := syscall.Wait4(pid, &status, 0, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return err
		case status.ExitStatus() != 0:
			return errors.New("the program failed")
		default:
			return nil
		}
	}
}
