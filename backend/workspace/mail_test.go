package workspace_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/workspace"
)

// slowKeyring takes its time over the SMTP password.
type slowKeyring struct {
	*keyring
	meanwhile func()
}

func (k *slowKeyring) Get(ctx context.Context, key string) (string, error) {
	if strings.HasSuffix(key, ":smtp") {
		k.meanwhile()
	}
	return k.keyring.Get(ctx, key)
}

// closedPort is a port of this computer where nothing listens.
func closedPort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// TestMailsWaitForTheSettings starts again with a mail that waits for an SMTP
// server: it must not be taken for sent as a file before the settings are known.
func TestMailsWaitForTheSettings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	url := b.setUp(t).Workspace.Address
	tried := b.mailThatWaits(t)
	b.Close()
	saved := func() bool {
		files, _ := filepath.Glob(filepath.Join(b.dir, "local", "backoffice", "mail", "*.eml"))
		return len(files) > 0
	}
	b.startLater(t, func() {
		for i := 0; i < 200 && !saved(); i++ { // long enough for a queue that does not wait
			if answer, err := http.Get(url + "/healthz"); err == nil {
				_ = answer.Body.Close()
			}
		}
	})
	var m customer.Mail
	b.until(t, "the mail was tried again", func() bool { m = tried(); return m.Attempts >= 2 || m.State != customer.MailQueued })
	if m.State != customer.MailQueued || m.Error == "" || saved() {
		t.Errorf("mail %+v, as a file: %t", m, saved())
	}
}

// TestAMoveThatStoppedStandsStillFromTheStart starts again with a move that
// stopped: nobody gets a page, and no mail goes out, while the rest opens.
func TestAMoveThatStoppedStandsStillFromTheStart(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.setUp(t)
	tried := b.mailThatWaits(t)
	office.atMove(func(_ int, w http.ResponseWriter, r *http.Request) bool {
		hangUp(w, r)
		return false
	})
	b.startMove(t, office.moveRequest(false))
	b.StopMove()
	b.Close()
	status := 0
	b.startLater(t, func() {
		answer, err := http.Get(b.localURL(t) + "/login")
		if err != nil {
			t.Error(err)
			return
		}
		_ = answer.Body.Close()
		status = answer.StatusCode
	})
	if status != http.StatusServiceUnavailable {
		t.Errorf("a page while the workspace opens: %d", status)
	}
	b.untilPhase(t, syncing.Saved)
	if m := tried(); m.Attempts != 1 || m.State != customer.MailQueued {
		t.Errorf("mail %+v", m)
	}
	if _, err := b.GiveUpMove(); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the mail is tried again", func() bool { return tried().Attempts == 2 })
}

// localURL is where the workspace of this computer listens, as it is kept: its port
// may have gone to another program while it was closed.
func (b *bench) localURL(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(b.dir, "local", "workspace.json"))
	if err != nil {
		t.Fatal(err)
	}
	var config struct{ Port int }
	if err := json.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	return "http://127.0.0.1:" + strconv.Itoa(config.Port)
}

// mailThatWaits adds a customer whose mail the SMTP server does not take, and
// returns how to look at that mail.
func (b *bench) mailThatWaits(t *testing.T) func() customer.Mail {
	t.Helper()
	_, err := b.SaveMailSettings(t.Context(), workspace.MailSettings{
		UseSMTP: true, Host: "127.0.0.1", Port: closedPort(t), Security: "none",
		Username: "agency", Password: "smtp word", FromAddress: "agency@wheels.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	c := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	look := func() customer.Mail {
		mails, err := b.desk(t).Mails(t.Context(), c.ID)
		if err != nil || len(mails) != 1 {
			return customer.Mail{State: customer.MailQueued}
		}
		return mails[0]
	}
	b.until(t, "the mail was tried", func() bool { return look().Attempts == 1 })
	b.untilPhase(t, syncing.Saved)
	return look
}

// startLater starts anew ten minutes later, when mails are due again; meanwhile
// is done while the keyring is asked for the SMTP password.
func (b *bench) startLater(t *testing.T, meanwhile func()) {
	t.Helper()
	b.Manager = workspace.NewManager(workspace.Options{
		Clock: func() time.Time { return time.Now().Add(10 * time.Minute) },
		Dir:   b.dir, Version: "test", Listener: b.changes, Logger: slog.New(slog.DiscardHandler),
		Browser: func(func() []string) desk.Browser { return b.links },
		NewID:   func() string { return uuid.Must(uuid.NewV7()).String() },
		Keyring: &slowKeyring{b.keyring, meanwhile},
	})
	b.Start(t.Context(), false)
}

// TestMailSettings changes them as a user does who moves to another server.
func TestMailSettings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	s := workspace.MailSettings{UseSMTP: true, Host: " mail.wheels.example ", Port: 587, Security: "starttls",
		Username: "agency", Password: "smtp word", FromAddress: "agency@wheels.example"}
	got, err := b.SaveMailSettings(t.Context(), s)
	if err != nil || got.Password != "" || !got.HasPassword || got.Host != "mail.wheels.example" {
		t.Fatalf("saved %+v, %v", got, err)
	}
	s.Password = ""
	if got, err = b.SaveMailSettings(t.Context(), s); err != nil || !got.HasPassword {
		t.Errorf("with the known password: %+v, %v", got, err)
	}
	s.Username = ""
	if got, err = b.SaveMailSettings(t.Context(), s); err != nil || got.HasPassword {
		t.Errorf("a server that wants no user name: %+v, %v", got, err)
	}
	s.Port = 0
	if _, err = b.SaveMailSettings(t.Context(), s); err == nil {
		t.Error("port 0 was taken")
	}
	if got, err = b.MailSettings(); err != nil || got.Port != 587 {
		t.Errorf("after a refusal: %+v, %v", got, err)
	}
	b.again(t)
	b.Start(t.Context(), false)
	if got, err = b.MailSettings(); err != nil || !got.UseSMTP || got.Username != "" || got.HasPassword {
		t.Errorf("after a restart: %+v, %v", got, err)
	}
}
