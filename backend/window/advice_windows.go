package window

const emptyPageAdvice = "Close Partner Desk, repair “Microsoft Edge WebView2 Runtime” in the system's list of installed apps, " +
	"and start it again."
