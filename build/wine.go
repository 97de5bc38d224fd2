package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compiler makes Windows programs of C.
const compiler = "x86_64-w64-mingw32-gcc"

// A wine is a Windows of its own, without a display, in which 64-bit programs run.
type wine struct {
	*project
	dir      string // holds all of it, its user's home included; removed at the end
	env      []string
	programs children
}

func newWine(p *project) (*wine, error) {
	dir, err := os.MkdirTemp("", "partner-desk-wine-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for wine: %w", err)
	}
	prefix := filepath.Join(dir, "prefix")
	if err := os.Mkdir(prefix, 0o700); err != nil {
		return nil, err
	}
	return &wine{project: p, dir: dir, env: []string{
		"HOME=" + dir, "WINEPREFIX=" + prefix, "WINEARCH=win64", "WINEDEBUG=-all", "DISPLAY=",
		"WINEDLLOVERRIDES=mscoree,mshtml,winemenubuilder.exe=;bcryptprimitives=n",
	}}, nil
}

// start sets it up as a Windows 10 that Go programs run on. One program stays
// open, so that Windows need not start for each.
func (w *wine) start(ctx context.Context) error {
	log, err := os.Create(filepath.Join(w.dir, "wine.log")) // a file: Windows' services keep it open
	if err != nil {
		return err
	}
	defer log.Close()
	system := filepath.Join(w.drive(), "windows", "system32")
	source := func(name string) string { return w.path("build", "winetest", "testdata", name) }
	for _, args := range [][]string{
		{"wineboot", "--init"},
		{"wine", "winecfg", "-v", "win10"},
		{compiler, "-shared", "-O2", "-s", "-o", filepath.Join(system, "bcryptprimitives.dll"), source("bcryptprimitives.c"), "-ladvapi32"},
		{compiler, "-s", "-o", w.open(), source("open.c")},
	} {
		if err := (task{env: w.env, args: args, out: log}).do(ctx); err != nil {
			said, _ := os.ReadFile(log.Name()) // the error counts
			return fmt.Errorf("%w\n%s", err, said)
		}
	}
	stay := exec.Command("wine", w.open())
	stay.Env = append(os.Environ(), w.env...)
	stay.Stdout, stay.Stderr = log, log
	if _, err := stay.StdinPipe(); err != nil { // it ends when that is closed
		return err
	}
	_, err = w.programs.start(stay)
	return err
}

// open is a program that only stays open.
func (w *wine) open() string { return filepath.Join(w.dir, "open.exe") }

// drive is its C:.
func (w *wine) drive() string { return filepath.Join(w.dir, "prefix", "drive_c") }

// words start a Windows program that is named after them, with no word that
// holds a space: `go test -exec` splits them there.
func (w *wine) words() string {
	return strings.Join(append(append([]string{"env"}, w.env...), "wine"), " ")
}

// close ends what still runs in it, and removes it.
func (w *wine) close() {
	w.programs.stop()
	_ = task{env: w.env, args: []string{"wineserver", "--kill"}}.do(context.Background()) // fails when none is left
	_ = os.RemoveAll(w.dir)                                                               // a leftover in the temporary folder harms nobody
}

// makeCertificate makes what Windows programs can be signed with in a test; with
// certificate.pem in the same folder they are verified.
func makeCertificate(ctx context.Context, dir string) (signer, error) {
	key, authority := filepath.Join(dir, "key.pem"), filepath.Join(dir, "certificate.pem")
	s := signer{file: filepath.Join(dir, "certificate.p12"), passwordFile: filepath.Join(dir, "password")}
	err := errors.Join(
		os.WriteFile(s.passwordFile, []byte("only for tests\n"), 0o600),
		task{args: []string{"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Partner Desk test",
			"-addext", "keyUsage=digitalSignature", "-addext", "extendedKeyUsage=codeSigning", "-keyout", key, "-out", authority}}.do(ctx),
		task{args: []string{"openssl", "pkcs12", "-export", "-inkey", key, "-in", authority, "-passout", "file:" + s.passwordFile, "-out", s.file}}.do(ctx),
	)
	return s, err
}
