package trace_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/trace"
)

func TestLinesCarryTheRequest(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(trace.Handler(slog.NewTextHandler(&out, nil))).With("program", "test")
	ctx := trace.Begin(context.Background(), "r1")
	log.InfoContext(ctx, "first")
	trace.Note(ctx, "partner", "p1")
	trace.Note(ctx, "member", "")
	log.InfoContext(ctx, "second")
	log.Info("third")
	trace.Note(context.Background(), "partner", "p2") // no request: nothing happens
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i, want := range []string{
		"msg=first program=test request=r1", "msg=second program=test request=r1 partner=p1", "msg=third program=test",
	} {
		if !strings.HasSuffix(lines[i], want) {
			t.Errorf("%q, want %q", lines[i], want)
		}
	}
}
