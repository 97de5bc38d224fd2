package server_test

import (
	"database/sql"
	"strings"
)

// dump is every row of the database that belongs to a partner; empty for all
// partners'.
func (o *office) dump(partner string) string {
	o.t.Helper()
	db, err := sql.Open("sqlite", "file:"+o.path+"?mode=ro&_pragma=busy_timeout(10000)")
	check(o.t, err)
	defer func() { check(o.t, db.Close()) }()
	const (
		itself     = `id`
		direct     = `partner_id`
		byMember   = `(SELECT m.partner_id FROM members m WHERE m.id = t.member_id)`
		byCustomer = `(SELECT c.partner_id FROM customers c WHERE c.id = t.customer_id)`
	)
	var all strings.Builder
	for _, table := range [][2]string{
		{"partners", itself}, {"members", direct}, {"customers", direct}, {"mutations", direct}, {"sign_ins", byMember},
		{"links", byCustomer}, {"mails", byCustomer}, {"events", byCustomer}, {"tickets", byCustomer}, {"sessions", byCustomer},
	} {
		name, owner := table[0], table[1]
		var columns, rows string
		check(o.t, db.QueryRowContext(o.t.Context(),
			`SELECT group_concat('quote(t.' || name || ')', ' || '','' || ') FROM pragma_table_info(?)`, name).Scan(&columns))
		check(o.t, db.QueryRowContext(o.t.Context(), `SELECT coalesce(group_concat(`+columns+`, char(10)), '') FROM `+name+
			` t WHERE ?1 IN ('', `+owner+`)`, partner).Scan(&rows))
		all.WriteString(name + "\n" + rows + "\n")
	}
	return all.String()
}
