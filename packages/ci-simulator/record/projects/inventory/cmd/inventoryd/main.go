// Command inventoryd prints the levels of a warehouse.
package main

import (
	"fmt"

	"github.com/acme-shop/inventory/stock"
	"github.com/google/uuid"
)

func main() {
	ledger := stock.NewLedger()
	ledger.Receive("TEA-1", 5)
	fmt.Println("snapshot", uuid.New())
	for _, level := range ledger.Levels() {
		fmt.Printf("%s\t%d\n", level.SKU, level.Quantity)
	}
}
