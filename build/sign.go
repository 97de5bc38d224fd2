package main

import (
	"context"
	"errors"
	"os"
	"strconv"
)

// A signer is what Windows programs are signed with: a PKCS #12 file, a file that
// holds its password, and the address of a time stamp authority (RFC 3161).
type signer struct{ file, passwordFile, timestamps string }

// certificate is what the environment names; without a file nothing is signed.
func certificate() signer {
	return signer{os.Getenv("PARTNER_DESK_SIGN"), os.Getenv("PARTNER_DESK_SIGN_PASSWORD"), os.Getenv("PARTNER_DESK_SIGN_TIMESTAMPS")}
}

// env configures it for a build program that another one starts.
func (s signer) env() []string {
	return []string{"PARTNER_DESK_SIGN=" + s.file, "PARTNER_DESK_SIGN_PASSWORD=" + s.passwordFile, "PARTNER_DESK_SIGN_TIMESTAMPS=" + s.timestamps}
}

// sign signs a Windows program where a certificate is configured. The time it
// names is the release's, so that two builds are alike; a time stamp is not.
func (r *release) sign(ctx context.Context, program string) error {
	c := r.signer
	if c.file == "" {
		return nil
	}
	signed := program + ".signed"
	args := []string{"osslsigncode", "sign", "-pkcs12", c.file, "-h", "sha256", "-n", r.name, "-i", homepage,
		"-time", strconv.FormatInt(r.epoch, 10)}
	if c.passwordFile != "" {
		args = append(args, "-readpass", c.passwordFile)
	}
	if c.timestamps != "" {
		args = append(args, "-ts", c.timestamps)
	}
	if err := os.RemoveAll(signed); err != nil {
		return err
	}
	if err := (task{args: append(args, "-in", program, "-out", signed)}).do(ctx); err != nil {
		return err
	}
	return os.Rename(signed, program)
}

// runSign signs one program; NSIS calls it for the installer and the uninstaller.
func runSign(ctx context.Context, p *project, args []string) error {
	if len(args) != 1 {
		return errors.New("name one program to sign")
	}
	r, err := newRelease(ctx, p)
	if err != nil {
		return err
	}
	return r.sign(ctx, args[0])
}
