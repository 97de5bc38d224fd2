package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
	"partnerdesk/backend/replica/index"
)

// derivedVersion is the form of the entries that this program writes. It grows
// when that changes, the folding of texts among it.
const derivedVersion = 1

const entryColumns = `seq, id, name_key, username_key, company_key, country, language, status, waiting, attention,
created_at, activated_at, last_login_at, search`

const writeEntry = `INSERT INTO entry (` + entryColumns + `)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (seq) DO UPDATE SET id = ?2, name_key = ?3, username_key = ?4, company_key = ?5, country = ?6, language = ?7,
status = ?8, waiting = ?9, attention = ?10, created_at = ?11, activated_at = ?12, last_login_at = ?13, search = ?14`

func putEntry(ctx context.Context, tx querier, seq int64, c customer.Customer, waiting, attention bool) error {
	if _, err := tx.ExecContext(ctx, writeEntry, seq, c.ID, query.Fold(c.Name()), customer.UsernameKey(c.Username),
		query.Fold(c.Company), c.Country, c.Language, statusRank(c.Status), waiting, attention,
		c.CreatedAt, c.ActivatedAt, c.LastLoginAt, searchText(c)); err != nil {
		return fmt.Errorf("write entry: %w", err)
	}
	return nil
}

// statusRank is the status as a number, in the order in which they are shown.
func statusRank(s customer.Status) int { return slices.Index(customer.Statuses(), s) }

// between separates the texts of entry.search; none of them holds it.
const between = "\x1f"

func searchText(c customer.Customer) string {
	texts := append([]string{c.Phone, c.City, c.Notes}, c.Tags...)
	for i, t := range texts {
		texts[i] = query.Fold(t)
	}
	return strings.Join(texts, between)
}

// scanEntry reads entryColumns.
func scanEntry(rows interface{ Scan(...any) error }) (index.Doc, error) {
	var d index.Doc
	var search string
	var waiting bool
	err := rows.Scan(&d.Seq, &d.ID, &d.Name, &d.UsernameKey, &d.Company, &d.Country, &d.Language, &d.Status,
		&waiting, &d.Attention, &d.CreatedAt, &d.ActivatedAt, &d.LastLogin, &search)
	if err != nil {
		return d, fmt.Errorf("read entry: %w", err)
	}
	d.Waiting = waiting && !d.Attention
	d.Username = query.Fold(d.UsernameKey)
	texts := strings.Split(search, between)
	if len(texts) < 3 {
		return d, fmt.Errorf("entry %d has not the form it should have", d.Seq)
	}
	d.Phone, d.City, d.Notes, d.Tags = texts[0], texts[1], texts[2], texts[3:]
	return d, nil
}

// derive writes all entries anew when they have another form than this program
// gives them: after an upgrade.
func derive(ctx context.Context, tx querier) error {
	var have int
	err := tx.QueryRowContext(ctx, "SELECT version FROM derived").Scan(&have)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the form of the entries: %w", err)
	}
	if have == derivedVersion {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM entry"); err != nil {
		return fmt.Errorf("clear the entries: %w", err)
	}
	for last := int64(0); ; {
		n, err := deriveSome(ctx, tx, &last)
		if err != nil {
			return fmt.Errorf("write the entries anew: %w", err)
		}
		if n == 0 {
			break
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO derived (only_one, version) VALUES (1, ?1)
ON CONFLICT (only_one) DO UPDATE SET version = ?1`, derivedVersion)
	return err
}

// deriveSome writes the entries of the next customers behind last.
func deriveSome(ctx context.Context, tx querier, last *int64) (n int, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT seq, coalesce(effective, server), waiting, attention FROM customer
WHERE seq > ? ORDER BY seq LIMIT 1000`, *last)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for ; rows.Next(); n++ {
		var text sql.RawBytes
		var waiting, attention bool
		if err := rows.Scan(last, &text, &waiting, &attention); err != nil {
			return 0, err
		}
		var c customer.Customer
		if err := json.Unmarshal(text, &c); err != nil {
			return 0, fmt.Errorf("customer %d: %w", *last, err)
		}
		if err := putEntry(ctx, tx, *last, c, waiting, attention); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
