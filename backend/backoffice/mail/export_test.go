package mail

// SetJitter makes the pauses between tries predictable.
func (q *Queue) SetJitter(jitter func() float64) { q.jitter = jitter }
