package soak

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// process is a child process as the test holds it.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *tail
	addr   string // where the Back Office in it listens
}

// errDied says that the child ended before it answered.
var errDied = errors.New("the process died")

func startProcess() (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(self), stderr: &tail{}}
	// Several share the processors; one thread of Go each takes less from all.
	p.cmd.Env = append(os.Environ(), childVariable+"=1", "GOMAXPROCS=1")
	p.cmd.Stderr = p.stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReaderSize(out, 1<<16)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a child: %w", err)
	}
	return p, nil
}

// call has the child carry out a command. It returns errDied when the child
// ended over it; then the process is gone.
func (p *process) call(c command) (reply, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return reply{}, fmt.Errorf("write a command: %w", err)
	}
	_, err = p.in.Write(append(text, '\n')) // fails when the child is dead; reading tells
	line, readErr := p.out.ReadBytes('\n')
	if readErr != nil || err != nil {
		p.kill()
		return reply{}, errDied
	}
	var r reply
	if err := json.Unmarshal(line, &r); err != nil {
		return reply{}, fmt.Errorf("read a reply: %w", err)
	}
	return r, nil
}

// kill ends the child as a crash would, and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may be gone already
	_ = p.cmd.Wait()
}

// pool keeps children ready: those that ended a history in good health, and
// fresh ones.
type pool struct {
	mu   sync.Mutex
	idle []*process
	next chan started // one is being started ahead
}

type started struct {
	*process
	err error
}

func newPool() *pool {
	p := &pool{next: make(chan started, 1)}
	p.ahead()
	return p
}

func (p *pool) ahead() {
	go func() {
		child, err := startProcess()
		p.next <- started{child, err}
	}()
}

func (p *pool) take() (*process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		child := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return child, nil
	}
	child := <-p.next
	p.ahead()
	return child.process, child.err
}

func (p *pool) give(child *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, child)
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, child := range p.idle {
		child.kill()
	}
	if last := <-p.next; last.err == nil {
		last.kill()
	}
}

// tail keeps the end of what a child said on standard error.
type tail struct {
	mu   sync.Mutex
	text bytes.Buffer
}

const tailBytes = 8 << 10

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.text.Len() > tailBytes {
		t.text.Next(t.text.Len() - tailBytes)
	}
	return t.text.Write(b)
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}
