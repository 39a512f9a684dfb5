package shop.acme.shipping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTableTest {
  private final RateTable rates = new RateTable();

  @ParameterizedTest
  @CsvSource({"1, 399", "1000, 399", "1001, 599", "5000, 599", "9999, 949", "31500, 1649"})
  void domesticPriceFollowsTheWeightClass(int grams, int cents) {
    assertEquals(cents, rates.cents(new Parcel(grams, Zone.DOMESTIC)));
  }

  @Test
  void zonesCostExtra() {
    assertEquals(999, rates.cents(new Parcel(500, Zone.EUROPE)));
    assertEquals(1799, rates.cents(new Parcel(500, Zone.WORLD)));
  }

  @Test
  void tooHeavyParcelsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> rates.cents(new Parcel(31501, Zone.DOMESTIC)));
  }
}
