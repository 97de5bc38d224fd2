package customer

// Selection names the customers that an action is for: those of IDs or, with a
// Query, all that match it but those of Except. A query selects what matches
// when it is asked; its Offset and Limit do not count.
type Selection struct {
	IDs    []string `json:"ids"`
	Query  *Query   `json:"query"` // nil for IDs
	Except []string `json:"except"`
}
