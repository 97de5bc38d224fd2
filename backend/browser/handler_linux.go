//go:build cgo

package browser

/*
#cgo pkg-config: gio-unix-2.0
#include <stdlib.h>
#include <gio/gdesktopappinfo.h>

// Returns how the default program for links of a scheme is called, as a
// NULL-terminated list for g_strfreev, or NULL when there is none that can be
// started by itself.
static char **calling(char *scheme) {
	GAppInfo *app = g_app_info_get_default_for_uri_scheme(scheme);
	if (app == NULL) return NULL;
	char **words = NULL;
	const char *line = g_app_info_get_commandline(app);
	if (line != NULL && G_IS_DESKTOP_APP_INFO(app) &&
		!g_desktop_app_info_get_boolean(G_DESKTOP_APP_INFO(app), "DBusActivatable") &&
		!g_desktop_app_info_get_boolean(G_DESKTOP_APP_INFO(app), "Terminal")) {
		g_shell_parse_argv(line, NULL, &words, NULL);
	}
	g_object_unref(app);
	return words;
}
*/
import "C"

import (
	"net/url"
	"strings"
	"unsafe"
)

// handler returns the program that the desktop's settings name for link and its
// arguments, or none: then xdg-open, a shell script that may know more, looks for one.
func handler(link string) []string {
	u, err := url.Parse(link)
	if err != nil {
		return nil
	}
	scheme := C.CString(u.Scheme)
	defer C.free(unsafe.Pointer(scheme))
	words := C.calling(scheme)
	if words == nil {
		return nil
	}
	defer C.g_strfreev(words)
	var args []string
	for at := words; *at != nil; at = (**C.char)(unsafe.Add(unsafe.Pointer(at), unsafe.Sizeof(*at))) {
		args = append(args, C.GoString(*at))
	}
	return withLink(args, link)
}

// withLink puts a link where a program's Exec key wants it (Desktop Entry
// Specification, "The Exec key"). A program that takes none has nothing to open.
func withLink(exec []string, link string) (args []string) {
	codes := strings.NewReplacer("%%", "%", "%u", link, "%U", link, "%f", link, "%F", link, "%i", "", "%c", "", "%k", "")
	taken := false
	for _, word := range exec {
		arg := codes.Replace(word)
		taken = taken || strings.Contains(arg, link)
		if arg != "" || word == "" {
			args = append(args, arg)
		}
	}
	if !taken {
		return nil
	}
	return args
}
