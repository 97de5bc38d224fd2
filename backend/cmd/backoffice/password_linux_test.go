package main

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo terminal: what a person types goes into person, and
// what is shown comes out of it.
type terminal struct {
	person, program *os.File

	mu    sync.Mutex
	shown bytes.Buffer
	more  chan struct{}
}

func openTerminal(t *testing.T) *terminal {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	check(t, err)
	check(t, unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	check(t, err)
	program, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	check(t, err)
	x := &terminal{person: person, program: program, more: make(chan struct{}, 1)}
	go x.read()
	t.Cleanup(func() {
		_ = program.Close() // read ends with it
		_ = person.Close()
	})
	return x
}

func (x *terminal) read() {
	b := make([]byte, 1024)
	for {
		n, err := x.person.Read(b)
		if err != nil {
			return // the program is gone
		}
		x.mu.Lock()
		x.shown.Write(b[:n])
		x.mu.Unlock()
		select {
		case x.more <- struct{}{}:
		default:
		}
	}
}

func (x *terminal) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.shown.String()
}

// answer types a line once the prompt is there and nothing is shown any more.
func (x *terminal) answer(t *testing.T, prompt, line string) {
	t.Helper()
	for !strings.Contains(x.text(), prompt) {
		<-x.more
	}
	for x.shows(t) {
		runtime.Gosched()
	}
	_, err := x.person.WriteString(line + "\n")
	check(t, err)
}

// shows tells whether the terminal shows what is typed.
func (x *terminal) shows(t *testing.T) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(x.program.Fd()), unix.TCGETS)
	check(t, err)
	return state.Lflag&unix.ECHO != 0
}

func TestPasswordTypedAtATerminal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, again string
		code        int
		want        string
	}{
		{"twice the same", secret, 0, "Added Ada's Agency"},
		{"two that differ", otherSecret, exitFailed, "the two passwords differ; nothing was changed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			x := openTerminal(t)
			cmd := exec.Command(binary, "partner", "add", "--data", t.TempDir(), "--username", username, "--name", "Ada's Agency")
			cmd.Stdin, cmd.Stdout, cmd.Stderr = x.program, x.program, x.program
			check(t, cmd.Start())
			x.answer(t, "Password: ", secret)
			x.answer(t, "again: ", test.again)
			_ = cmd.Wait() // the exit code is looked at
			for !strings.Contains(x.text(), test.want) {
				<-x.more
			}
			if code := cmd.ProcessState.ExitCode(); code != test.code || strings.Contains(x.text(), secret) || strings.Contains(x.text(), otherSecret) {
				t.Errorf("exit code %d, on screen:\n%s", code, x.text())
			}
		})
	}
}

func TestInterruptedAtATerminal(t *testing.T) {
	t.Parallel()
	x := openTerminal(t)
	cmd := exec.Command(binary, "partner", "add", "--data", t.TempDir(), "--username", username, "--name", "Ada's Agency")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = x.program, x.program, x.program
	check(t, cmd.Start())
	for !strings.Contains(x.text(), "Password: ") || x.shows(t) {
		runtime.Gosched()
	}
	check(t, cmd.Process.Signal(os.Interrupt))
	_ = cmd.Wait() // the exit code is looked at
	if !x.shows(t) {
		t.Error("the terminal no longer shows what is typed")
	}
	if code := cmd.ProcessState.ExitCode(); code != exitFailed {
		t.Errorf("exit code %d, on screen:\n%s", code, x.text())
	}
}
