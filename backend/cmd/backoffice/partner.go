package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

const aboutPassword = `
It asks for the password twice on a terminal, without showing it, and reads it from
standard input otherwise. It can be used while the Back Office is served, and takes
effect at once.`

const aboutDisable = `
Nobody of the partner can sign in any more, and who is signed in is signed out at once.
Its customers are not touched. It can be used while the Back Office is served.`

func partnerAdd(f *flags) action {
	var dir, username, name string
	declareData(f, &dir)
	f.word(&username, "username", "EMAIL", "the email address that its owner signs in with, which customers see as well")
	f.word(&name, "name", "NAME", "the partner's name, as customers see it")
	return func(ctx context.Context, p *program) error {
		dir, err := dataDir(f, dir)
		if err != nil {
			return err
		}
		if err := checkUsername(f, username); err != nil {
			return err
		}
		if err := customer.CheckPersonName("name", "Name", name); err != nil {
			return f.wrong("name", "must be the partner's name, of at most 100 characters.")
		}
		secret, err := p.readPassword(ctx)
		if err != nil {
			return err
		}
		return withData(ctx, dir, func(office *backoffice.BackOffice) error {
			made, err := office.CreatePartner(ctx, username, name, secret)
			if err != nil {
				return err
			}
			return p.say("Added %s, who signs in as %s.\n", made.Name, made.Username)
		})
	}
}

func partnerList(f *flags) action {
	var dir string
	var asJSON bool
	declareData(f, &dir)
	f.yes(&asJSON, "json", "list them in JSON")
	return func(ctx context.Context, p *program) error {
		dir, err := existingDir(f, dir)
		if err != nil {
			return err
		}
		return withData(ctx, dir, func(office *backoffice.BackOffice) error {
			all, err := office.Partners(ctx)
			if err != nil {
				return err
			}
			if asJSON {
				return listJSON(p.out, all)
			}
			return listTable(p.out, all)
		})
	}
}

func partnerPassword(f *flags) action {
	var dir, username string
	declareData(f, &dir)
	f.word(&username, "username", "EMAIL", "the email address that the member signs in with: the owner or anybody else of a partner")
	return func(ctx context.Context, p *program) error {
		dir, err := existingDir(f, dir)
		if err != nil {
			return err
		}
		if err := checkUsername(f, username); err != nil {
			return err
		}
		secret, err := p.readPassword(ctx)
		if err != nil {
			return err
		}
		return withData(ctx, dir, func(office *backoffice.BackOffice) error {
			if err := office.SetPassword(ctx, username, secret); err != nil {
				return err
			}
			return p.say("Set the password of %s, who has to sign in again everywhere.\n", username)
		})
	}
}

func partnerDisable(f *flags) action {
	return onPartner(f, (*backoffice.BackOffice).DisablePartner, "Disabled %s and signed its members out.\n")
}

func partnerEnable(f *flags) action {
	return onPartner(f, (*backoffice.BackOffice).EnablePartner, "Enabled %s: its members can sign in again.\n")
}

// onPartner is a command that does one thing to the partner that is named.
func onPartner(f *flags, do func(*backoffice.BackOffice, context.Context, string) error, done string) action {
	var dir, username string
	declareData(f, &dir)
	f.word(&username, "username", "EMAIL", "the partner's email address, as partner list shows it")
	return func(ctx context.Context, p *program) error {
		dir, err := existingDir(f, dir)
		if err != nil {
			return err
		}
		if err := checkUsername(f, username); err != nil {
			return err
		}
		return withData(ctx, dir, func(office *backoffice.BackOffice) error {
			if err := do(office, ctx, username); err != nil {
				return err
			}
			return p.say(done, username)
		})
	}
}

func checkUsername(f *flags, username string) error {
	if customer.CheckUsername(username) != nil {
		return f.wrong("username", "must be an email address, such as info@agency.example.")
	}
	return nil
}

// listTable is for people.
func listTable(w io.Writer, all []store.PartnerEntry) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(t, "USERNAME\tNAME\tMEMBERS\tCUSTOMERS\tADDED\tDISABLED"); err != nil {
		return err
	}
	for _, p := range all {
		disabled := "no"
		if p.DisabledAt != 0 {
			disabled = p.DisabledAt.Time().Format(time.DateOnly)
		}
		if _, err := fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\t%s\n", p.Username, p.Name, p.Members, p.Customers,
			p.CreatedAt.Time().Format(time.DateOnly), disabled); err != nil {
			return err
		}
	}
	return t.Flush()
}

// listJSON is for programs. Moments are Unix milliseconds, zero for never, as
// in the HTTP contract.
func listJSON(w io.Writer, all []store.PartnerEntry) error {
	type entry struct {
		ID         string        `json:"id"`
		Username   string        `json:"username"`
		Name       string        `json:"name"`
		Members    int           `json:"members"`
		Customers  int           `json:"customers"`
		CreatedAt  customer.Time `json:"created_at"`
		DisabledAt customer.Time `json:"disabled_at"`
	}
	entries := make([]entry, 0, len(all))
	for _, p := range all {
		entries = append(entries, entry{p.ID, p.Username, p.Name, p.Members, p.Customers, p.CreatedAt, p.DisabledAt})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(entries)
}
