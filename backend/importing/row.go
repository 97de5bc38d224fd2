package importing

import (
	"fmt"
	"strings"

	"partnerdesk/backend/customer"
)

// collect gathers the cells of a row by field.
func collect(fields, cells []string) map[string]string {
	values := map[string]string{}
	for i, field := range fields {
		if field == "" || i >= len(cells) {
			continue
		}
		cell := strings.TrimSpace(cells[i])
		between, joins := joined[field]
		switch have := values[field]; {
		case cell == "" || have != "" && !joins:
		case have != "":
			values[field] = have + between + cell
		default:
			values[field] = cell
		}
	}
	return values
}

// fieldsOf reads the cells of a row that hold something. What can't be read is
// an error of its field.
func fieldsOf(fields, cells []string) (customer.Fields, []customer.Error) {
	values := collect(fields, cells)
	if name := values[fieldName]; name != "" {
		first, last := splitName(name)
		fill(values, "first_name", first)
		fill(values, "last_name", last)
	}
	if prefix := values[fieldPrefix]; prefix != "" && values["last_name"] != "" {
		values["last_name"] = prefix + " " + values["last_name"]
	}
	var f customer.Fields
	var wrong []customer.Error
	fail := func(field, format string, args ...any) {
		wrong = append(wrong, *customer.FailField(customer.Invalid, field, fmt.Sprintf(format, args...)))
	}
	for name, target := range map[string]**string{
		"username": &f.Username, "first_name": &f.FirstName, "last_name": &f.LastName, "company": &f.Company, "phone": &f.Phone,
		"website": &f.Website, "street": &f.Street, "postal_code": &f.PostalCode, "city": &f.City,
		"lock_reason": &f.LockReason, "notes": &f.Notes,
	} {
		if v := values[name]; v != "" {
			*target = &v
		}
	}
	if word := values["country"]; word != "" {
		if code, known := countryOf(word); known {
			f.Country = &code
		} else {
			fail("country", "%s is not a country that is known here.", quoted(word))
		}
	}
	if word := values["language"]; word != "" {
		if code, known := languageOf(word); known {
			f.Language = &code
		} else {
			fail("language", "%s is not one of the languages of the mails: English, Dutch or German.", quoted(word))
		}
	}
	if word := values["status"]; word != "" {
		if status, known := statusOf(word); known {
			f.Status = &status
		} else {
			fail("status", "%s is not a status. It is Pending Activate, Activated or Locked.", quoted(word))
		}
	}
	if list := values["tags"]; list != "" {
		tags := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' })
		f.Tags = &tags
	}
	return f, wrong
}

func fill(values map[string]string, field, value string) {
	if values[field] == "" {
		values[field] = value
	}
}

// quoted is a word of the file in a sentence.
func quoted(word string) string {
	if r := []rune(word); len(r) > 40 {
		word = string(r[:40]) + "…"
	}
	return "“" + word + "”"
}
