package pages

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"partnerdesk/backend/customer"
)

// countries lists every country by its English name, after an empty choice.
func countries() []choice {
	names := display.English.Regions()
	all := []choice{}
	for _, code := range customer.Countries() {
		all = append(all, choice{Value: code, Title: countryName(names, code)})
	}
	order := collate.New(language.English)
	slices.SortFunc(all, func(a, b choice) int { return order.CompareString(a.Title, b.Title) })
	return append([]choice{{Value: "", Title: "Not given"}}, all...)
}

// countryName is the name in use today; the table is of 2017.
func countryName(names display.Namer, code string) string {
	switch code {
	case "MK":
		return "North Macedonia"
	case "SZ":
		return "Eswatini"
	case "TR":
		return "Türkiye"
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return names.Name(region)
}
