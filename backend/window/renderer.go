package window

import "os"

// AvoidBlankPage switches off, for this process and before its window, a renderer
// with which WebKit on Linux shows nothing on NVIDIA's driver. What the user
// chose stays.
func AvoidBlankPage() { avoidBlankPage("/sys/module/nvidia") }

func avoidBlankPage(driver string) {
	const renderer = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, err := os.Stat(driver); err == nil && os.Getenv(renderer) == "" {
		_ = os.Setenv(renderer, "1")
	}
}
