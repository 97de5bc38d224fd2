package window

const emptyPageAdvice = "Often the graphics driver is the reason. Close Partner Desk and start it from a terminal with:\n\n" +
	"WEBKIT_DISABLE_DMABUF_RENDERER=1 partner-desk\n\n" +
	"If it stays empty, update the package libwebkit2gtk-4.1-0 (webkit2gtk4.1 on Fedora)."
