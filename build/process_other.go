//go:build !linux

package main

import (
	"context"
	"syscall"
)

// endWithParent has no counterpart outside Linux.
func endWithParent(*syscall.SysProcAttr) {}

// whenStarterEnds watches nothing outside Linux.
func whenStarterEnds(context.Context, context.CancelFunc, bool) {}
