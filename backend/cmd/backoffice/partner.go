package main

import (
	"context"
	"fmt"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/customer"
)

const aboutPassword = `
It asks for the password twice on a terminal, without showing it, and reads it from
standard input otherwise. It can be used while the Back Office is served.`

func partnerAdd(f *flags) action {
	var dir, username, name string
	f.text(&dir, "data", "DIR", "the folder that holds the Back Office's data")
	f.word(&username, "username", "EMAIL", "the email address to sign in with, which customers see as well")
	f.word(&name, "name", "NAME", "the partner's name, as customers see it")
	return func(ctx context.Context, p *program) error {
		dir, err := dataDir(f, dir)
		if err != nil {
			return err
		}
		if err := customer.CheckUsername(username); err != nil {
			return f.wrong("username", "must be an email address, such as info@agency.example.")
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
			_, err = fmt.Fprintf(p.out, "Added %s, who signs in as %s.\n", made.Name, made.Username)
			return err
		})
	}
}
