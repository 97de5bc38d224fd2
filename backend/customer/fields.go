package customer

import "slices"

// Fields is a set of field values of a customer: those that a mutation
// changes, or the ones they had before. A nil field is not in the set.
type Fields struct {
	Username   *string   `json:"username,omitempty"`
	FirstName  *string   `json:"first_name,omitempty"`
	LastName   *string   `json:"last_name,omitempty"`
	Company    *string   `json:"company,omitempty"`
	Phone      *string   `json:"phone,omitempty"`
	Website    *string   `json:"website,omitempty"`
	Street     *string   `json:"street,omitempty"`
	PostalCode *string   `json:"postal_code,omitempty"`
	City       *string   `json:"city,omitempty"`
	Country    *string   `json:"country,omitempty"`
	Language   *string   `json:"language,omitempty"`
	Status     *Status   `json:"status,omitempty"`
	LockReason *string   `json:"lock_reason,omitempty"`
	Notes      *string   `json:"notes,omitempty"`
	Tags       *[]string `json:"tags,omitempty"`
	// PasswordHash is an argon2id PHC string. It is only ever written, never
	// read back, and has no place in history.
	PasswordHash *string `json:"password_hash,omitempty"`
}

// textField names a field and reaches it in a Customer and in Fields.
type textField struct {
	name string
	of   func(*Customer) *string
	in   func(*Fields) **string
}

// textFields are all the plain text fields in the order of the form. They never
// change.
var textFields = []textField{
	{"username", func(c *Customer) *string { return &c.Username }, func(f *Fields) **string { return &f.Username }},
	{"first_name", func(c *Customer) *string { return &c.FirstName }, func(f *Fields) **string { return &f.FirstName }},
	{"last_name", func(c *Customer) *string { return &c.LastName }, func(f *Fields) **string { return &f.LastName }},
	{"company", func(c *Customer) *string { return &c.Company }, func(f *Fields) **string { return &f.Company }},
	{"phone", func(c *Customer) *string { return &c.Phone }, func(f *Fields) **string { return &f.Phone }},
	{"website", func(c *Customer) *string { return &c.Website }, func(f *Fields) **string { return &f.Website }},
	{"street", func(c *Customer) *string { return &c.Street }, func(f *Fields) **string { return &f.Street }},
	{"postal_code", func(c *Customer) *string { return &c.PostalCode }, func(f *Fields) **string { return &f.PostalCode }},
	{"city", func(c *Customer) *string { return &c.City }, func(f *Fields) **string { return &f.City }},
	{"country", func(c *Customer) *string { return &c.Country }, func(f *Fields) **string { return &f.Country }},
	{"language", func(c *Customer) *string { return &c.Language }, func(f *Fields) **string { return &f.Language }},
	{"lock_reason", func(c *Customer) *string { return &c.LockReason }, func(f *Fields) **string { return &f.LockReason }},
	{"notes", func(c *Customer) *string { return &c.Notes }, func(f *Fields) **string { return &f.Notes }},
}

// Apply returns c with the values of f. PasswordHash sets HasPassword.
func (f Fields) Apply(c Customer) Customer {
	for _, t := range textFields {
		if v := *t.in(&f); v != nil {
			*t.of(&c) = *v
		}
	}
	if f.Status != nil {
		c.Status = *f.Status
	}
	c.Tags = slices.Clone(c.Tags)
	if f.Tags != nil {
		c.Tags = slices.Clone(*f.Tags)
	}
	if c.Tags == nil {
		c.Tags = []string{}
	}
	if f.PasswordHash != nil {
		c.HasPassword = true
	}
	return c
}

// Diff returns the fields in which to differs from from, with the values they
// have in to. It never holds a password.
func Diff(from, to Customer) Fields {
	var f Fields
	for _, t := range textFields {
		if v := *t.of(&to); v != *t.of(&from) {
			*t.in(&f) = &v
		}
	}
	if from.Status != to.Status {
		f.Status = &to.Status
	}
	if !slices.Equal(from.Tags, to.Tags) {
		tags := append([]string{}, to.Tags...)
		f.Tags = &tags
	}
	return f
}

// Of returns the values that c has for the fields in f; the password, which
// cannot be read, is left out.
func (f Fields) Of(c Customer) Fields {
	var out Fields
	for _, t := range textFields {
		if *t.in(&f) != nil {
			v := *t.of(&c)
			*t.in(&out) = &v
		}
	}
	if f.Status != nil {
		out.Status = &c.Status
	}
	if f.Tags != nil {
		tags := append([]string{}, c.Tags...)
		out.Tags = &tags
	}
	return out
}

// With returns f with the fields of over laid on top.
func (f Fields) With(over Fields) Fields {
	for _, t := range textFields {
		if v := *t.in(&over); v != nil {
			*t.in(&f) = v
		}
	}
	if over.Status != nil {
		f.Status = over.Status
	}
	if over.Tags != nil {
		f.Tags = over.Tags
	}
	if over.PasswordHash != nil {
		f.PasswordHash = over.PasswordHash
	}
	return f
}

// Without returns f less the named fields.
func (f Fields) Without(names ...string) Fields {
	for _, t := range textFields {
		if slices.Contains(names, t.name) {
			*t.in(&f) = nil
		}
	}
	if slices.Contains(names, "status") {
		f.Status = nil
	}
	if slices.Contains(names, "tags") {
		f.Tags = nil
	}
	if slices.Contains(names, "password_hash") {
		f.PasswordHash = nil
	}
	return f
}

// Names lists the fields in the set, in the order of the form, with
// "password_hash" last.
func (f Fields) Names() []string {
	names := []string{}
	for _, t := range textFields {
		if *t.in(&f) != nil {
			names = append(names, t.name)
		}
	}
	if f.Status != nil {
		names = append(names, "status")
	}
	if f.Tags != nil {
		names = append(names, "tags")
	}
	if f.PasswordHash != nil {
		names = append(names, "password_hash")
	}
	return names
}

// Empty reports whether the set holds no field.
func (f Fields) Empty() bool { return f == Fields{} }

// Text returns the named field's value as text (tags joined by ", ") and
// whether it is in the set. A password has no text.
func (f Fields) Text(name string) (string, bool) {
	for _, t := range textFields {
		if v := *t.in(&f); t.name == name && v != nil {
			return *v, true
		}
	}
	switch {
	case name == "status" && f.Status != nil:
		return string(*f.Status), true
	case name == "tags" && f.Tags != nil:
		return joinTags(*f.Tags), true
	}
	return "", false
}
