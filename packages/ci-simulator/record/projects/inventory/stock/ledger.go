// Package stock keeps count of the articles in a warehouse.
package stock

import (
	"errors"
	"fmt"
	"sort"
	"sync"
)

// ErrInsufficient says that fewer articles are left than were asked for.
var ErrInsufficient = errors.New("insufficient stock")

// Level is the number of articles of one kind.
type Level struct {
	SKU      string
	Quantity int
}

// Ledger counts articles; it is safe for concurrent use.
type Ledger struct {
	mu     sync.Mutex
	levels map[string]int
}

// NewLedger returns an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{levels: map[string]int{}}
}

// Receive adds articles.
func (l *Ledger) Receive(sku string, quantity int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.levels[sku] += quantity
}

// Reserve takes articles away, all or none.
func (l *Ledger) Reserve(sku string, quantity int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.levels[sku] < quantity {
		return fmt.Errorf("reserve %d of %s: %w", quantity, sku, ErrInsufficient)
	}
	l.levels[sku] -= quantity
	return nil
}

// Levels lists what is there, ordered by SKU.
func (l *Ledger) Levels() []Level {
	l.mu.Lock()
	defer l.mu.Unlock()
	levels := make([]Level, 0, len(l.levels))
	for sku, quantity := range l.levels {
		levels = append(levels, Level{SKU: sku, Quantity: quantity})
	}
	sort.Slice(levels, func(i, j int) bool { return levels[i].SKU < levels[j].SKU })
	return levels
}
