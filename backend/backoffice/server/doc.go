// Package server is the Back Office's HTTP API (/api/v1) for Partner Desk: it
// turns requests into calls of the store and answers in JSON. Errors are
// RFC 9457 problem details with a stable code and, where there is one, a field.
//
// It decides who is asking, what the role allows, how much and how often; the
// rules of customer accounts are the store's. It serves no page and keeps
// nothing on disk.
package server
