package soak

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/customer"
)

// childVariable makes the test binary a child: a desk or a Back Office, as it
// is told line by line.
const childVariable = "PARTNER_DESK_SOAK_CHILD"

// child is a process that plays a desk or a Back Office.
type child struct {
	now   atomic.Int64 // Unix milliseconds
	step  atomic.Int64
	calls atomic.Int64
	// replying makes a Back Office die before its next answer.
	replying atomic.Bool
	desk     *deskRole
	office   *officeRole
}

func (c *child) clock() time.Time { return time.UnixMilli(c.now.Load()).UTC() }

// beChild answers commands until standard input ends.
func beChild() int {
	dieAtWrites()
	c := &child{}
	in, out := bufio.NewReaderSize(os.Stdin, 1<<16), json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return 0
		}
		var cmd command
		if err == nil {
			err = json.Unmarshal(line, &cmd)
		}
		if err == nil {
			err = out.Encode(c.do(context.Background(), cmd))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "soak child:", err)
			return 1
		}
	}
}

func (c *child) do(ctx context.Context, cmd command) (r reply) {
	c.now.Store(cmd.Now)
	c.step.Store(int64(cmd.Step))
	c.calls.Store(int64(cmd.Call))
	doom.Store(int64(cmd.DieAt))
	var err error
	switch {
	case cmd.Do == "open desk":
		c.desk, err = openDesk(ctx, c, cmd)
	case cmd.Do == "open office":
		c.office, err = openOffice(ctx, c, cmd)
		if err == nil {
			r.Addr = c.office.addr
		}
	case cmd.Do == "restore":
		_, err = backoffice.Restore(ctx, backoffice.Options{
			DataDir: cmd.Dir, Clock: c.clock, Throwaway: cmd.Throwaway, PublicURL: func() string { return "" },
		}, cmd.Backup)
	case cmd.Do == "close":
		err = c.close()
	case c.desk != nil:
		err = c.desk.do(ctx, cmd, &r)
	case c.office != nil:
		err = c.office.do(ctx, cmd, &r)
	default:
		err = fmt.Errorf("nothing is open for %q", cmd.Do)
	}
	if cmd.Do != "arm" {
		doom.Store(0)
	}
	var shown *customer.Error
	switch {
	case errors.As(err, &shown) && (shown.Message == wireTrouble || !slices.Contains(impossible, shown.Code)):
		r.Error = shown
	case err != nil:
		r.Fault = cmd.Do + ": " + err.Error()
	}
	return r
}

// impossible are the codes that nothing in a history is a reason for.
var impossible = []customer.Code{customer.Internal, customer.Storage, customer.Busy, customer.Keyring, customer.Version}

func (c *child) close() (err error) {
	if c.desk != nil {
		err = c.desk.close()
	}
	if c.office != nil {
		err = errors.Join(err, c.office.close())
	}
	c.desk, c.office = nil, nil
	return err
}

// newID makes a UUIDv7 that is the same in each run of a history: the step, a
// call and a number within it, and last the desk (zero: the test itself).
func newID(step, call, n, desk int) string {
	return fmt.Sprintf("%08x-%04x-7%03x-8000-%012x", step, call, n, desk)
}

// deskOf is the desk that made an id.
func deskOf(id string) int {
	var desk int
	if _, err := fmt.Sscanf(id[24:], "%x", &desk); err != nil {
		return -1
	}
	return desk
}
