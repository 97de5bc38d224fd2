package exporting

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
)

// Replica is the local database, as far as an export needs it.
type Replica interface {
	Matching(ctx context.Context, of customer.Selection) ([]string, error)
	Customers(ctx context.Context, ids []string) ([]customer.Customer, error)
}

// Options are what an Exporter is made of. All are required.
type Options struct {
	Replica Replica
	OnState func() // called when State says something new; must not block
	Clock   func() time.Time
	Logger  *slog.Logger
}

// Phase says how far an export is.
type Phase string

// The phases. A stopped export left no file.
const (
	None    Phase = "none"
	Running Phase = "running"
	Stopped Phase = "stopped"
	Done    Phase = "done"
)

// State is where the latest export stands.
type State struct {
	Phase   Phase           `json:"phase"`
	Path    string          `json:"path"`
	Done    int             `json:"done"`
	Total   int             `json:"total"`
	Problem *customer.Error `json:"problem"` // why it stopped; nil when it was told to
}

// Request says what to export, and where to.
type Request struct {
	Selection customer.Selection `json:"selection"`
	Path      string             `json:"-"` // asked of the user, never taken from the page
	// Kind and Separator are those of the file; the separator counts for CSV.
	Kind      spreadsheet.Kind `json:"kind"`
	Separator string           `json:"separator"`
	Columns   []string         `json:"columns"` // fields, in the order wanted
}

// Check returns what is wrong with the request, by field: columns, kind or separator.
func (r Request) Check() error {
	if r.Kind != spreadsheet.CSV && r.Kind != spreadsheet.XLSX {
		return customer.FailField(customer.Invalid, "kind", "Choose CSV or Excel.")
	}
	if r.Separator != "" && r.Separator != "," && r.Separator != ";" && r.Separator != "\t" {
		return customer.FailField(customer.Invalid, "separator", "Choose a comma, a semicolon or a tab.")
	}
	_, err := chosen(r.Columns)
	return err
}

// Exporter writes one file at a time. It is safe for concurrent use.
type Exporter struct {
	o      Options
	mu     sync.Mutex
	state  State
	cancel context.CancelFunc // of the export under way; nil: none
	ended  chan struct{}
	told   time.Time
}

// New makes an Exporter.
func New(o Options) *Exporter { return &Exporter{o: o, state: State{Phase: None}} }

// State says where the latest export stands.
func (e *Exporter) State() State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state
}

const minReport = 100 * time.Millisecond

func (e *Exporter) tell(change func(*State)) {
	e.mu.Lock()
	phase := e.state.Phase
	change(&e.state)
	now := e.o.Clock()
	news := phase != e.state.Phase || now.Sub(e.told) >= minReport || now.Before(e.told)
	if news {
		e.told = now
	}
	e.mu.Unlock()
	if news {
		e.o.OnState()
	}
}

// Start begins an export, which goes on by itself; State tells how far it is.
// Invalid or Required when the request can't be met, Busy while another runs.
func (e *Exporter) Start(r Request) (State, error) {
	if err := r.Check(); err != nil {
		return State{}, err
	}
	columns, err := chosen(r.Columns)
	if err != nil {
		return State{}, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.cancel != nil {
		return State{}, customer.Fail(customer.Busy, "Another export is under way. Wait for it, or cancel it.")
	}
	ctx, cancel := context.WithCancel(context.Background())
	e.cancel, e.ended = cancel, make(chan struct{})
	e.state = State{Phase: Running, Path: r.Path}
	go e.run(ctx, r, columns, e.ended)
	return e.state, nil
}

func (e *Exporter) run(ctx context.Context, r Request, columns []column, ended chan struct{}) {
	defer close(ended)
	err := e.write(ctx, r, columns)
	phase, problem := Done, (*customer.Error)(nil)
	if err != nil {
		phase = Stopped
		if ctx.Err() == nil && !errors.As(err, &problem) {
			e.o.Logger.Error("export customers", "error", err)
			problem = customer.Fail(customer.Internal, "Something went wrong. The log has the details.")
		}
	}
	e.tell(func(s *State) {
		s.Phase, s.Problem = phase, problem
		e.cancel()
		e.cancel = nil
	})
}

// chunk is how many customers are read at a time.
const chunk = 1000

func (e *Exporter) write(ctx context.Context, r Request, columns []column) (err error) {
	ids, err := e.o.Replica.Matching(ctx, r.Selection)
	if err != nil {
		return err
	}
	e.tell(func(s *State) { s.Total = len(ids) })
	file, err := spreadsheet.Create(r.Path, spreadsheet.Format{Kind: r.Kind, Encoding: spreadsheet.UTF8Mark, Separator: r.Separator})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.title
	}
	if err := file.Write(cells); err != nil {
		return err
	}
	for at := 0; at < len(ids); at += chunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		customers, err := e.o.Replica.Customers(ctx, ids[at:min(at+chunk, len(ids))])
		if err != nil {
			return err
		}
		for _, one := range customers {
			for i, c := range columns {
				cells[i] = c.of(one)
			}
			if err := file.Write(cells); err != nil {
				return err
			}
		}
		e.tell(func(s *State) { s.Done = min(at+chunk, len(ids)) })
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return file.Finish()
}

// Cancel ends the export under way, if any, and returns when it has ended.
func (e *Exporter) Cancel() {
	e.mu.Lock()
	cancel, ended := e.cancel, e.ended
	e.mu.Unlock()
	if cancel != nil {
		cancel()
		<-ended
	}
}
