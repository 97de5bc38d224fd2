package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each mistake is one sentence that names the flag, and exit code 2.
func TestWrongConfigurations(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key, _ := keyPair(t, dir, "office.example")
	_, other, _ := keyPair(t, t.TempDir(), "office.example")
	empty := filepath.Join(dir, "empty")
	check(t, os.WriteFile(empty, nil, 0o600))
	tls := []string{"--tls-cert", cert, "--tls-key", key}
	acme := []string{"--acme-domain", "office.example", "--public-url", "https://office.example"}
	for _, test := range []struct {
		name string
		args []string
		env  string
		want string // how the sentence begins
	}{
		{"a flag that is not there", []string{"--colour"}, "", "the command line can't be used: flag provided but not defined: -colour."},
		{"a flag without its value", []string{"--addr"}, "", "the command line can't be used: flag needs an argument: -addr."},
		{"a stray word", []string{"now"}, "", `the word "now" is not expected here`},
		{"no data", []string{"--data", ""}, "", "--data is needed"},
		{"an address without a port", []string{"--addr", "127.0.0.1"}, "", "--addr must be an address and a port"},
		{"a port that is none", []string{"--addr", "127.0.0.1:http"}, "", "--addr must be an address and a port"},
		{"a port that is too high", []string{"--addr", "127.0.0.1:65536"}, "", "--addr must be an address and a port"},
		{"everybody in clear", []string{"--addr", ":7360"}, "", "--addr is reached by other machines, and plain http is for this machine only"},
		{"everybody in clear, by the environment", nil, "BACKOFFICE_ADDR=0.0.0.0:7360", "BACKOFFICE_ADDR is reached by other machines"},
		{"a network in clear", []string{"--addr", "192.0.2.1:7360", "--public-url", "https://office.example"}, "", "--addr is reached by other machines"},
		{"a name in clear", []string{"--addr", "office.example:7360"}, "", "--addr is reached by other machines"},
		{"a public URL in clear", []string{"--public-url", "http://office.example"}, "", "--public-url must begin with https://"},
		{"a public URL in clear with a certificate", append(tls, "--public-url", "http://127.0.0.1:7360"), "", "--public-url must begin with https://"},
		{"a public URL that is none", []string{"--public-url", "office.example"}, "", "--public-url must be an address such as"},
		{"a public URL of something else", []string{"--public-url", "ftp://office.example"}, "", "--public-url must be an address such as"},
		{"a public URL with a path", []string{"--public-url", "https://office.example/desk"}, "", "--public-url must be a host alone"},
		{"a public URL with a user", []string{"--public-url", "https://me@office.example"}, "", "--public-url must be a host alone"},
		{"https that nothing speaks", []string{"--public-url", "https://office.example"}, "", "--public-url begins with https://, but nothing here speaks it"},
		{"a certificate for nowhere", append(tls, "--addr", ":7360"), "", "--public-url is needed"},
		{"a proxy for nowhere", []string{"--trusted-proxy", "127.0.0.1"}, "", "--public-url is needed"},
		{"a certificate without its key", []string{"--tls-cert", cert}, "", "--tls-key is needed"},
		{"a key without its certificate", []string{"--tls-key", key}, "", "--tls-cert is needed"},
		{"a certificate with another key", []string{"--tls-cert", cert, "--tls-key", other}, "", "--tls-cert and --tls-key can't be used"},
		{"a certificate that is not there", []string{"--tls-cert", cert + "x", "--tls-key", key}, "", "--tls-cert and --tls-key can't be used"},
		{"two ways to a certificate", append(tls, acme...), "", "--acme-domain and --tls-cert both give a certificate"},
		{"ACME for half a name", []string{"--acme-domain", "office", "--public-url", "https://office"}, "", "--acme-domain must be a full name"},
		{"ACME for an address", []string{"--acme-domain", "192.0.2.1"}, "", "--acme-domain must be a full name"},
		{"ACME for another host", []string{"--acme-domain", "other.example", "--public-url", "https://office.example"}, "", "--acme-domain must name the host of --public-url"},
		{"ACME with no address to write to", append(acme, "--acme-email", "me"), "", "--acme-email must be an email address"},
		{"ACME in clear", append(acme, "--acme-directory", "http://ca.example"), "", "--acme-directory must be the https address"},
		{"an authority for no name", []string{"--acme-directory", "https://ca.example"}, "", "--acme-domain is needed"},
		{"plain http to nowhere", []string{"--http-addr", ":80"}, "", "--http-addr sends on to https"},
		{"plain http at no port", append(tls, "--public-url", "https://office.example", "--http-addr", "80"), "", "--http-addr must be an address and a port"},
		{"a proxy that is none", []string{"--trusted-proxy", "nginx"}, "", "--trusted-proxy must be the address or the network"},
		{"a proxy that is everybody", []string{"--trusted-proxy", "10.0.0.1,0.0.0.0/0"}, "", "--trusted-proxy names everybody"},
		{"metrics for everybody", []string{"--metrics-addr", ":7361"}, "", "--metrics-addr is reached by other machines"},
		{"metrics at no port", []string{"--metrics-addr", "127.0.0.1"}, "", "--metrics-addr must be an address and a port"},
		{"metrics anywhere but nowhere", []string{"--metrics-anywhere"}, "", "--metrics-addr is needed"},
		{"a switch that is neither on nor off", nil, "BACKOFFICE_METRICS_ANYWHERE=perhaps", "BACKOFFICE_METRICS_ANYWHERE must be true or false"},
		{"a mail server that is none", []string{"--smtp", "mail.example"}, "", "--smtp must look like"},
		{"a mail server of another kind", []string{"--smtp", "imap://mail.example"}, "", "--smtp must begin with smtp://"},
		{"a password on the command line", []string{"--smtp", "smtp://me:pw@mail.example"}, "", "--smtp must not hold the password"},
		{"no sender", []string{"--smtp", "smtp://mail.example"}, "", "--smtp-from must be the email address"},
		{"a sender that is none", []string{"--smtp", "smtp://mail.example", "--smtp-from", "me"}, "", "--smtp-from must be the email address"},
		{"a sender for no server", []string{"--smtp-from", "me@agency.example"}, "", "--smtp is needed"},
		{"a mail server at no port", []string{"--smtp", "smtp://mail.example:70000", "--smtp-from", "me@agency.example"}, "", "--smtp can't be used"},
		{"a password of nobody", []string{"--smtp", "smtp://mail.example", "--smtp-from", "me@agency.example"}, "BACKOFFICE_SMTP_PASSWORD=pw", "--smtp must hold the user name"},
		{"a password file that is not there", []string{"--smtp", "smtp://me@mail.example", "--smtp-password-file", empty + "x"}, "", "--smtp-password-file can't be read"},
		{"an empty password file", []string{"--smtp", "smtp://me@mail.example", "--smtp-password-file", empty}, "", "--smtp-password-file must name a file that holds"},
		{"two passwords", []string{"--smtp", "smtp://me@mail.example", "--smtp-password-file", cert}, "BACKOFFICE_SMTP_PASSWORD=pw", "--smtp-password-file and BACKOFFICE_SMTP_PASSWORD both"},
		{"no name", []string{"--name", " "}, "", "--name must be a name"},
		{"a format that is none", []string{"--log-format", "xml"}, "", "--log-format must be text or json"},
		{"a level that is none", []string{"--log-level", "loud"}, "", "--log-level must be debug"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "office")
			r := runWith(t, []string{test.env}, "", append([]string{"serve", "--data", data}, test.args...)...)
			if r.code != exitUsage || !strings.HasPrefix(r.err, "backoffice serve: "+test.want) ||
				!strings.HasSuffix(r.err, ".\n") || strings.Count(r.err, "\n") != 1 || r.out != "" {
				t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
			}
			if _, err := os.Stat(data); err == nil {
				t.Error("the folder was made all the same")
			}
		})
	}
}

