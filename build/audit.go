package main

import (
	"context"
	"os"
)

// runAudit fails when a known vulnerability is in what the programs call, or in
// what the page is made of. It asks the vulnerability databases over the network.
func runAudit(ctx context.Context, p *project, _ []string) error {
	if err := setUp(ctx, p, runDisplay); err != nil {
		return err
	}
	say("looking for known vulnerabilities in Go")
	if err := (task{dir: p.root, out: os.Stdout, args: tool(govulncheck, "-tags", goTags("desktop", "production"), "./...")}).do(ctx); err != nil {
		return err
	}
	say("looking for known vulnerabilities in the front end's packages")
	return task{dir: p.frontend(), out: os.Stdout, args: npm("audit", "--audit-level=low")}.do(ctx)
}
