package soak

import (
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// A command is one line that the test writes to a child process.
type command struct {
	Do   string `json:"do"`
	Step int    `json:"step"`
	Call int    `json:"call"` // counts commands, so that ids differ
	Now  int64  `json:"now"`  // the child's clock from here on, Unix milliseconds
	// DieAt kills the child at its DieAt-th write of a row or commit from here
	// on; zero never. DieReplying kills a Back Office after it has handled its
	// next call, before it answers.
	DieAt       int  `json:"die_at,omitempty"`
	DieReplying bool `json:"die_replying,omitempty"`

	// To open either side.
	Dir       string `json:"dir,omitempty"`
	Throwaway bool   `json:"throwaway,omitempty"`

	// To a desk.
	Desk      int               `json:"desk,omitempty"`      // which one, for the ids it makes
	Server    string            `json:"server,omitempty"`    // host:port; empty: nobody listens
	PageSize  int               `json:"page_size,omitempty"` // customers in a page of the feed; zero: as the desk asks
	RealLogin bool              `json:"real_login,omitempty"`
	Live      bool              `json:"live,omitempty"` // syncing runs by itself
	Plan      []fault           `json:"plan,omitempty"` // what happens to its next requests
	ID        string            `json:"id,omitempty"`
	Edit      *desk.Edit        `json:"edit,omitempty"`
	Keep      map[string]string `json:"keep,omitempty"`
	Deliver   bool              `json:"deliver,omitempty"`
	// Fields are what a user saw of theirs, or what is changed at the Back Office.
	Fields customer.Fields `json:"fields,omitzero"`

	// To a Back Office.
	Username string `json:"username,omitempty"`
	Nth      int    `json:"nth,omitempty"`  // which mail, from the newest; which desk
	Role     string `json:"role,omitempty"` // of the member at the desk Nth
	Backup   string `json:"backup,omitempty"`
}

// A reply is the line that the child answers with.
type reply struct {
	// Error is what a user would meet; Fault is something that must not happen.
	Error *customer.Error `json:"error,omitempty"`
	Fault string          `json:"fault,omitempty"`

	Addr     string              `json:"addr,omitempty"`
	Record   *customer.Record    `json:"record,omitempty"`
	Outbox   []entry             `json:"outbox,omitempty"` // of the customer of the command, or all
	Held     []heldRequest       `json:"held,omitempty"`   // requests that are still under way
	Faults   map[fault]int       `json:"faults,omitempty"` // that really happened
	Sent     int                 `json:"sent,omitempty"`
	Phase    string              `json:"phase,omitempty"`
	Replica  *replicaState       `json:"replica,omitempty"`
	Accounts []customer.Customer `json:"accounts,omitempty"`
	Cursor   int64               `json:"cursor,omitempty"`
}

// entry is a row of a desk's outbox.
type entry struct {
	ID         string                `json:"id"`
	CustomerID string                `json:"customer_id"`
	Kind       customer.MutationKind `json:"kind"`
	Fields     customer.Fields       `json:"fields"`
	Base       customer.Fields       `json:"base"`
	Attempted  bool                  `json:"attempted"`
	Outcome    customer.Outcome      `json:"outcome"`
}

// replicaState is all that a desk holds.
type replicaState struct {
	Cursor    string                       `json:"cursor"`
	Server    map[string]customer.Customer `json:"server"`    // as the Back Office last said, by id
	Effective map[string]customer.Record   `json:"effective"` // as the desk shows them
	Rows      []customer.Row               `json:"rows"`      // of its list
	Waiting   customer.WaitingChanges      `json:"waiting"`
}

// heldRequest is a request that the client has given up and that will still
// arrive.
type heldRequest struct {
	Method string              `json:"method"`
	Path   string              `json:"path"`
	Header map[string][]string `json:"header"`
	Body   []byte              `json:"body"`
}
