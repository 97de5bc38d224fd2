// Package trace follows one request through the log: every line that is
// written with its context carries its id, and the ids of who acts in it once
// they are known. Ids are all it takes in; it must not learn a name, an
// address or a token.
package trace

import (
	"context"
	"log/slog"
	"sync"
)

// request is what is known of a request so far.
type request struct {
	id string

	mu    sync.Mutex
	known []slog.Attr
}

type key struct{}

// Begin returns a context for a request with this id.
func Begin(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, key{}, &request{id: id})
}

// Note adds an id, such as the partner's, to the lines of ctx's request from
// now on. Without a request it does nothing.
func Note(ctx context.Context, name, id string) {
	r, ok := ctx.Value(key{}).(*request)
	if !ok || id == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = append(r.known, slog.String(name, id))
}

// Handler writes by inner, with what is known of the request.
func Handler(inner slog.Handler) slog.Handler { return handler{inner} }

type handler struct{ slog.Handler }

func (h handler) Handle(ctx context.Context, line slog.Record) error {
	if r, ok := ctx.Value(key{}).(*request); ok {
		line = line.Clone()
		line.AddAttrs(slog.String("request", r.id))
		r.mu.Lock()
		line.AddAttrs(r.known...)
		r.mu.Unlock()
	}
	return h.Handler.Handle(ctx, line)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }
