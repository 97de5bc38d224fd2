package server

import (
	"net/http"

	"partnerdesk/backend/customer"
)

// statusOf is the one table from codes to HTTP status.
func statusOf(code customer.Code) int {
	switch code {
	case customer.Invalid, customer.Required, customer.TooLong:
		return http.StatusUnprocessableEntity
	case customer.UsernameTaken, customer.Conflict, customer.Waiting:
		return http.StatusConflict
	case customer.NotFound:
		return http.StatusNotFound
	case customer.Unauthorized:
		return http.StatusUnauthorized
	case customer.Forbidden:
		return http.StatusForbidden
	case customer.AccountLocked:
		return http.StatusLocked
	case customer.LinkInvalid:
		return http.StatusGone
	case customer.TooMany:
		return http.StatusTooManyRequests
	case customer.Version:
		return http.StatusUpgradeRequired
	case customer.Untrusted:
		return http.StatusBadGateway
	case customer.Offline, customer.Busy, customer.Storage:
		return http.StatusServiceUnavailable
	case customer.Keyring, customer.Internal:
	}
	return http.StatusInternalServerError
}
