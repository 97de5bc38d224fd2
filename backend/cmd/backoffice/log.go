package main

import (
	"io"
	"log/slog"
)

// newLog makes the log that --log-format and --log-level ask for.
func newLog(f *flags, w io.Writer, format, level string) (*slog.Logger, error) {
	var least slog.Level
	switch level {
	case "debug":
		least = slog.LevelDebug
	case "info":
		least = slog.LevelInfo
	case "warn":
		least = slog.LevelWarn
	case "error":
		least = slog.LevelError
	default:
		return nil, f.wrong("log-level", "must be debug, info, warn or error.")
	}
	o := &slog.HandlerOptions{Level: least}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, f.wrong("log-format", "must be text or json.")
}
