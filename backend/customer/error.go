package customer

import (
	"errors"
	"strings"
)

// Code is a stable name of a kind of failure. The Back Office maps codes to
// HTTP status in one table; the window maps them to places on screen.
type Code string

// The codes of every failure a user can meet.
const (
	Invalid       Code = "invalid"        // a value breaks a rule
	Required      Code = "required"       // a required value is missing
	TooLong       Code = "too_long"       // a value is longer than its limit
	UsernameTaken Code = "username_taken" // another account has this username
	NotFound      Code = "not_found"      // no such thing, or not this partner's
	Unauthorized  Code = "unauthorized"   // not signed in, or no longer
	Forbidden     Code = "forbidden"      // signed in, but not allowed
	Conflict      Code = "conflict"       // changed elsewhere in the meantime
	AccountLocked Code = "account_locked" // the customer account is Locked
	Waiting       Code = "waiting"        // the account waits for activation
	LinkInvalid   Code = "link_invalid"   // a link or ticket is unknown, used or expired
	TooMany       Code = "too_many"       // too many attempts
	Offline       Code = "offline"        // the Back Office can't be reached
	Keyring       Code = "keyring"        // the OS keyring is missing, locked or silent
	Version       Code = "version"        // the Back Office and the desk are of versions that don't match
	Untrusted     Code = "untrusted"      // the Back Office's certificate can't be trusted
	Busy          Code = "busy"           // an address, port or file is in use
	Storage       Code = "storage"        // a database or disk can't be used
	Internal      Code = "internal"       // a bug; details are in the log
)

// Error is a failure that a user can meet: what happened, in words a partner
// understands, and the field it concerns.
type Error struct {
	Code    Code   `json:"code"`
	Field   string `json:"field,omitempty"` // as in JSON: "first_name"
	Message string `json:"message"`         // one sentence
	// Fields holds one error a field when several fields are wrong.
	Fields []Error `json:"fields,omitempty"`
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Field + ": " + f.Message
	}
	return strings.Join(parts, "; ")
}

// Is makes errors.Is compare codes, so that errors.Is(err, &Error{Code: NotFound}) works.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code && t.Message == "" && (t.Field == "" || t.Field == e.Field)
}

// Fail makes an Error.
func Fail(code Code, message string) *Error { return &Error{Code: code, Message: message} }

// FailField makes an Error that concerns one field.
func FailField(code Code, field, message string) *Error {
	return &Error{Code: code, Field: field, Message: message}
}

// CodeOf returns the code of the first Error in err's chain; Internal when
// there is none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// FailFields joins errors of several fields into one; nil when there are none.
func FailFields(fields []Error) error {
	switch len(fields) {
	case 0:
		return nil
	case 1:
		return &fields[0]
	}
	return &Error{Code: Invalid, Message: "Some fields need another look.", Fields: fields}
}
