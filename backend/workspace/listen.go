package workspace

import (
	"context"
	"net"
	"strconv"

	"partnerdesk/backend/customer"
)

// FirstPort is where the embedded Back Office listens when it can.
const FirstPort = 7360

const portsToTry = 200

// listen opens a loopback port: the wanted one, or the next free one after it.
func listen(ctx context.Context, wanted int) (net.Listener, int, error) {
	if wanted == 0 {
		wanted = FirstPort
	}
	var lc net.ListenConfig
	var last error
	for port := wanted; port < wanted+portsToTry && port <= 65535; port++ {
		l, err := lc.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return l, port, nil
		}
		last = err
	}
	return nil, 0, customer.Fail(customer.Busy,
		"The Back Office found no free network port on this computer. Close other programs and start again. ("+last.Error()+")")
}
