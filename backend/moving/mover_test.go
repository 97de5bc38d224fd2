package moving_test

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strconv"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/moving"
)

// The whole way between two Back Offices is tested in backend/workspace; here is
// what only a Back Office of another make would answer.

// people is a place that n customers come from.
type people int

func (p people) Count(context.Context) (int, error) { return int(p), nil }

func (p people) Accounts(_ context.Context, after string, limit int) ([]api.MovedAccount, error) {
	from, _ := strconv.Atoi(after)
	var page []api.MovedAccount
	for i := from + 1; i <= int(p) && len(page) < limit; i++ {
		page = append(page, api.MovedAccount{Customer: customer.Customer{ID: strconv.Itoa(i), FirstName: "Anna", LastName: "Jansen"}})
	}
	return page, nil
}

func (people) Events(context.Context, string, int64) ([]customer.Event, bool, error) {
	return nil, true, nil // a history without end
}

// office answers as it is told.
type office struct {
	answer func(api.MovedAccount) api.MoveResult
	err    func(api.MoveRequest) error
}

func (office) SignIn(context.Context, string, string) (api.Session, error) { return api.Session{}, nil }

func (office) Changes(context.Context, string, int, time.Duration) (api.Changes, error) {
	return api.Changes{Epoch: "one"}, nil
}

func (o office) Move(_ context.Context, r api.MoveRequest) (out api.MoveResponse, err error) {
	if o.err != nil {
		if err := o.err(r); err != nil {
			return out, err
		}
	}
	for _, a := range r.Accounts {
		out.Results = append(out.Results, o.answer(a))
	}
	return out, nil
}

func takes(a api.MovedAccount) api.MoveResult {
	return api.MoveResult{CustomerID: a.Customer.ID, Outcome: api.Moved}
}

type bench struct {
	*moving.Mover
	kept    []moving.Progress
	refused []moving.Refused
	told    []moving.Phase
}

// mover makes a move on a clock that stands still.
func mover(t *testing.T, from moving.Source, keep func(moving.Progress) error) *bench {
	t.Helper()
	b := &bench{}
	now := time.UnixMilli(1_800_000_000_000)
	b.Mover = moving.New(moving.Options{
		Source: from,
		Keep: func(p moving.Progress) error {
			if err := keep(p); err != nil {
				return err
			}
			b.kept = append(b.kept, p)
			return nil
		},
		Refuse: func(epoch string, refused []moving.Refused) error {
			if epoch == "" {
				t.Error("refused in no epoch")
			}
			b.refused = append(b.refused, refused...)
			return nil
		},
		OnState: func() { b.told = append(b.told, b.State().Phase) },
		Clock:   func() time.Time { return now },
		Random:  func() float64 { return 0 },
		Logger:  slog.New(slog.DiscardHandler),
	}, moving.Begin("https://desk.example", "ann@wheels.example", false))
	return b
}

func fine(moving.Progress) error { return nil }

func (b *bench) run(t *testing.T, to moving.Target) moving.State {
	t.Helper()
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.Run(t.Context(), to, "secret")
	return b.State()
}

// kinds comes as one customer of each kind.
type kinds struct{ people }

func (kinds) Accounts(_ context.Context, after string, _ int) ([]api.MovedAccount, error) {
	var page []api.MovedAccount
	for i, c := range []customer.Customer{
		{Status: customer.PendingActivate}, {Status: customer.Activated}, {Status: customer.Locked},
		{Status: customer.Activated, Facts: customer.Facts{HasPassword: true}},
	} {
		if c.ID = strconv.Itoa(i + 1); c.ID > after {
			page = append(page, api.MovedAccount{Customer: c})
		}
	}
	return page, nil
}

func TestItCountsWhoNeedsALink(t *testing.T) {
	t.Parallel()
	b := mover(t, kinds{4}, fine)
	if s := b.run(t, office{answer: takes}); s.Moved != 4 || s.Pending != 2 {
		t.Errorf("state %+v", s)
	}
}

func TestItTellsOfNumbersNowAndThenOnly(t *testing.T) {
	t.Parallel()
	b := mover(t, people(1000), fine)
	if s := b.run(t, office{answer: takes}); s.Phase != moving.Done || s.Moved != 1000 || s.Total != 1000 {
		t.Errorf("state %+v", s)
	}
	if len(b.told) != 2 || b.told[0] != moving.Running || b.told[1] != moving.Done {
		t.Errorf("told %v", b.told)
	}
	if len(b.kept) != 22 { // when it begins, after each page, and when it is done
		t.Errorf("kept %d times", len(b.kept))
	}
}

