package query

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"partnerdesk/backend/customer"
)

// The values of Is.
const (
	Waiting   = "waiting"   // a change has not reached the Back Office
	Attention = "attention" // a change came back
)

// named is a value with the words for it.
type named struct {
	value string
	words []string
}

// valuesOf lists what a field can be, in the order in which it is shown.
func valuesOf(f Field) []named {
	switch f {
	case Status:
		return []named{
			{string(customer.PendingActivate), []string{"pending", "pending activate", "pending_activate"}},
			{string(customer.Activated), []string{"activated", "active"}},
			{string(customer.Locked), []string{"locked", "deactivated", "blocked"}},
		}
	case Is:
		return []named{{Waiting, []string{"waiting"}}, {Attention, []string{"attention", "needs attention"}}}
	case Language:
		return []named{
			{"en", []string{"en", "english"}}, {"nl", []string{"nl", "dutch", "nederlands"}}, {"de", []string{"de", "german", "deutsch"}},
		}
	case Country:
		return countries()
	}
	return nil
}

// countries lists the countries by code and English name.
func countries() (all []named) {
	for _, code := range customer.Countries() {
		all = append(all, named{code, []string{strings.ToLower(code), Fold(CountryName(code))}})
	}
	return all
}

// readValue returns the values that a word, or the beginning of one, stands for.
// A word that is there whole stands for its own value only.
func readValue(f Field, text string) ([]string, error) {
	typed := Fold(text)
	var whole, begun []string
	for _, v := range valuesOf(f) {
		if slices.Contains(v.words, typed) {
			whole = append(whole, v.value)
		}
		if slices.ContainsFunc(v.words, func(w string) bool { return strings.HasPrefix(w, typed) }) {
			begun = append(begun, v.value)
		}
	}
	if len(whole) > 0 {
		return whole, nil
	}
	if len(begun) > 0 {
		return begun, nil
	}
	return nil, wrong(map[Field]string{
		Status:   fmt.Sprintf("There is no status “%s”. Try pending, activated or locked.", text),
		Is:       fmt.Sprintf("There is no is:%s. Try is:waiting or is:attention.", text),
		Language: fmt.Sprintf("Mails are in no language “%s”. Try en, nl or de.", text),
		Country:  fmt.Sprintf("There is no country “%s”. Try a name such as Germany, or a code such as DE.", text),
	}[f])
}

// CountryName is the country's English name, or the code when there is none.
func CountryName(code string) string {
	region, err := language.ParseRegion(code)
	if code == "" || err != nil {
		return code
	}
	return display.English.Regions().Name(region)
}
