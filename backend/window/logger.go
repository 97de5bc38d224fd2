package window

import (
	"log/slog"
	"regexp"
	"strings"
)

// Logger passes the framework's log lines on to slog, less the arguments of
// failed calls, which can hold passwords. It has the methods of Wails's
// logger.Logger.
type Logger struct{ to *slog.Logger }

// NewLogger returns a logger that writes to to.
func NewLogger(to *slog.Logger) Logger { return Logger{to} }

// callArguments is where a call's arguments begin in a line of the framework.
var callArguments = regexp.MustCompile(`"args"\s*:`)

func redact(message string) string {
	if at := callArguments.FindStringIndex(message); at != nil {
		method := ""
		if _, after, found := strings.Cut(message, `"name":"`); found {
			method, _, _ = strings.Cut(after, `"`)
		}
		return "a call from the window failed: " + method
	}
	return message
}

// Print logs at level Info.
func (l Logger) Print(message string) { l.to.Info(redact(message)) }

// Trace drops the line: it holds results of calls.
func (l Logger) Trace(string) {}

// Debug drops the line: it holds messages of the page.
func (l Logger) Debug(string) {}

// Info logs at level Info.
func (l Logger) Info(message string) { l.to.Info(redact(message)) }

// Warning logs at level Warn.
func (l Logger) Warning(message string) { l.to.Warn(redact(message)) }

// Error logs at level Error.
func (l Logger) Error(message string) { l.to.Error(redact(message)) }

// Fatal logs at level Error; the framework ends the program itself.
func (l Logger) Fatal(message string) { l.to.Error(redact(message)) }