func TestTheCommandLineWins(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := runWith(t, []string{"BACKOFFICE_ADDR=0.0.0.0:1", "BACKOFFICE_LOG_LEVEL=loud", "BACKOFFICE_DATA=" + dir}, "",
		"serve", "--addr", "127.0.0.1:0", "--log-level", "louder")
	if r.code != exitUsage || !strings.Contains(r.err, "--log-level must be") {
		t.Errorf("%+v", r)
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"help"}, 0, []string{"Usage: backoffice COMMAND", "serve ", "partner add ", "version "}},
		{[]string{"--help"}, 0, []string{"Usage: backoffice COMMAND"}},
		{[]string{"help", "serve"}, 0, []string{"Usage: backoffice serve", "--public-url URL", "BACKOFFICE_DATA"}},
		{[]string{"serve", "--help"}, 0, []string{"Usage: backoffice serve", "--public-url URL"}},
		{[]string{"serve", "-h"}, 0, []string{"Usage: backoffice serve"}},
		{[]string{"help", "partner"}, 0, []string{"partner add "}},
		{[]string{"help", "partner", "add"}, 0, []string{"Usage: backoffice partner add", "--username EMAIL"}},
		{nil, exitUsage, []string{"Usage: backoffice COMMAND"}},
		{[]string{"partner"}, exitUsage, []string{`there is no command "partner"`, "partner add "}},
		{[]string{"dance", "now"}, exitUsage, []string{`there is no command "dance now"`, "serve "}},
	} {
		r := run(t, "", test.args...)
		said := r.out
		if test.code != 0 {
			said = r.err
		}
		for _, want := range test.want {
			if r.code != test.code || !strings.Contains(said, want) {
				t.Errorf("%q: exit code %d\n%s%s", test.args, r.code, r.out, r.err)
			}
		}
	}
}
