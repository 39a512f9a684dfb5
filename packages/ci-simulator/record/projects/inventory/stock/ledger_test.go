package stock

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLevelsAreOrdered(t *testing.T) {
	ledger := NewLedger()
	ledger.Receive("TEA-1", 5)
	ledger.Receive("CUP-3", 2)
	want := []Level{{"CUP-3", 2}, {"TEA-1", 5}}
	if diff := cmp.Diff(want, ledger.Levels()); diff != "" {
		t.Errorf("levels differ (-want +got):\n%s", diff)
	}
}

func TestReserve(t *testing.T) {
	for _, test := range []struct {
		name    string
		present int
		asked   int
		err     error
	}{
		{"some", 5, 2, nil},
		{"all", 5, 5, nil},
		{"too many", 5, 6, ErrInsufficient},
		{"nothing there", 0, 1, ErrInsufficient},
	} {
		t.Run(test.name, func(t *testing.T) {
			ledger := NewLedger()
			ledger.Receive("TEA-1", test.present)
			if err := ledger.Reserve("TEA-1", test.asked); !errors.Is(err, test.err) {
				t.Errorf("Reserve(%d) of %d = %v, want %v", test.asked, test.present, err, test.err)
			}
		})
	}
}

func TestConcurrentReservationsNeverOversell(t *testing.T) {
	ledger := NewLedger()
	ledger.Receive("TEA-1", 50)
	var group sync.WaitGroup
	var mu sync.Mutex
	sold := 0
	for range 100 {
		group.Add(1)
		go func() {
			defer group.Done()
			if ledger.Reserve("TEA-1", 1) == nil {
				mu.Lock()
				sold++
				mu.Unlock()
			}
		}()
	}
	group.Wait()
	if sold != 50 {
		t.Errorf("sold %d of 50", sold)
	}
}
