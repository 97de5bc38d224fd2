//go:build !linux

package main

import (
	"context"
	"syscall"
)

// endWithParent has no counterpart outside Linux.
func endWithParent(*syscall.SysProcAttr) {}

// whenGoRunEnds watches nothing outside Linux.
func whenGoRunEnds(context.Context, context.CancelFunc) {}
