// Package bound holds the methods that the page may call about customers, a
// struct for each topic; app.go embeds them, and adds those about the program
// itself. Each calls one use case and returns: no logic, and no word of how the
// page is reached.
package bound
