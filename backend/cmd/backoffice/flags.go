package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// flags are the flags of one command. Those that say how a Back Office is
// operated can also be given by the environment (--public-url as
// BACKOFFICE_PUBLIC_URL); the command line wins.
type flags struct {
	set   *flag.FlagSet
	env   func(string) (string, bool)
	order []described
	from  map[string]string // where a value came from, by flag: "--addr" or "BACKOFFICE_ADDR"
}

// described is a flag as its help shows it.
type described struct {
	name, value, does string
	line              bool // on the command line only
}

func newFlags(env func(string) (string, bool)) *flags {
	f := &flags{set: flag.NewFlagSet("", flag.ContinueOnError), env: env, from: map[string]string{}}
	f.set.SetOutput(io.Discard)
	f.set.Usage = func() {}
	return f
}

// text declares a flag that takes a value; its default is what v holds.
func (f *flags) text(v *string, name, value, does string) {
	f.set.StringVar(v, name, *v, "")
	if *v != "" {
		does += " (default " + *v + ")"
	}
	f.order = append(f.order, described{name: name, value: value, does: does})
}

// word declares a flag that takes a value, on the command line only.
func (f *flags) word(v *string, name, value, does string) {
	f.set.StringVar(v, name, "", "")
	f.order = append(f.order, described{name: name, value: value, does: does, line: true})
}

// texts declares a flag that can be given several times, or once with commas
// between.
func (f *flags) texts(v *[]string, name, value, does string) {
	f.set.Var((*texts)(v), name, "")
	f.order = append(f.order, described{name: name, value: value, does: does + "; may be repeated"})
}

// yes declares a flag that is given or not.
func (f *flags) yes(v *bool, name, does string) {
	f.set.BoolVar(v, name, false, "")
	f.order = append(f.order, described{name: name, does: does})
}

// texts is the value of such a flag.
type texts []string

func (t *texts) String() string { return strings.Join(*t, ",") }

func (t *texts) Set(value string) error {
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*t = append(*t, part)
		}
	}
	return nil
}

// parse reads the command line, and the environment for what it lacks. A
// mistake is a usageError; flag.ErrHelp when help was asked for.
func (f *flags) parse(args []string) error {
	if err := f.set.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return usageError("the command line can't be used: " + err.Error() + ".")
	}
	if f.set.NArg() > 0 {
		return usageError(fmt.Sprintf("the word %q is not expected here; flags look like --data DIR.", f.set.Arg(0)))
	}
	f.set.Visit(func(given *flag.Flag) { f.from[given.Name] = "--" + given.Name })
	for _, d := range f.order {
		variable := variable(d.name)
		value, found := f.env(variable)
		if d.line || !found || value == "" || f.from[d.name] != "" {
			continue
		}
		if err := f.set.Set(d.name, value); err != nil {
			return usageError(variable + " must be true or false.")
		}
		f.from[d.name] = variable
	}
	return nil
}

// variable is the name of a flag in the environment.
func variable(name string) string {
	return "BACKOFFICE_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// wrong is the usageError of a flag: its name, or its variable's, and words
// that follow it.
func (f *flags) wrong(name, words string) error {
	from := f.from[name]
	if from == "" {
		from = "--" + name
	}
	return usageError(from + " " + words)
}

// need is the usageError of a flag that is missing.
func (f *flags) need(name, words string) error {
	return usageError("--" + name + " is needed: " + words)
}

// given tells whether the flag has a value other than its default.
func (f *flags) given(name string) bool { return f.from[name] != "" }

func (f *flags) usage() string {
	if len(f.order) == 0 {
		return ""
	}
	return " [FLAGS]"
}

// help lists the flags with their values.
func (f *flags) help() string {
	if len(f.order) == 0 {
		return ""
	}
	b := &strings.Builder{}
	b.WriteString("\nFlags:\n")
	width, example := 0, ""
	for _, d := range f.order {
		width = max(width, len(d.name)+len(d.value)+4)
		if !d.line && example == "" {
			example = d.name
		}
	}
	for _, d := range f.order {
		fmt.Fprintf(b, "  %-*s %s\n", width, strings.TrimSpace("--"+d.name+" "+d.value), d.does)
	}
	if example != "" {
		fmt.Fprintf(b, "\nThe environment can give them too: --%s as %s. The command line wins.\n", example, variable(example))
	}
	return b.String()
}
