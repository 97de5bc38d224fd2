package main

import (
	"context"
	"errors"
	"os"
	"runtime"
)

// runScreenshots makes the pictures of the main screens.
func runScreenshots(ctx context.Context, p *project, _ []string) error {
	if runtime.GOOS != "linux" {
		return errors.New("screenshots are made on Linux, on a virtual display")
	}
	if err := setUp(ctx, p, forTests); err != nil {
		return err
	}
	program, err := buildDevDesk(ctx, p)
	if err != nil {
		return err
	}
	env, err := sessionEnv(program)
	if err != nil {
		return err
	}
	say("making docs/screenshots")
	office, err := buildBackOffice(ctx, p)
	if err != nil {
		return err
	}
	env = append(env, "PARTNER_DESK_BACKOFFICE="+office, "PARTNER_DESK_SCREENSHOTS="+p.path("docs", "screenshots"))
	return exitCode(task{dir: p.frontend(), env: env, out: os.Stdout,
		args: npx("vitest", "run", "--config", "e2e/screenshots.config.ts")}.do(ctx))
}
