// Package query is the language of the search field: what a text means, what
// can stand at a place of it, and where a customer's texts match it.
//
//	anna vries            both words, in any order: each is a part of the name, username,
//	                      company, phone number, city, notes or a tag
//	"de vries"            the words as they stand
//	-anna                 not anna; a dash works before everything here
//	company:bikes         a part of that field: name, username, company, phone, city, note, tag
//	tag:"ios only"        with spaces
//	tag:=vip              the whole of that field
//	country:germany       by name or code; language: en, nl or de
//	status:locked         pending, activated or locked
//	created:2026-10       made in that month; activated: and login: likewise
//	  2026, 2026-10, 2026-10-05, today, yesterday   a year, month or day, as it is here
//	  2026-01..2026-03, 2026-01.., ..2026-03        from the first to the end of the last
//	  >2026-01, >=2026-01, <2026-01, <=2026-01      after the end of it, from its begin, and so on
//	  never                                         no such day; no range holds never
//	is:waiting            has changes that wait; is:attention: one came back
//
// Case and accents don't count, and letters that a keyboard may lack can be
// written out: "muller" finds Müller, "strasse" Straße, "o'connor" O’Connor.
//
// What is half typed never hides the list: a field without a value and a dash of
// its own say nothing yet, a quote that is not closed ends with the text, and
// the beginning of a value stands for all that go on so (status:a is
// status:activated, created:202 the years from 2020 to 2029). A colon behind
// what is no field is text (https://shop.example, 12:30), but nearly a field, or
// a value that does not exist, is refused with what was meant.
package query
