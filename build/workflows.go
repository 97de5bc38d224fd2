package main

import "context"

// lintWorkflows runs actionlint over .github/workflows.
func lintWorkflows(ctx context.Context, p *project) error {
	return task{dir: p.root, args: tool(actionlint, "-shellcheck=", "-pyflakes=")}.do(ctx)
}