func TestOnlyTheFirstHundredAreNamed(t *testing.T) {
	t.Parallel()
	b := mover(t, people(150), fine)
	s := b.run(t, office{answer: func(a api.MovedAccount) api.MoveResult {
		return api.MoveResult{CustomerID: a.Customer.ID, Outcome: api.Refused, Error: &customer.Error{
			Code: customer.Invalid, Message: "Some fields need another look.",
			Fields: []customer.Error{{Field: "phone", Message: "Too long."}, {Field: "city", Message: "Too odd."}},
		}}
	}})
	if s.Phase != moving.Done || s.RefusedTotal != 150 || len(s.Refused) != 100 || s.Moved != 0 {
		t.Errorf("state %+v", s)
	}
	if len(b.refused) != 150 || !reflect.DeepEqual(b.refused[:100], s.Refused) {
		t.Errorf("%d refused in all", len(b.refused))
	}
	if want := (moving.Refused{CustomerID: "1", Name: "Anna Jansen", Message: "Too long. Too odd."}); s.Refused[0] != want {
		t.Errorf("refused %+v", s.Refused[0])
	}
}

// TestWhatIsWrongWithAWholeRequestIsFoundOneByOne: the others move.
func TestWhatIsWrongWithAWholeRequestIsFoundOneByOne(t *testing.T) {
	t.Parallel()
	b := mover(t, people(60), fine)
	s := b.run(t, office{answer: takes, err: func(r api.MoveRequest) error {
		for _, a := range r.Accounts {
			if a.Customer.ID == "7" {
				return customer.FailField(customer.Invalid, "accounts[0].customer", "This is odd.")
			}
		}
		return nil
	}})
	if s.Phase != moving.Done || s.Moved != 59 || len(s.Refused) != 1 || s.Refused[0].CustomerID != "7" || s.Refused[0].Message != "This is odd." {
		t.Errorf("state %+v", s)
	}
}

// endless is a place with one customer whose history does not end.
type endless struct{ people }

func (e endless) Accounts(ctx context.Context, after string, limit int) ([]api.MovedAccount, error) {
	page, err := e.people.Accounts(ctx, after, limit)
	for i := range page {
		page[i].More = true
	}
	return page, err
}

func TestWhatStopsAMove(t *testing.T) {
	t.Parallel()
	disk := customer.Fail(customer.Storage, "The disk is full.")
	full := func(p moving.Progress) error {
		if p.Phase == moving.Done || p.Moved > 0 {
			return disk
		}
		return nil
	}
	refuse := func(code customer.Code) office {
		return office{answer: takes, err: func(api.MoveRequest) error { return customer.Fail(code, "No.") }}
	}
	for name, test := range map[string]struct {
		from moving.Source
		to   office
		keep func(moving.Progress) error
		code customer.Code
	}{
		"a full disk here":             {people(3), office{answer: takes}, full, customer.Storage},
		"a full disk at the end":       {people(0), office{answer: takes}, full, customer.Storage},
		"a full disk there":            {people(3), refuse(customer.Storage), fine, customer.Storage},
		"not allowed":                  {people(3), refuse(customer.Forbidden), fine, customer.Forbidden},
		"no such call":                 {people(3), refuse(customer.NotFound), fine, customer.NotFound},
		"a bug there":                  {people(3), refuse(customer.Internal), fine, customer.Internal},
		"another certificate":          {people(3), refuse(customer.Untrusted), fine, customer.Untrusted},
		"a sign-in that never lasts":   {people(3), refuse(customer.Unauthorized), fine, customer.Unauthorized},
		"a history that goes nowhere":  {endless{1}, office{answer: takes}, fine, customer.Internal},
		"something else in the client": {people(3), office{answer: takes, err: func(api.MoveRequest) error { return errors.New("odd") }}, fine, customer.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := mover(t, test.from, test.keep)
			s := b.run(t, test.to)
			if s.Phase != moving.Stopped || s.Problem == nil || s.Problem.Code != test.code || s.Moved != 0 {
				t.Errorf("state %+v, %v", s, s.Problem)
			}
		})
	}
}

func TestAMoveThatWasCutOffStandsAsStopped(t *testing.T) {
	t.Parallel()
	p := moving.Begin("https://desk.example", "ann@wheels.example", true)
	p.Phase, p.Problem, p.Refused = moving.Running, customer.Fail(customer.Offline, "Away."), nil
	if s := moving.New(moving.Options{}, p).State(); s.Phase != moving.Stopped || s.Problem != nil || s.Refused == nil {
		t.Errorf("state %+v", s)
	}
}
