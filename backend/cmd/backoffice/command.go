package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// An action does a command's work.
type action func(ctx context.Context, p *program) error

// A command is what `backoffice NAME` does.
type command struct {
	name  string // one or two words
	does  string // one line
	about string // what else its help says
	// prepare declares the flags and returns what to do with them.
	prepare func(f *flags) action
}

func commands() []command {
	return []command{
		{"serve", "serve the Back Office", aboutServe, serveCommand},
		{"partner add", "add a partner, who signs in with the password given on standard input", aboutPassword, partnerAdd},
		{"partner list", "list the partners", "", partnerList},
		{"partner password", "set the password of a partner's member, and end that member's sign-ins", aboutPassword, partnerPassword},
		{"partner disable", "keep a partner's members from signing in, and sign them out", aboutDisable, partnerDisable},
		{"partner enable", "let a disabled partner's members sign in again", "", partnerEnable},
		{"backup", "write a backup, also while the Back Office is served", aboutBackup, backupCommand},
		{"restore", "put a backup back", aboutRestore, restoreCommand},
		{"health", "tell whether the Back Office can serve", aboutHealth, healthCommand},
		{"version", "print the version", "", versionCommand},
	}
}

// The exit codes.
const (
	exitFailed = 1 // something could not be done
	exitUsage  = 2 // the command line or the configuration is wrong
)

// usageError says in one sentence what is wrong with the command line or the
// configuration.
type usageError string

func (e usageError) Error() string { return string(e) }

// run carries out a command line and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		p.list(p.err, "")
		return exitUsage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return p.help(args[1:])
	case "-version", "--version":
		args = []string{"version"}
	}
	c, rest, found := find(args)
	if !found {
		return p.unknown(args)
	}
	err := p.carryOut(ctx, c, rest)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		p.explain(c)
		return 0
	}
	_, _ = fmt.Fprintln(p.err, "backoffice "+c.name+": "+sentence(err)) // nobody is left to tell
	var wrong usageError
	if errors.As(err, &wrong) {
		return exitUsage
	}
	return exitFailed
}

func (p *program) carryOut(ctx context.Context, c command, args []string) error {
	f := newFlags(p.env)
	do := c.prepare(f)
	if err := f.parse(args); err != nil {
		return err
	}
	return do(ctx, p)
}

// find returns the command that args begin with, and the words after its name.
func find(args []string) (command, []string, bool) {
	for _, c := range commands() {
		if words := strings.Fields(c.name); len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return c, args[len(words):], true
		}
	}
	return command{}, nil, false
}

// sentence is err for the operator: the plain words of a *customer.Error when
// it has some, and what was being done otherwise.
func sentence(err error) string {
	var plain *customer.Error
	if errors.As(err, &plain) {
		return plain.Error()
	}
	return err.Error()
}

// unknown answers a name that is no command, or only half of one.
func (p *program) unknown(args []string) int {
	_, _ = fmt.Fprintf(p.err, "backoffice: there is no command %q.\n\n", strings.Join(args[:min(2, len(args))], " ")) // nobody is left to tell
	p.list(p.err, args[0])
	return exitUsage
}

// help explains the command that is named, or lists them all.
func (p *program) help(args []string) int {
	if len(args) == 0 {
		p.list(p.out, "")
		return 0
	}
	if c, _, found := find(args); found {
		p.explain(c)
		return 0
	}
	if slices.ContainsFunc(commands(), func(c command) bool { return strings.HasPrefix(c.name, args[0]+" ") }) {
		p.list(p.out, args[0])
		return 0
	}
	return p.unknown(args)
}

// list shows the commands; those of one group when there are some.
func (p *program) list(w io.Writer, group string) {
	all := commands()
	if some := slices.DeleteFunc(commands(), func(c command) bool { return !strings.HasPrefix(c.name, group+" ") }); len(some) > 0 {
		all = some
	}
	b := &strings.Builder{}
	b.WriteString("Usage: backoffice COMMAND [FLAGS]\n\n")
	for _, c := range all {
		fmt.Fprintf(b, "  %-17s %s\n", c.name, c.does)
	}
	b.WriteString("\n\"backoffice help COMMAND\" lists the flags of a command.\n")
	_, _ = io.WriteString(w, b.String()) // nobody is left to tell
}

// explain shows one command with its flags.
func (p *program) explain(c command) {
	f := newFlags(p.env)
	c.prepare(f)
	b := &strings.Builder{}
	fmt.Fprintf(b, "Usage: backoffice %s%s\n\n%s.\n", c.name, f.usage(), strings.ToUpper(c.does[:1])+c.does[1:])
	if c.about != "" {
		b.WriteString("\n" + strings.TrimSpace(c.about) + "\n")
	}
	b.WriteString(f.help())
	_, _ = io.WriteString(p.out, b.String()) // nobody is left to tell
}

func versionCommand(*flags) action {
	return func(_ context.Context, p *program) error { return p.say("backoffice %s\n", version) }
}

// say writes to standard output.
func (p *program) say(format string, args ...any) error {
	_, err := fmt.Fprintf(p.out, format, args...)
	return err
}
