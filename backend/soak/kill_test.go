package soak

import (
	"os"
	"sync/atomic"

	"modernc.org/sqlite"
)

// doom counts the writes of this process down to its end.
var doom atomic.Int64

// dieAtWrites makes every SQLite connection of this process count row writes
// and commits, and the process die in the middle of one when doom says so.
func dieAtWrites() {
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		hooks, ok := conn.(sqlite.HookRegisterer)
		if !ok {
			panic("this SQLite driver has no hooks")
		}
		hooks.RegisterPreUpdateHook(func(sqlite.SQLitePreUpdateData) { countDown() })
		hooks.RegisterCommitHook(func() int32 {
			countDown()
			return 0
		})
		return nil
	})
}

func countDown() {
	if doom.Load() > 0 && doom.Add(-1) == 0 {
		die()
	}
}

// die ends this process at once, as a crash or a power cut would.
func die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // the signal is on its way
}
