//go:build !bindings

package window

import (
	"errors"
	"fmt"

	"github.com/wailsapp/go-webview2/webviewloader"
)

const (
	// oldestWebView is what Wails asks for.
	oldestWebView = "94.0.992.31"

	getWebView = "Get the “Evergreen Bootstrapper” from https://developer.microsoft.com/microsoft-edge/webview2 and run it, " +
		"or ask whoever looks after this computer. Then start Partner Desk again"
)

// CheckWebView says what to install when nothing can draw the window. It looks
// as Wails does, which would offer to download a program and run it; the
// installer has tried that already.
func CheckWebView() error {
	version, err := webviewloader.GetAvailableCoreWebView2BrowserVersionString("")
	if err != nil {
		return fmt.Errorf("look for Microsoft Edge WebView2: %w", err)
	}
	if version == "" {
		return errors.New("what draws its window is not installed: Microsoft Edge WebView2 Runtime. " + getWebView)
	}
	order, err := webviewloader.CompareBrowserVersions(version, oldestWebView)
	if err != nil {
		return fmt.Errorf("read the version of Microsoft Edge WebView2: %w", err)
	}
	if order < 0 {
		return fmt.Errorf("what draws its window is too old: Microsoft Edge WebView2 Runtime %s, where it takes %s. "+getWebView, version, oldestWebView)
	}
	return nil
}
