package api

import "partnerdesk/backend/customer"

// ProblemType is the media type of a Problem.
const ProblemType = "application/problem+json"

// Problem is an RFC 9457 problem detail with a stable code: the answer to
// every call that failed.
type Problem struct {
	Type   string         `json:"type" doc:"Always about:blank; the code tells problems apart."`
	Title  string         `json:"title" doc:"The HTTP status in words."`
	Status int            `json:"status" doc:"The HTTP status."`
	Detail string         `json:"detail" doc:"What went wrong, in one sentence for people."`
	Code   customer.Code  `json:"code" doc:"A stable name of the kind of failure."`
	Field  string         `json:"field,omitempty" doc:"The field it concerns, as in JSON."`
	Errors []FieldProblem `json:"errors,omitempty" doc:"One entry a field when several are wrong."`
}

// FieldProblem is what is wrong with one field.
type FieldProblem struct {
	Code   customer.Code `json:"code"`
	Field  string        `json:"field"`
	Detail string        `json:"detail"`
}

// Error is the sentence for people.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type, whatever was asked for.
func (p *Problem) ContentType(string) string { return ProblemType }
