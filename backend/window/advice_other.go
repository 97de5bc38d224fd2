//go:build !linux && !windows

package window

const emptyPageAdvice = "Close Partner Desk and start it again. If it stays empty, restart the computer."
