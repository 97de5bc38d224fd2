package customer

// Overview is how a partner's customers stand, in figures.
type Overview struct {
	Counts Counts `json:"counts"`
	// Months are the last ones, the oldest first, ending with the one that runs.
	Months []MonthFigures `json:"months"`
	// Earlier counts what was before the first of the months.
	Earlier MonthFigures `json:"earlier"`
}

// MonthFigures count what happened in a month of this computer's calendar.
type MonthFigures struct {
	// Month is the year and the month: 2026-03; empty for no single one.
	Month     string `json:"month"`
	Begins    Time   `json:"begins"`
	Created   int    `json:"created"`
	Activated int    `json:"activated"`
}
