package customer

// Completion is what can stand at a place of a search text.
type Completion struct {
	// From and To bound what a choice replaces, in UTF-16 code units, as a page counts.
	From    int      `json:"from"`
	To      int      `json:"to"`
	Choices []Choice `json:"choices"` // best first; never nil
}

// Choice is one way to go on.
type Choice struct {
	Text string `json:"text"` // what it puts in, such as "status:locked"
	Note string `json:"note"` // what it finds, in words; empty when the text says it
}
