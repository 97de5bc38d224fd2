package soak

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"partnerdesk/backend/backoffice/api"
)

// journal keeps what reached a Back Office and what it answered, beside its
// database, and which events each call or act made. It is written past the
// product, line by line, so that a kill at any moment leaves it true.
type journal struct {
	file *os.File
	look *sql.DB
}

// line is a line of the journal: the beginning of something, its end, or the
// opening of the Back Office.
type line struct {
	What      string                 `json:"what"` // "begin", "end" or "open"
	Step      int                    `json:"step"`
	LastEvent int64                  `json:"last_event"` // id of the newest event at that moment
	Do        string                 `json:"do"`         // an act, or the method and path of a call
	Mutations *api.MutationsRequest  `json:"mutations,omitempty"`
	Status    int                    `json:"status,omitempty"`
	Results   *api.MutationsResponse `json:"results,omitempty"`
	Done      bool                   `json:"done,omitempty"` // an act that succeeded
}

const journalName = "journal.jsonl"

func openJournal(ctx context.Context, look *sql.DB, dir string) (*journal, error) {
	f, err := os.OpenFile(filepath.Join(dir, journalName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	j := &journal{f, look}
	return j, j.write(ctx, line{What: "open"})
}

func (j *journal) close() error { return j.file.Close() }

func (j *journal) write(ctx context.Context, l line) error {
	if err := j.look.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM events").Scan(&l.LastEvent); err != nil {
		return fmt.Errorf("look at the events: %w", err)
	}
	text, err := json.Marshal(l)
	if err == nil {
		_, err = j.file.Write(append(text, '\n'))
	}
	return err
}

func (j *journal) act(ctx context.Context, c *child, cmd command, act func() error) error {
	l := line{What: "begin", Step: int(c.step.Load()), Do: cmd.Do}
	if err := j.write(ctx, l); err != nil {
		return err
	}
	err := act()
	l.What, l.Done = "end", err == nil
	return errors.Join(err, j.write(context.WithoutCancel(ctx), l))
}

// serve passes a call on, with a note before and after.
func (j *journal) serve(next http.Handler, c *child, w http.ResponseWriter, r *http.Request) {
	l := line{What: "begin", Step: int(c.step.Load()), Do: r.Method + " " + r.URL.Path}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client died sending it
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if r.URL.Path == "/api/v1/mutations" {
		l.Mutations = &api.MutationsRequest{}
		if err := json.Unmarshal(body, l.Mutations); err != nil {
			panic(err)
		}
	}
	ctx := context.WithoutCancel(r.Context())
	if err := j.write(ctx, l); err != nil {
		panic(err)
	}
	answer := httptest.NewRecorder()
	next.ServeHTTP(answer, r)
	l.What, l.Status, l.Mutations = "end", answer.Code, nil
	if r.URL.Path == "/api/v1/mutations" && answer.Code == http.StatusOK {
		l.Results = &api.MutationsResponse{}
		if err := json.Unmarshal(answer.Body.Bytes(), l.Results); err != nil {
			panic(err)
		}
	}
	if err := j.write(ctx, l); err != nil {
		panic(err)
	}
	if c.replying.Load() {
		die()
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // the client may be gone
}

// deed is a call or an act with the events it can have made: those after First
// up to Last.
type deed struct {
	line
	First, Last int64
	Answered    bool
}

// readJournal returns the deeds in their order, and the newest event before
// the first.
func readJournal(dir string) (deeds []deed, begins int64, err error) {
	f, err := os.Open(filepath.Join(dir, journalName))
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = f.Close() }()
	in := bufio.NewReader(f)
	open := false
	for first := true; ; first = false {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return deeds, begins, nil // a line without an end was never written whole
		}
		var l line
		if err == nil {
			err = json.Unmarshal(text, &l)
		}
		if err != nil {
			return nil, 0, fmt.Errorf("read the journal: %w", err)
		}
		if first {
			begins = l.LastEvent
		}
		if open { // it ended, or the Back Office died over it
			d := &deeds[len(deeds)-1]
			d.Last, d.Answered = l.LastEvent, l.What == "end"
			d.Status, d.Results, d.Done = l.Status, l.Results, l.Done
			open = false
		}
		if l.What == "begin" {
			deeds = append(deeds, deed{line: l, First: l.LastEvent})
			open = true
		}
	}
}
